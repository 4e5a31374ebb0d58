// Booking for the caller: hospital, department, day, slot; each choice opens the next.
import { all, get, post } from '../api.js';
import { hospitals } from '../directory.js';
import { h, show } from '../dom.js';
import { icon } from '../icons.js';
import { days, isoDay, longDay, money, monthAndDay, t, time, band, weekday } from '../i18n.js';
import { arrows, busy, button, dialog, empty, fill, refusal } from '../ui.js';
import { bookingFacts, doctorOf, hospitalChip } from './bookings.js';
import { takePart } from './draws.js';

const DAYS = 14;
const NOON = 12;
const TYPING = 200;
const ASK_AGAIN = 3000;
const ASKS = 20;

/**
 * `booked` is called after every booking, every place on a waiting list and in a draw; `forget` shows no success of what was cancelled
 * since, `move` looks for another time for a booking.
 */
export function booking(person, booked, visit) {
  const panel = h('section', { class: 'panel stack', testid: 'book' });
  let moved = null;
  const begin = () => {
    moved = null;
    choose();
  };
  const choose = () => {
    const slots = h('div', { class: 'book__slots stack', testid: 'slots-place' }, empty('calendar', t('book.choose'), t('book.chooseHint')));
    const departments = column('department', t('book.department'));
    const places = column('hospital', t('book.hospital'));
    const onBooked = (answer) => {
      show(panel, success(answer, begin, booked, visit));
      booked();
    };
    const inDepartment = (department) => chooseTime({ place: slots, person, department, onBooked, moved, waits: booked });
    const inHospital = (hospital) => {
      show(slots, empty('calendar', t('book.choose'), t('book.chooseHint')));
      departments.load((text) => all(`/v1/hospitals/${encodeURIComponent(hospital.id)}/departments${text ? `?q=${encodeURIComponent(text)}` : ''}`),
        (each) => ({ id: each.code, name: each.name, sub: each.specialty === each.name ? null : each.specialty }), inDepartment);
      departments.search.focus();
    };
    places.load(namedLike, (each) => ({ id: each.id, name: each.name, sub: each.level }), inHospital);
    setTimeout(() => places.search.focus());
    show(panel, h('div', { class: 'split' }, h('h2', null, t(moved ? 'book.moveTitle' : 'book.title')), h('span', { class: 'quiet small' }, h('kbd', null, 'F2'), ' ', t('book.keys'))),
      moved ? h('div', { class: 'stack', testid: 'moving' }, bookingFacts(moved), h('div', { class: 'buttons' }, button(t('book.moveStop'), { kind: 'plain', small: true, onclick: begin }))) : null,
      h('div', { class: 'book' }, places.node, departments.node, slots));
  };
  addEventListener('keydown', (event) => {
    if (event.key === 'F2' && !document.querySelector('dialog')) {
      event.preventDefault();
      (panel.querySelector('input') ?? panel.querySelector('button'))?.focus();
    }
  }, { signal: visit });
  begin();
  const forget = (id) => (panel.querySelector(`[data-appointment="${id}"]`) || moved?.id === id) && begin();
  const move = (appointment) => {
    moved = appointment;
    choose();
    panel.scrollIntoView({ block: 'nearest' });
  };
  return { node: panel, forget, move };
}

/** Hospitals by a part of name, alias or id. */
async function namedLike(text) {
  const wanted = text.toLowerCase();
  return (await hospitals()).filter((each) =>
    [each.id, each.name, ...(each.aliases ?? [])].some((name) => name.toLowerCase().includes(wanted)));
}

/** A list of choices with a box that narrows it; Enter in the box takes the first. */
function column(kind, label) {
  const search = h('input', { class: 'input', 'aria-label': label, placeholder: label, autocomplete: 'off', maxlength: 40, disabled: true, testid: `${kind}-search` });
  const list = arrows(h('div', { class: 'choices', testid: `${kind}s` }));
  let typing = 0;
  const first = () => list.querySelector('button');
  let read = null;
  let shown = null;
  // The list may be of what was typed before: never take the first of that.
  const takeFirst = async () => {
    clearTimeout(typing);
    if (search.value.trim() !== shown) {
      await read();
    }
    first()?.click();
  };
  search.addEventListener('keydown', (event) => {
    // Within an input method, Enter and arrows are its own.
    if (!event.isComposing && (event.key === 'ArrowDown' || event.key === 'Enter')) {
      event.preventDefault();
      event.key === 'Enter' ? takeFirst() : first()?.focus();
    }
  });
  search.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(() => read?.(), TYPING);
  });
  const load = (find, view, choose) => {
    search.disabled = false;
    search.value = '';
    read = () => {
      const text = search.value.trim();
      return fill(list, () => find(text), (items) => {
        shown = text;
        return items.length
          ? items.map((item) => choice(kind, list, item, view(item), choose))
          : h('p', { class: 'quiet small' }, t('book.noneFound'));
      });
    };
    shown = null;
    read();
  };
  return { node: h('div', { class: 'book__column' }, search, list), search, load };
}

