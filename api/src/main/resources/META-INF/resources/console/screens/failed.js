// Bookings that came to nothing: stopped with the clinic, refused by the hospital, or missed; and what the caller can have instead.
import { all, get } from '../api.js';
import { h } from '../dom.js';
import { band, code, dateAndTime, longDay, t } from '../i18n.js';
import { button, chip, fill, shownOnTrouble } from '../ui.js';
import { doctorOf } from './bookings.js';

const KIND = { STOPPED: 'bad', REFUSED: 'bad', MISSED: 'warn' };

/** The panel is there only while there is something in it; `take` books another slot, `seeLimits` shows marks. */
export function failedBookings(person, take, seeLimits) {
  const place = h('div', { testid: 'failed-bookings' });
  const node = h('section', { class: 'panel stack', hidden: true }, h('h2', null, t('failed.title')), place);
  const reload = () => fill(place, shownOnTrouble(node, () => all(`/v1/persons/${person}/appointments?failed=true`, 1)), (items) => {
    node.hidden = items.length === 0;
    return h('ul', { class: 'bookings' }, items.map((each) => line(each, take, seeLimits)));
  }, 1);
  reload();
  return { node, reload };
}

/** Alternatives are looked for only while the visit is to come: who missed one does not want that week any more. */
function line(each, take, seeLimits) {
  const ahead = Date.parse(each.start) > Date.now();
  return h('li', { testid: 'failed-booking', class: 'failed', 'data-appointment': each.id, 'data-status': each.status },
    h('div', { class: 'bookings__item' },
      h('div', { class: 'stack stack--tight' },
        h('span', { class: 'strong number' }, `${longDay(each.start)} ${band(each.start, each.end)}`),
        h('span', { class: 'small' }, [each.hospitalName, each.departmentName, doctorOf(each)].filter(Boolean).join(' · ')),
        each.reason ? h('span', { class: 'small' }, each.reason) : null),
      h('span', { class: 'inline' }, chip(code('status', each.status), KIND[each.status]),
        each.status === 'MISSED' ? button(t('limits.see'), { kind: 'plain', small: true, testid: 'failed-limits', onclick: () => seeLimits() }) : null)),
    ahead && each.status !== 'MISSED' ? alternatives(each, take) : null);
}

function alternatives(failed, take) {
  const place = h('div', { testid: 'alternatives' });
  const load = () => fill(place, () => get(`/v1/appointments/${failed.id}/alternatives`), ({ items }) => (items.length
    ? h('ul', { class: 'bookings' }, items.map((slot) => alternative(slot, take, load)))
    : h('p', { class: 'quiet small', testid: 'no-alternatives' }, t('failed.none'))), 1);
  load();
  return h('div', { class: 'stack stack--tight failed__instead' }, h('h3', null, t('failed.instead')), place);
}

function alternative(slot, take, again) {
  const when = `${longDay(slot.start)} ${band(slot.start, slot.end)}`;
  return h('li', { class: 'bookings__item', testid: 'alternative', 'data-slot': slot.id, 'data-kept': String(Boolean(slot.keptUntil)) },
    h('div', { class: 'stack stack--tight' },
      h('span', { class: 'number' }, when),
      h('span', { class: 'small' }, doctorOf(slot))),
    h('span', { class: 'inline' },
      slot.keptUntil ? chip(t('failed.kept', { until: dateAndTime(slot.keptUntil) }), 'good') : h('span', { class: 'quiet small' }, t('book.free', { count: slot.free })),
      button(t('failed.book'), { small: true, kind: slot.keptUntil ? null : 'soft', testid: 'book-alternative', 'aria-label': `${t('failed.book')} ${when}`, onclick: () => take(slot, again) })));
}
