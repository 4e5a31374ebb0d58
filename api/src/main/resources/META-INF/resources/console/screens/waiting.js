// What the caller waits for, and leaving a list.
import { all, remove } from '../api.js';
import { h, show } from '../dom.js';
import { band, code, dateAndTime, longDay, t } from '../i18n.js';
import { busy, button, chip, fill, refusal } from '../ui.js';

const OPEN = ['WAITING', 'OFFERED'];

/** The panel is there only while there is something in it. */
export function waitingLists(person) {
  const place = h('div', { testid: 'waiting-lists' });
  const node = h('section', { class: 'panel stack', hidden: true }, h('h2', null, t('waiting.title')), place);
  const reload = () => fill(place, () => all(`/v1/persons/${person}/waiting-entries`, 1), (items) => {
    const open = items.filter((each) => OPEN.includes(each.status));
    node.hidden = open.length === 0;
    return h('ul', { class: 'bookings' }, open.map((each) => line(each, reload)));
  }, 1);
  reload();
  return { node, reload };
}

function line(each, again) {
  const trouble = h('div', { role: 'alert' });
  const leave = button(t(each.offer ? 'waiting.decline' : 'waiting.leave'), { kind: 'danger-plain', small: true, testid: 'leave-waiting', onclick: () => busy(leave, async () => {
    try {
      await remove(`/v1/waiting-entries/${each.id}`);
      again();
    } catch (problem) {
      show(trouble, refusal(problem));
    }
  }) });
  const when = each.offer ? `${longDay(each.offer.start)} ${band(each.offer.start, each.offer.end)}`
    : `${longDay(`${each.date}T12:00:00+08:00`)} ${t(each.half === 'AM' ? 'book.morning' : 'book.afternoon')}`;
  return h('li', { class: 'bookings__item', testid: 'waiting-entry', 'data-status': each.status },
    h('div', { class: 'stack stack--tight' },
      h('span', { class: 'strong number' }, when),
      h('span', { class: 'small' }, [each.hospitalName, each.departmentName, each.doctorName].filter(Boolean).join(' · ')),
      each.offer ? h('span', { class: 'small' }, t('waiting.kept', { until: dateAndTime(each.offer.expiresAt) })) : null, trouble),
    h('span', { class: 'inline' }, chip(code('waitingStatus', each.status), each.offer ? 'good' : 'soft'),
      each.position ? h('span', { class: 'quiet small' }, t('waiting.position', { position: each.position })) : null, leave));
}
