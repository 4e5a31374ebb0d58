// What the caller waits for: joining a list, leaving it, and booking what is offered.
import { all, post, remove } from '../api.js';
import { h, show } from '../dom.js';
import { band, code, dateAndTime, isoDay, longDay, t } from '../i18n.js';
import { waitingTerms } from '../rules.js';
import { busy, button, chip, dialog, fill, refusal, shownOnTrouble } from '../ui.js';
import { bookingFacts } from './bookings.js';
import { limitsLink } from './limits.js';

const OPEN = ['WAITING', 'OFFERED'];

/** The panel is there only while there is something in it; `take` books an offered slot. */
export function waitingLists(person, take) {
  const place = h('div', { testid: 'waiting-lists' });
  const reload = () => fill(place, shownOnTrouble(node, () => all(`/v1/persons/${person}/waiting-entries`, 1)), (items) => {
    const open = items.filter((each) => OPEN.includes(each.status));
    node.hidden = open.length === 0;
    return h('ul', { class: 'bookings' }, open.map((each) => line(each, reload, take)));
  }, 1);
  const refresh = button(t('common.refresh'), { kind: 'plain', small: true, testid: 'waiting-refresh', onclick: () => busy(refresh, reload) });
  const node = h('section', { class: 'panel stack', hidden: true }, h('div', { class: 'split' }, h('h2', null, t('waiting.title')), refresh), place);
  reload();
  return { node, reload };
}

function line(each, again, take) {
  const trouble = h('div', { role: 'alert' });
  const leave = button(t(each.offer ? 'waiting.decline' : 'waiting.leave'), { kind: 'danger-plain', small: true, testid: 'leave-waiting', onclick: () => busy(leave, async () => {
    try {
      await remove(`/v1/waiting-entries/${each.id}`);
      again();
    } catch (problem) {
      show(trouble, refusal(problem));
    }
  }) });
  const accept = each.offer
    ? button(t('waiting.accept'), { small: true, testid: 'accept-offer', onclick: () => busy(accept, async () => take(await offered(each), again)) })
    : null;
  const when = each.offer ? `${longDay(each.offer.start)} ${band(each.offer.start, each.offer.end)}`
    : `${longDay(`${each.date}T12:00:00+08:00`)} ${t(each.half === 'AM' ? 'book.morning' : 'book.afternoon')}`;
  return h('li', { class: 'bookings__item', testid: 'waiting-entry', 'data-status': each.status },
    h('div', { class: 'stack stack--tight' },
      h('span', { class: 'strong number' }, when),
      h('span', { class: 'small' }, [each.hospitalName, each.departmentName, each.doctorName].filter(Boolean).join(' · ')),
      each.offer ? h('span', { class: 'small' }, t('waiting.kept', { until: dateAndTime(each.offer.expiresAt) })) : null, trouble),
    h('span', { class: 'inline' }, chip(code('waitingStatus', each.status), each.offer ? 'good' : 'soft'),
      each.position ? h('span', { class: 'quiet small' }, t('waiting.position', { position: each.position })) : null, leave, accept));
}

/** The slot of an offer as a list of slots has it: an entry does not say the fee, which the caller is to hear. */
async function offered(entry) {
  const { slotId, start, end, expiresAt } = entry.offer;
  const day = isoDay(start);
  const slots = await all(`/v1/slots?hospital=${encodeURIComponent(entry.hospital)}&doctor=${entry.doctor}&from=${day}&to=${day}`, 1).catch(() => []);
  const slot = slots.find((each) => each.id === slotId) ?? { ...entry, id: slotId, start, end };
  return { ...slot, keptUntil: expiresAt };
}

/** The caller waits for a session that is full. */
export function joinList({ slot, person, joined, seeLimits }) {
  dialog(t('waiting.enterTitle'), 'waiting-dialog', (close) => {
    const trouble = h('div', { role: 'alert', class: 'stack', testid: 'waiting-refused' });
    const yes = button(t('waiting.enterYes'), { testid: 'confirm-waiting', autofocus: true, onclick: () => busy(yes, async () => {
      try {
        await post('/v1/waiting-entries', { slotId: slot.id, personId: person });
        close();
        joined();
      } catch (problem) {
        show(trouble, refusal(problem), limitsLink(problem, slot.id, close, seeLimits));
      }
    }) });
    const terms = h('p', { class: 'quiet small', testid: 'waiting-terms' });
    waitingTerms(slot.hospital).then((text) => show(terms, text)).catch(() => {}); // Whoever is asked to wait can do so without it.
    return [h('h2', null, t('waiting.enterTitle')), bookingFacts({ ...slot, end: null }), terms, trouble,
      h('div', { class: 'buttons' }, button(t('common.close'), { kind: 'plain', testid: 'close-dialog', onclick: close }), yes)];
  });
}
