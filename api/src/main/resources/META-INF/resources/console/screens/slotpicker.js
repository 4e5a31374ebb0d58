// Free units of a department, by day and doctor; one may be chosen.
import { all } from '../api.js';
import { h, show } from '../dom.js';
import { longDay, t, time } from '../i18n.js';
import { arrows, empty, fill } from '../ui.js';

const PAGES = 5;

/** `hospital` and `department` are asked at every load; without a department nothing is loaded. */
export function slotPicker(hospital, department) {
  const node = arrows(h('div', { class: 'picker', testid: 'slot-picker' }));
  let chosen = null;
  const load = () => {
    chosen = null;
    if (!hospital() || !department()) {
      show(node, h('p', { class: 'quiet small' }, t('referral.slotDepartment')));
      return Promise.resolve();
    }
    const question = new URLSearchParams({ hospital: hospital(), department: department() });
    return fill(node, () => all(`/v1/slots?${question}`, PAGES), (items) => {
      const free = items.filter((each) => each.free > 0);
      return free.length ? [...grouped(free)].map(([name, slots]) => h('div', { class: 'stack stack--tight' }, h('h3', null, name),
        h('div', { class: 'slots' }, slots.map(slot)))) : empty('calendar', t('book.noSlots'), '', 'no-slots');
    });
  };
  /** A second press takes the choice back. */
  const slot = (each) => {
    const pick = h('button', { type: 'button', class: 'slot', testid: 'pick-slot', 'data-slot': each.id, 'aria-pressed': 'false', onclick: () => {
      chosen = chosen === each.id ? null : each.id;
      node.querySelectorAll('[data-slot]').forEach((other) => other.setAttribute('aria-pressed', String(other.dataset.slot === chosen)));
    } }, h('strong', null, time(each.start)), h('small', null, t('book.free', { count: each.free })));
    return pick;
  };
  return { node, load, slot: () => chosen };
}

function grouped(slots) {
  const groups = new Map();
  slots.forEach((each) => {
    const name = `${longDay(each.start)} · ${each.doctorName}`;
    groups.set(name, [...(groups.get(name) ?? []), each]);
  });
  return groups;
}
