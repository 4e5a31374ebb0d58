import { h, show } from '../dom.js';
import { all, post } from '../api.js';
import { band, code, dayOfMonth, hospitalOf, isoDay, longDay, money, t, time, weekday } from '../i18n.js';
import { go } from '../router.js';
import { fullTerms, releaseTerms, rulesOf, waitingTerms } from '../rules.js';
import { sheet } from '../shell.js';
import { arrows, bones, busy, button, chip, disc, empty, facts, more, note, panel, pending } from '../ui.js';
import { confirmBooking, outside, refusal } from './confirm.js';
import { takePart } from './draws.js';
import { forWhom, withPerson } from './family.js';

const NOON = 12;
/** What was published while a hospital looked further ahead stays bookable: so many days are always there to choose. */
const LEAST_DAYS = 14;
/** So many days are seen at once where the strip cannot be scrolled sideways (elder mode); the others by a button. */
const SEEN = LEAST_DAYS + 1;

export default {
  id: 'slots',
  title: 'book.time',
  render(page, { params, query, setTitle }) {
    const moved = query.get('move');
    show(page, moved ? note('', 'calendar', t('move.choose')) : null,
      pending(() => rulesOf(params.hospital), (rules) => days(rules, { params, query, setTitle, moved })));
  }
};

/** The days that the hospital releases ahead, and the times of one of them. */
function days(rules, { params, query, setTitle, moved }) {
  const list = h('div', { 'aria-live': 'polite' });
  const open = Array.from({ length: Math.max(rules.horizonDays, LEAST_DAYS) + 1 }, (unused, i) => isoDay(i));
  const seen = { rules, setTitle, moved };
  let linked = query.get('slot');
  let day = open.includes(query.get('date')) ? query.get('date') : open[1];
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
      return doctors(slots, { ...seen, again });
    }, () => bones(2, 'bone--tall')));
  };
  const strip = arrows(h('div', { class: 'days', role: 'group', 'aria-label': t('book.day'), testid: 'days' }, open.map((each, i) => {
    const noon = `${each}T12:00:00+08:00`;
    return h('button', { type: 'button', class: 'day', 'data-day': each, testid: `day-${i}`, 'aria-label': longDay(noon), onclick: () => choose(each) },
      h('span', null, i === 0 ? t('book.today') : weekday(noon)), h('strong', { class: 'number' }, dayOfMonth(noon)));
  })));
  choose(day);
  setTimeout(() => strip.querySelector('[aria-pressed="true"]')?.scrollIntoView({ block: 'nearest', inline: 'center' }));
  return [strip, open.length > SEEN ? moreDays(strip, open.indexOf(day) >= SEEN) : null, list, h('p', { class: 'quiet small', testid: 'release' }, releaseTerms(rules))];
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

function doctors(slots, seen) {
  const { setTitle } = seen;
  if (!slots.length) {
    return empty('calendar', t('book.noSlots'), t('book.noSlotsHint'));
  }
  if (slots[0].departmentName) {
    setTitle(slots[0].departmentName);
  }
  const byDoctor = new Map();
  slots.forEach((slot) => byDoctor.set(slot.doctor ?? slot.doctorName, [...(byDoctor.get(slot.doctor ?? slot.doctorName) ?? []), slot]));
  return h('div', { class: 'stack', style: { gap: '14px' } }, [...byDoctor.values()].map((own) => panel(doctor(own, seen))));
}

function doctor(slots, seen) {
  const { moved, rules } = seen;
  const who = slots[0];
  // A doctor may have two sessions in one half-day: each is full, drawn or waited for by itself.
  const halves = bySession(slots).map((own) => [Number(time(own[0].start).slice(0, 2)) < NOON ? 'book.morning' : 'book.afternoon', own]);
  return h('section', { class: 'doctor', testid: 'doctor' },
    h('div', { class: 'doctor__who' },
      disc('doctor'),
      h('div', { class: 'stack stack--tight' },
        h('h2', null, who.doctorName ?? t('book.anyDoctor')),
        h('span', { class: 'quiet small' }, who.doctorTitle ?? '')),
      h('span', { class: 'doctor__fee number' }, money(who.fee))),
    halves.map(([name, own]) => h('div', { class: 'stack', testid: 'session' },
      h('h3', { class: 'quiet small' }, [t(name), own[0].modality === 'REMOTE' ? t('remote.chip') : null,
        own[0].fee === who.fee ? null : money(own[0].fee)].filter(Boolean).join(' · ')),
      h('div', { class: 'slots' }, own.map((slot) => cell(slot, seen))),
      own[0].mode === 'DRAW' ? lot(own[0], moved) : own.some((slot) => slot.free > 0) ? null : full(own[0], rules, moved, own.some((slot) => slot.held > 0)))));
}

function bySession(slots) {
  const sessions = new Map();
  slots.forEach((slot) => sessions.set(slot.session, [...(sessions.get(slot.session) ?? []), slot]));
  return [...sessions.values()];
}

/** Why there is none, and what may still come: nobody is told "full" and nothing else. */
const full = (slot, rules, moved, held) => [
  h('p', { class: 'quiet small', testid: 'full-why' }, held ? t('book.heldAll', { minutes: rules.holdMinutes }) : fullTerms(rules, slot.start)),
  moved ? null : button(t('waiting.enter'), { kind: 'plain', small: true, testid: `wait-${slot.id}`, onclick: () => wait(slot, rules) })];

/** A session whose units are given by lot: how, and that a booking cannot be moved there. */
const lot = (slot, moved) => note('', 'shield', h('p', null, t(moved ? 'draws.notMoved' : 'draws.about')),
  slot.draw ? more(`/draws/${slot.draw}`, t('draw.how')) : null);

function cell(slot, { rules, again, moved }) {
  const drawn = slot.mode === 'DRAW';
  const full = drawn ? Boolean(moved) : !(slot.free > 0);
  const held = !drawn && full && slot.held > 0;
  const left = (slot.modality === 'REMOTE' ? `${t('remote.chip')} ` : '')
    + (drawn ? t('book.draw') : held ? t('book.held', { minutes: rules.holdMinutes }) : full ? t('book.full') : t('book.free', { count: slot.free }));
  return h('button', { type: 'button', class: `slot${held ? ' slot--held' : ''}`, disabled: full, testid: `slot-${slot.id}`,
    'aria-label': `${band(slot.start, slot.end)}, ${left}`, onclick: () => (drawn ? takePart(slot) : confirmBooking(slot, again, moved)) },
  h('strong', null, time(slot.start)), h('small', null, left));
}

/** Waiting for a session that is full: the next unit that comes free is kept for the first in line. */
function wait(slot, rules) {
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
      note('', 'clock', waitingTerms(rules)),
      trouble,
      h('div', { class: 'buttons' }, yes, button(t('common.close'), { kind: 'plain', wide: true, onclick: close, testid: 'close-sheet' }))
    ];
  });
}

export const statusChip = (booked) => chip(code('status', booked.status),
  { BOOKED: 'good', CHECKED_IN: 'good', COMPLETED: '', CANCELLED: '', MISSED: 'warn', REFUSED: 'bad', STOPPED: 'bad' }[booked.status]);
