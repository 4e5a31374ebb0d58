// What the caller has booked, and cancelling it.
import { all, get, post } from '../api.js';
import { h, show } from '../dom.js';
import { band, code, dateAndTime, longDay, t, time } from '../i18n.js';
import { busy, button, chip, dialog, facts, fill, refusal, toast } from '../ui.js';

const SOON = 24 * 60 * 60 * 1000;

const HOSPITAL_KIND = { ACCEPTED: 'good', PENDING: 'warn', REFUSED: 'bad' };

export const hospitalChip = (booked) => h('span', { testid: 'hospital-status', 'data-status': booked.hospitalStatus },
  chip(code('hospitalStatus', booked.hospitalStatus), HOSPITAL_KIND[booked.hospitalStatus]));

export const doctorOf = (thing) => [thing.doctorName, thing.doctorTitle].filter(Boolean).join(' ');

export const bookingFacts = (thing, more = []) => facts([
  [t('booking.hospital'), thing.hospitalName],
  [t('booking.department'), thing.departmentName],
  [t('booking.doctor'), doctorOf(thing)],
  [t('booking.time'), h('span', { class: 'number' }, `${longDay(thing.start)} ${band(thing.start, thing.end)}`)],
  ...more
]);

/**
 * The list, and a function that reads it again; `cancelled` is told the id of what was cancelled, `move` the booking that the
 * caller wants at another time.
 */
export function bookings(person, cancelled, move) {
  const place = h('div', { testid: 'bookings' });
  const gone = (id) => {
    cancelled(id);
    reload();
  };
  const reload = () => fill(place, () => all(`/v1/persons/${person}/appointments?upcoming=true`, 1), (items) => list(items.sort(byStart), { gone, move }), 1);
  reload();
  return { node: h('section', { class: 'panel stack' }, h('h2', null, t('bookings.title')), place), reload };
}

const byStart = (one, other) => Date.parse(one.start) - Date.parse(other.start);

function list(items, acts) {
  return items.length
    ? h('ul', { class: 'bookings' }, items.map((booked) => line(booked, acts)))
    : h('p', { class: 'quiet', testid: 'no-bookings' }, t('bookings.none'));
}

function line(booked, { gone, move }) {
  return h('li', { class: 'bookings__item', testid: 'booking', 'data-appointment': booked.id, 'data-status': booked.status },
    h('div', { class: 'stack stack--tight' },
      h('span', { class: 'strong number' }, `${longDay(booked.start)} ${band(booked.start, booked.end)}`),
      h('span', { class: 'small' }, [booked.hospitalName, booked.departmentName, doctorOf(booked)].filter(Boolean).join(' · ')),
      booked.hospitalStart ? h('span', { class: 'small' }, chip(t('bookings.hospitalStart', { time: `${longDay(booked.hospitalStart)} ${time(booked.hospitalStart)}` }), 'warn')) : null,
      Math.abs(Date.parse(booked.start) - Date.now()) < SOON ? queue(booked) : null),
    h('span', { class: 'inline' }, booked.status === 'BOOKED' ? hospitalChip(booked) : chip(code('status', booked.status)),
      booked.status === 'BOOKED'
        ? button(t('bookings.move'), { kind: 'plain', small: true, testid: 'move', onclick: () => move(booked) })
        : null,
      booked.status === 'BOOKED'
        ? button(t('bookings.cancel'), { kind: 'danger-plain', small: true, testid: 'cancel', onclick: () => confirm(booked, gone) })
        : null));
}

/** Where the caller stands at the clinic; nothing when that cannot be read. */
function queue(booked) {
  const place = h('span', { class: 'small number', testid: 'queue' });
  get(`/v1/appointments/${booked.id}/queue`).then((at) => {
    place.dataset.state = at.state;
    place.textContent = [t(`queue.${at.state}`, { opens: time(at.opensAt), closes: time(at.closesAt) }), at.number,
      at.room ? t('queue.room', { room: at.room }) : null,
      at.ahead === undefined ? null : t('queue.ahead', { count: at.ahead }),
      at.minutes === undefined ? null : t('queue.minutes', { count: at.minutes })].filter(Boolean).join(' · ');
  }, () => place.remove());
  return place;
}

/** Until when a cancel makes no mark, as it was when the session was published. */
const deadline = (booked) => (Date.parse(booked.cancelUntil) > Date.now() ? t('bookings.cancelInTime', { until: dateAndTime(booked.cancelUntil) })
  : t('bookings.cancelLate'));

function confirm(booked, gone) {
  dialog(t('bookings.cancelTitle'), 'cancel-dialog', (close) => {
    const trouble = h('div', { role: 'alert', testid: 'cancel-refused' });
    const yes = button(t('bookings.cancelYes'), { kind: 'danger', testid: 'confirm-cancel', onclick: () => busy(yes, async () => {
      try {
        await post(`/v1/appointments/${booked.id}/cancel`);
      } catch (problem) {
        show(trouble, refusal(problem));
        return;
      }
      close();
      toast(t('bookings.cancelled'));
      gone(booked.id);
    }) });
    return [h('h2', null, t('bookings.cancelTitle')), bookingFacts(booked), h('p', { class: 'quiet small', testid: 'cancel-deadline' }, t('bookings.cancelText', { deadline: deadline(booked) })), trouble,
      h('div', { class: 'buttons' }, button(t('common.keep'), { kind: 'plain', autofocus: true, testid: 'close-dialog', onclick: close }), yes)];
  });
}