function choice(kind, list, item, { id, name, sub }, choose) {
  return h('button', { type: 'button', class: 'choice', testid: `${kind}-${id}`, 'aria-pressed': 'false', onclick: (event) => {
    list.querySelectorAll('button').forEach((each) => each.setAttribute('aria-pressed', String(each === event.currentTarget)));
    choose(item);
  } }, h('span', null, name), sub ? h('small', { class: 'quiet' }, sub) : null);
}

/** Days and slots of a department; begins with the first day that has any. */
function chooseTime({ place, person, department, onBooked, moved, waits }) {
  const where = `/v1/slots?hospital=${encodeURIComponent(department.hospital)}&department=${encodeURIComponent(department.id)}`;
  const list = h('div', { 'aria-live': 'polite', testid: 'slots' });
  let day = null;
  const again = () => choose(day);
  const chosenSlot = (slot) => (drawn(slot) ? takePart(slot, person, waits) : confirm({ slot, person, again, onBooked, moved }));
  const choose = (chosen) => {
    day = chosen;
    strip.querySelectorAll('button').forEach((node) => node.setAttribute('aria-pressed', String(node.dataset.day === day)));
    return fill(list, () => all(`${where}&from=${day}&to=${day}`),
      (slots) => doctors(slots, chosenSlot, moved ? null : (slot) => wait(slot, person, waits)));
  };
  const strip = arrows(h('div', { class: 'days', role: 'group', 'aria-label': t('book.day'), testid: 'days' }, days(DAYS).map((each, i) => {
    const noon = `${each}T12:00:00+08:00`;
    return h('button', { type: 'button', class: 'day', 'data-day': each, testid: `day-${i}`, 'aria-label': longDay(noon), onclick: () => choose(each) },
      h('span', null, i === 0 ? t('book.today') : weekday(noon)), h('strong', { class: 'number' }, monthAndDay(noon)));
  })));
  show(place, strip, list);
  fill(list, () => get(`${where}&limit=1`), ({ items }) => {
    setTimeout(() => day ?? choose(items.length ? isoDay(items[0].start) : days(2)[1]).then(() => {
      const pressed = strip.querySelector('[aria-pressed="true"]');
      pressed?.scrollIntoView({ block: 'nearest', inline: 'center' });
      pressed?.focus();
    }));
    return null;
  });
}

function doctors(slots, choose, waiting) {
  if (!slots.length) {
    return empty('calendar', t('book.noSlots'), t('book.noSlotsHint'), 'no-slots');
  }
  const byDoctor = Map.groupBy ? Map.groupBy(slots, (slot) => slot.doctor) : grouped(slots);
  return [...byDoctor.values()].map((own) => h('section', { class: 'doctor', testid: 'doctor' },
    h('div', { class: 'split' }, h('h3', null, doctorOf(own[0]) || t('book.anyDoctor')), h('span', { class: 'number small strong' }, money(own[0].fee))),
    [['book.morning', (hour) => hour < NOON], ['book.afternoon', (hour) => hour >= NOON]].map(([name, when]) =>
      half(t(name), own.filter((slot) => when(Number(time(slot.start).slice(0, 2)))), choose, waiting))));
}

function grouped(slots) {
  const groups = new Map();
  slots.forEach((slot) => groups.set(slot.doctor, [...(groups.get(slot.doctor) ?? []), slot]));
  return groups;
}

function half(name, slots, choose, waiting) {
  return slots.length
    ? h('div', { class: 'half' }, h('span', { class: 'quiet small' }, name), arrows(h('div', { class: 'slots' }, slots.map((slot) => cell(slot, choose, !waiting)))),
      waiting && slots.every((slot) => slot.free < 1 && !drawn(slot))
        ? button(t('waiting.enter'), { kind: 'plain', small: true, testid: `wait-${slots[0].id}`, onclick: () => waiting(slots[0]) }) : null)
    : null;
}

