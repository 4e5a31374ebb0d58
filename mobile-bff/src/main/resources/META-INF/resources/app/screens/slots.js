import { h, show } from '../dom.js';
import { all, get, post } from '../api.js';
import { band, code, dayOfMonth, daysUntil, hospitalOf, longDay, money, t, time, weekday } from '../i18n.js';
import { go } from '../router.js';
import { sheet } from '../shell.js';
import { arrows, bones, busy, button, chip, disc, empty, facts, more, note, panel, pending } from '../ui.js';
import { confirmBooking, outside, refusal } from './confirm.js';
import { takePart } from './draws.js';
import { forWhom, withPerson } from './family.js';

/** So many days are seen at once where the strip cannot be scrolled sideways (elder mode); the others by a button. */
const SEEN = 14;
const NOON = 12;

export default {
  id: 'slots',
  title: 'book.time',
  render(page, { params, query, setTitle }) {
    show(page, query.get('move') ? note('', 'calendar', t('move.choose')) : null,
      pending(() => get(`/v1/hospitals/${encodeURIComponent(params.hospital)}`),
        ({ booking }) => times(daysUntil(booking.openUntil), params, query, setTitle), () => bones(2, 'bone--tall')));
  }
};

/** The strip of days, and the slots of the chosen one. */
function times(days, params, query, setTitle) {
  const list = h('div', { 'aria-live': 'polite' });
  const moved = query.get('move');
  let linked = query.get('slot');
  let day = days.includes(query.get('date')) ? query.get('date') : days[1] ?? days[0];
  const choose = (chosen) => {
    day = chosen;
    history.replaceState(history.state, '', `${location.pathname}?date=${day}${moved ? `&move=${moved}` : ''}`);
    press(strip, day);
    const path = `/v1/slots?hospital=${encodeURIComponent(params.hospital)}&department=${encodeURIComponent(params.department)}&from=${day}&to=${day}`;
    show(list, pending(() => all(path), (slots, again) => {
      const meant = slots.find((slot) => slot.id === linked && slot.free > 0);
      linked = null;
      if (meant) {
        setTimeout(() => confirmBooking(meant, again, moved));
      }
      return doctors(slots, again, setTitle, moved);
    }, () => bones(2, 'bone--tall')));
  };
  const strip = arrows(h('div', { class: 'days', role: 'group', 'aria-label': t('book.day'), testid: 'days' }, days.map((each, i) => {
    const noon = `${each}T12:00:00+08:00`;
    return h('button', { type: 'button', class: 'day', 'data-day': each, testid: `day-${i}`, 'aria-label': longDay(noon), onclick: () => choose(each) },
      h('span', null, i === 0 ? t('book.today') : weekday(noon)), h('strong', { class: 'number' }, dayOfMonth(noon)));
  })));
  choose(day);
  setTimeout(() => strip.querySelector('[aria-pressed="true"]')?.scrollIntoView({ block: 'nearest', inline: 'center' }));
  return [strip, days.length > SEEN ? moreDays(strip, days.indexOf(day) >= SEEN) : null, list];
}

/** One day is chosen, and reached by Tab; the others by the arrows. */
function press(strip, day) {
  strip.querySelectorAll('button').forEach((node) => {
    const chosen = node.dataset.day === day;
    node.setAttribute('aria-pressed', String(chosen));
    node.tabIndex = chosen ? 0 : -1;
  });
}

/** In elder mode nothing is dragged: later days come by a button. */
function moreDays(strip, open) {
  const late = strip.children[SEEN];
  const reveal = () => {
    strip.classList.remove('days--short');
    node.remove();
  };
  const node = button(t('book.moreDays'), { kind: 'plain', wide: true, testid: 'more-days', onclick: () => {
    reveal();
    late.focus();
  } });
  node.classList.add('days__more');
  if (open) {
    return null;
  }
  strip.classList.add('days--short');
  return node;
}

function doctors(slots, again, setTitle, moved) {
  if (!slots.length) {
    return empty('calendar', t('book.noSlots'), t('book.noSlotsHint'));
  }
  if (slots[0].departmentName) {
    setTitle(slots[0].departmentName);
  }
  const byDoctor = new Map();
  slots.forEach((slot) => byDoctor.set(slot.doctor ?? slot.doctorName, [...(byDoctor.get(slot.doctor ?? slot.doctorName) ?? []), slot]));
  return h('div', { class: 'stack', style: { gap: '14px' } }, [...byDoctor.values()].map((own) => panel(doctor(own, again, moved))));
}

