// Booking for the caller: hospital, department, day, slot; each choice opens the next.
import { all, get } from '../api.js';
import { hospitals } from '../directory.js';
import { h, show } from '../dom.js';
import { days, isoDay, longDay, money, monthAndDay, t, time, band, weekday } from '../i18n.js';
import { arrows, button, empty, fill } from '../ui.js';
import { bookingFacts, doctorOf } from './bookings.js';
import { confirmBooking, success } from './confirm.js';
import { takePart } from './draws.js';
import { joinList } from './waiting.js';

/** What was published while a hospital looked further ahead stays bookable: so many days are always there to choose. */
const LEAST_DAYS = 14;
const NOON = 12;
const TYPING = 200;

/**
 * `changed` is called after every booking, every place on a waiting list and in a draw; `seeLimits` shows the rules for a slot.
 * Of what it gives, `forget` shows no success of what was cancelled since, `move` looks for another time for a booking, `take` books a
 * slot that was found elsewhere.
 */
export function booking({ person, changed, seeLimits, visit }) {
  const panel = h('section', { class: 'panel stack', testid: 'book' });
  let moved = null;
  const onBooked = (answer) => {
    show(panel, success(answer, begin, changed, visit));
    panel.scrollIntoView({ block: 'nearest' });
    changed();
  };
  const begin = () => {
    moved = null;
    choose();
  };
  const choose = () => {
    const slots = h('div', { class: 'book__slots stack', testid: 'slots-place' }, empty('calendar', t('book.choose'), t('book.chooseHint')));
    const departments = column('department', t('book.department'));
    const places = column('hospital', t('book.hospital'));
    const inDepartment = (department, hospital) => chooseTime({ place: slots, person, department, ahead: hospital.booking.horizonDays, onBooked, moved, waits: changed, seeLimits });
    const inHospital = (hospital) => {
      show(slots, empty('calendar', t('book.choose'), t('book.chooseHint')));
      departments.load((text) => all(`/v1/hospitals/${encodeURIComponent(hospital.id)}/departments${text ? `?q=${encodeURIComponent(text)}` : ''}`),
        (each) => ({ id: each.code, name: each.name, sub: each.specialty === each.name ? null : each.specialty }),
        (department) => inDepartment(department, hospital));
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
  const take = (slot, again) => confirmBooking({ slot, person, again, onBooked, seeLimits });
  return { node: panel, forget, move, take };
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

/** The days that the hospital releases ahead, and slots of a department; begins with the first day that has any. */
function chooseTime({ place, person, department, ahead, onBooked, moved, waits, seeLimits }) {
  const where = `/v1/slots?hospital=${encodeURIComponent(department.hospital)}&department=${encodeURIComponent(department.id)}`;
  const list = h('div', { 'aria-live': 'polite', testid: 'slots' });
  let day = null;
  const again = () => choose(day);
  const chosenSlot = (slot) => (drawn(slot) ? takePart({ slot, person, entered: waits, seeLimits })
    : confirmBooking({ slot, person, again, onBooked, moved, seeLimits }));
  const choose = (chosen) => {
    day = chosen;
    strip.querySelectorAll('button').forEach((node) => node.setAttribute('aria-pressed', String(node.dataset.day === day)));
    return fill(list, () => all(`${where}&from=${day}&to=${day}`),
      (slots) => doctors(slots, chosenSlot, moved ? null : (slot) => joinList({ slot, person, joined: waits, seeLimits })));
  };
  const strip = arrows(h('div', { class: 'days', role: 'group', 'aria-label': t('book.day'), testid: 'days' }, days(Math.max(ahead, LEAST_DAYS) + 1).map((each, i) => {
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
  const byDoctor = grouped(slots, 'doctor');
  return [...byDoctor.values()].map((own) => h('section', { class: 'doctor', testid: 'doctor' },
    h('div', { class: 'split' }, h('h3', null, doctorOf(own[0]) || t('book.anyDoctor')), h('span', { class: 'number small strong' }, money(own[0].fee))),
    [...grouped(own, 'session').values()].map((session) => half(session, own[0].fee, choose, waiting))));
}

function grouped(slots, by) {
  const groups = new Map();
  slots.forEach((slot) => groups.set(slot[by], [...(groups.get(slot[by]) ?? []), slot]));
  return groups;
}

/** One session; a doctor may have two in one half-day, one of them remote. */
function half(slots, fee, choose, waiting) {
  const [first] = slots;
  const name = [t(Number(time(first.start).slice(0, 2)) < NOON ? 'book.morning' : 'book.afternoon'),
    first.modality === 'REMOTE' ? t('book.remote') : null, first.fee === fee ? null : money(first.fee)].filter(Boolean);
  return h('div', { class: 'half', testid: 'session' }, h('div', null, name.map((each) => h('p', { class: 'quiet small' }, each))),
    arrows(h('div', { class: 'slots' }, slots.map((slot) => cell(slot, choose, !waiting)))),
    waiting && slots.every((slot) => slot.free < 1 && !drawn(slot))
      ? button(t('waiting.enter'), { kind: 'plain', small: true, testid: `wait-${first.id}`, onclick: () => waiting(first) }) : null);
}

const drawn = (slot) => slot.mode === 'DRAW';

function cell(slot, choose, moving) {
  const full = drawn(slot) ? moving : slot.free < 1;
  const left = drawn(slot) ? t('book.draw') : !full ? t('book.free', { count: slot.free }) : t(slot.held > 0 ? 'book.held' : 'book.full');
  return h('button', { type: 'button', class: 'slot', disabled: full, testid: `slot-${slot.id}`, 'data-free': slot.free, 'data-slot': slot.id,
    'aria-label': `${band(slot.start, slot.end)}, ${left}`, onclick: () => choose(slot) },
  h('strong', null, time(slot.start)), h('small', null, left));
}