const drawn = (slot) => slot.mode === 'DRAW';

function cell(slot, choose, moving) {
  const full = drawn(slot) ? moving : slot.free < 1;
  const left = drawn(slot) ? t('book.draw') : full ? t('book.full') : t('book.free', { count: slot.free });
  return h('button', { type: 'button', class: 'slot', disabled: full, testid: `slot-${slot.id}`, 'data-free': slot.free, 'data-slot': slot.id,
    'aria-label': `${band(slot.start, slot.end)}, ${left}`, onclick: () => choose(slot) },
  h('strong', null, time(slot.start)), h('small', null, left));
}

/** One dialog is one attempt: its key is made once, so that a retry after a lost answer never books twice. */
function confirm({ slot, person, again, onBooked, moved }) {
  const key = crypto.randomUUID ? crypto.randomUUID() : [...crypto.getRandomValues(new Uint8Array(16))].map((each) => each.toString(16).padStart(2, '0')).join('');
  dialog(t('book.confirmTitle'), 'booking-dialog', (close) => {
    const trouble = h('div', { role: 'alert', testid: 'booking-refused' });
    const yes = button(t(moved ? 'book.moveConfirm' : 'book.confirm'), { testid: 'confirm-booking', autofocus: true, onclick: () => busy(yes, async () => {
      show(trouble);
      try {
        const answer = moved ? await post(`/v1/appointments/${moved.id}/reschedule`, { slotId: slot.id }, { key })
          : await post('/v1/appointments', { slotId: slot.id, personId: person }, { key });
        close();
        onBooked(answer);
      } catch (problem) {
        show(trouble, refusal(problem));
        if (!problem.network && problem.status !== 503) {
          yes.hidden = true;
          no.focus();
          again();
        }
      }
    }) });
    const no = button(t('common.close'), { kind: 'plain', testid: 'close-dialog', onclick: close });
    return [h('h2', null, t(moved ? 'book.moveTitle' : 'book.confirmTitle')), bookingFacts(slot, [
      [t('booking.fee'), h('span', { class: 'number' }, `${money(slot.fee)} ${t('book.payThere')}`)]]),
      h('p', { class: 'quiet small' }, t('book.rules')), trouble,
      h('div', { class: 'buttons' }, no, yes)];
  });
}

/** The caller waits for a session that is full. */
function wait(slot, person, waits) {
  dialog(t('waiting.enterTitle'), 'waiting-dialog', (close) => {
    const trouble = h('div', { role: 'alert', testid: 'waiting-refused' });
    const yes = button(t('waiting.enterYes'), { testid: 'confirm-waiting', autofocus: true, onclick: () => busy(yes, async () => {
      try {
        await post('/v1/waiting-entries', { slotId: slot.id, personId: person });
        close();
        waits();
      } catch (problem) {
        show(trouble, refusal(problem));
      }
    }) });
    return [h('h2', null, t('waiting.enterTitle')), bookingFacts({ ...slot, end: null }), h('p', { class: 'quiet small' }, t('waiting.rules')), trouble,
      h('div', { class: 'buttons' }, button(t('common.close'), { kind: 'plain', testid: 'close-dialog', onclick: close }), yes)];
  });
}

/** The booking, and the hospital's word as soon as it comes. */
function success(booked, begin, changed, visit) {
  const word = h('span', { role: 'status' }, hospitalChip(booked));
  const next = button(t('book.another'), { kind: 'soft', testid: 'book-another', onclick: begin });
  setTimeout(() => next.focus());
  follow(booked, visit, (answer) => {
    show(word, hospitalChip(answer), answer.reason ? h('span', { class: 'small' }, answer.reason) : null);
    changed();
  });
  return h('div', { class: 'done', testid: 'booked', 'data-appointment': booked.id },
    h('span', { class: 'done__mark' }, icon('check')),
    h('h2', null, t('book.done')),
    word,
    h('div', { class: 'done__facts' }, bookingFacts(booked)),
    h('p', { class: 'quiet small' }, t('book.doneHint')),
    next);
}

async function follow(booked, visit, answered) {
  for (let i = 0; i < ASKS && !visit.aborted; i++) {
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN));
    const now = visit.aborted ? booked : await get(`/v1/appointments/${booked.id}`).catch(() => booked);
    if (now.hospitalStatus !== 'PENDING') {
      if (!visit.aborted) {
        answered(now);
      }
      return;
    }
  }
}