function doctor(slots, again, moved) {
  const who = slots[0];
  const halves = [['book.morning', slots.filter((slot) => Number(time(slot.start).slice(0, 2)) < NOON)],
    ['book.afternoon', slots.filter((slot) => Number(time(slot.start).slice(0, 2)) >= NOON)]];
  return h('section', { class: 'doctor', testid: 'doctor' },
    h('div', { class: 'doctor__who' },
      disc('doctor'),
      h('div', { class: 'stack stack--tight' },
        h('h2', null, who.doctorName ?? t('book.anyDoctor')),
        h('span', { class: 'quiet small' }, who.doctorTitle ?? '')),
      h('span', { class: 'doctor__fee number' }, money(who.fee))),
    halves.filter(([, own]) => own.length).map(([name, own]) => h('div', { class: 'stack' },
      h('h3', { class: 'quiet small' }, t(name)),
      h('div', { class: 'slots' }, own.map((slot) => cell(slot, again, moved))),
      own[0].mode === 'DRAW' ? lot(own[0], moved) : moved || own.some((slot) => slot.free > 0) ? null
        : button(t('waiting.enter'), { kind: 'plain', small: true, testid: `wait-${own[0].id}`, onclick: () => wait(own[0]) }))));
}

/** A session whose units are given by lot: how, and that a booking cannot be moved there. */
const lot = (slot, moved) => note('', 'shield', h('p', null, t(moved ? 'draws.notMoved' : 'draws.about')),
  slot.draw ? more(`/draws/${slot.draw}`, t('draw.how')) : null);

function cell(slot, again, moved) {
  const drawn = slot.mode === 'DRAW';
  const full = drawn ? Boolean(moved) : !(slot.free > 0);
  const held = !drawn && full && slot.held > 0;
  const left = (slot.modality === 'REMOTE' ? `${t('remote.chip')} ` : '')
    + (drawn ? t('book.draw') : held ? t('book.held') : full ? t('book.full') : t('book.free', { count: slot.free }));
  return h('button', { type: 'button', class: `slot${held ? ' slot--held' : ''}`, disabled: full, testid: `slot-${slot.id}`,
    'aria-label': `${band(slot.start, slot.end)}, ${left}`, onclick: () => (drawn ? takePart(slot) : confirmBooking(slot, again, moved)) },
  h('strong', null, time(slot.start)), h('small', null, left));
}

/** Waiting for a session that is full: the next unit that comes free is kept for the first in line. */
function wait(slot) {
  if (outside()) {
    return;
  }
  sheet(t('waiting.enterTitle'), (close) => {
    const whom = forWhom();
    whom.input.addEventListener('change', () => show(trouble));
    const trouble = h('div', { role: 'alert', testid: 'waiting-refused' });
    const yes = button(t('waiting.enterYes'), { wide: true, testid: 'confirm-waiting', onclick: () => busy(yes, async () => {
      show(trouble);
      try {
        await post('/v1/waiting-entries', withPerson({ slotId: slot.id }, whom));
        close();
        await go('/waiting');
      } catch (problem) {
        show(trouble, refusal(problem, slot, whom.chosen()));
      }
    }) });
    return [
      h('h2', null, t('waiting.enterTitle')),
      facts([
        [t('appointment.hospital'), hospitalOf(slot)],
        [t('appointment.department'), slot.departmentName],
        [t('appointment.doctor'), [slot.doctorName, slot.doctorTitle].filter(Boolean).join(' ')],
        [t('appointment.time'), `${longDay(slot.start)} ${t(Number(time(slot.start).slice(0, 2)) < NOON ? 'book.morning' : 'book.afternoon')}`]
      ]),
      whom.node,
      note('', 'clock', t('waiting.rules')),
      trouble,
      h('div', { class: 'buttons' }, yes, button(t('common.close'), { kind: 'plain', wide: true, onclick: close, testid: 'close-sheet' }))
    ];
  });
}

export const statusChip = (booked) => chip(code('status', booked.status),
  { BOOKED: 'good', CHECKED_IN: 'good', COMPLETED: '', CANCELLED: '', MISSED: 'warn', REFUSED: 'bad', STOPPED: 'bad' }[booked.status]);
