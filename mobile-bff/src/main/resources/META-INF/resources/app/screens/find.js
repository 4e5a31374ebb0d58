// What a person types finds doctors and departments too; and what is free soonest, or nearby.
import { get } from '../api.js';
import { h, show } from '../dom.js';
import { band, hospitalOf, longDay, t, time } from '../i18n.js';
import { button, chip, disc, empty, failed, note, row, rows } from '../ui.js';

const WAIT = 300;
const MOST = 20;
const PRECISION = 3;
const LOCATING = { timeout: 8000, maximumAge: 300000 };

/** A place below the search box. `ask(text)` fills it a moment after the last key; the hospitals of the page stay theirs. */
export function findings() {
  const place = h('div', { class: 'stack', 'aria-live': 'polite', testid: 'findings' });
  let waiting = null;
  let turn = 0;
  const look = async (text) => {
    const mine = ++turn;
    try {
      const found = await get(`/v1/directory/search?limit=${MOST}&q=${encodeURIComponent(text)}`);
      if (mine === turn) {
        show(place, answer(found));
      }
    } catch (problem) {
      if (mine === turn) {
        show(place, failed(problem, () => look(text)));
      }
    }
  };
  const ask = (text) => {
    clearTimeout(waiting);
    turn++;
    show(place);
    if (text) {
      waiting = setTimeout(() => look(text), WAIT);
    }
  };
  return { place, ask };
}

function answer(found) {
  const items = found.items.filter((each) => each.kind === 'DOCTOR' || each.kind === 'DEPARTMENT');
  const about = found.symptoms.filter((each) => each.departments.length);
  return [
    found.urgent ? h('div', { role: 'alert', testid: 'urgent' }, note('bad', 'shield', h('p', { class: 'strong' }, found.urgent),
      h('p', null, h('a', { class: 'more', href: 'tel:120' }, t('find.call120'))))) : null,
    !items.length && !found.items.length ? empty('search', t('book.noneFound'), t('book.noneFoundHint')) : null,
    about.length ? note('', 'doctor', h('p', null, t('find.about')), soonest(about)) : null,
    items.length ? rows(items.map(line), 'found') : null
  ];
}

/** The first free times of each department that sees people with it. */
function soonest(about) {
  const departments = new Map(about.flatMap((each) => each.departments).map((each) => [each.code, each.name]));
  const list = h('div', { 'aria-live': 'polite' });
  return h('div', { class: 'stack' },
    h('div', { class: 'buttons' }, [...departments].slice(0, 4).map(([id, name]) => button(t('find.soonest', { department: name }),
      { kind: 'soft', testid: `soonest-${id}`, onclick: () => fill(list, `department-code=${encodeURIComponent(id)}`) }))), list);
}

function line(hit) {
  const free = hit.nearestFree ? t('find.free', { time: when(hit.nearestFree) }) : t('find.noneFree');
  const where = [hospitalOf(hit), hit.kind === 'DOCTOR' ? hit.departmentName : null, hit.campus].filter(Boolean).join(' · ');
  return row({ href: link(hit.hospital, hit.department, hit.nearestFree), lead: disc('doctor'), title: [hit.name, hit.title].filter(Boolean).join(' '),
    sub: [where, hit.specialty ? t('find.specialty', { specialty: hit.specialty }) : null, free].filter(Boolean).join(' · '), trail: hit.kind === 'DOCTOR' ? chip(t('find.doctor')) : null, testid: `found-${hit.id}` });
}

const when = (at) => `${longDay(at)} ${time(at)}`;

function link(hospital, department, at, slot) {
  const date = at ? `?date=${at.slice(0, 10)}${slot ? `&slot=${slot}` : ''}` : '';
  return `/book/${encodeURIComponent(hospital)}/${encodeURIComponent(department)}${date}`;
}

async function fill(place, query) {
  try {
    const { items } = await get(`/v1/slots/nearest?limit=${MOST}&${query}`);
    show(place, items.length ? rows(items.map((slot) => row({ href: link(slot.hospital, slot.department, slot.start, slot.id), lead: disc('clock'),
      title: `${longDay(slot.start)} ${band(slot.start, slot.end)}`,
      sub: [hospitalOf(slot), slot.departmentName, [slot.doctorName, slot.doctorTitle].filter(Boolean).join(' '), far(slot)].filter(Boolean).join(' · '),
      testid: `nearest-${slot.id}` })), 'nearest') : empty('calendar', t('find.noneFree'), t('find.noneFreeHint')));
  } catch (problem) {
    show(place, failed(problem, () => fill(place, query)));
  }
}

function far(slot) {
  return slot.distance === undefined ? null : t('find.distance', { km: (slot.distance / 1000).toFixed(1) });
}

/** Nearby places with a free unit. The position is rounded to some hundred metres, and asked for only when somebody presses this. */
export function nearby() {
  const list = h('div', { 'aria-live': 'polite' });
  const ask = button(t('find.nearby'), { kind: 'soft', testid: 'nearby', onclick: () => {
    if (!navigator.geolocation) {
      show(list, note('', 'pin', t('find.noPosition')));
      return;
    }
    show(list, h('p', { class: 'quiet', role: 'status' }, t('common.loading')));
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => fill(list, `kind=CENTRE&near=${coords.latitude.toFixed(PRECISION)},${coords.longitude.toFixed(PRECISION)}`),
      () => show(list, note('', 'pin', t('find.noPosition'))), LOCATING);
  } });
  return h('div', { class: 'stack' }, h('div', { class: 'buttons' }, ask), list);
}
