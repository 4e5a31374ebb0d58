// Schedules of a hospital that has no scheduling system: what is repeated every week, what is otherwise on some days, and what both mean.
import { all, attemptKey, get, post, put, remove } from '../api.js';
import { ownHospitals, staffOf, titled } from '../directory.js';
import { h, show } from '../dom.js';
import { isoDay, money, t } from '../i18n.js';
import { busy, button, chip, choice, dialog, empty, facts, field, fill, note, refusal, toast } from '../ui.js';
import { editException, exceptionLine } from './exceptions.js';

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
const DAY = 86400000;
const WEEKS = 14;
const CONFLICTS = 8;

export const weekday = (number) => t(`weekday.${number}`);
export const half = (name) => t(name === 'AM' ? 'book.morning' : 'book.afternoon');

export const templatesScreen = {
  id: 'templates',
  title: 'templates.title',
  async render(main, desk, visit) {
    const seat = { visit, templates: [], staff: { departments: [], doctors: [] }, list: h('div', { testid: 'templates' }), exceptions: h('div', { testid: 'exceptions' }), meant: h('div', { testid: 'layout' }) };
    const place = choice('template-hospital', t('referrals.own'), [], { onchange: () => open(seat, place.input.value) });
    show(main, h('section', { class: 'panel stack' }, h('h2', null, t('templates.title')), h('p', { class: 'quiet small' }, t('templates.hint')), place.node), weekly(seat), otherwise(seat), preview(seat));
    try {
      const own = await ownHospitals();
      place.offer(own.map((each) => [each.id, `${each.name} (${each.id})`]));
      await open(seat, place.input.value);
    } catch (problem) {
      show(seat.list, h('div', { role: 'alert', testid: 'problem' }, refusal(problem)));
    }
  }
};

async function open(seat, hospital) {
  Object.assign(seat, { hospital, staff: await staffOf(hospital) });
  show(seat.meant);
  await seat.again();
}

export const query = (seat) => `hospital=${encodeURIComponent(seat.hospital)}`;
export const departmentName = (seat, code) => seat.staff.departments.find((each) => each.code === code)?.name ?? code;
export const doctorName = (seat, code) => {
  const known = seat.staff.doctors.find((each) => each.code === code);
  return known ? titled(known) : code;
};
export const templateName = (seat, each) => `${t('templates.halfDay', { weekday: weekday(each.weekday), half: half(each.half) })} · ${departmentName(seat, each.department)} · ${doctorName(seat, each.doctor)}`;
export const doctorsOf = (seat, department) => {
  const id = seat.staff.departments.find((each) => each.code === department)?.id;
  return seat.staff.doctors.filter((each) => each.departments.some((one) => one.id === id));
};

function weekly(seat) {
  const add = button(t('templates.new'), { small: true, testid: 'template-new', onclick: () => edit(seat, null) });
  seat.again = async () => {
    await fill(seat.list, () => all(`/v1/schedule-templates?${query(seat)}`), (items) => {
      seat.templates = items;
      return items.length ? table(seat, items) : empty('calendar', t('templates.none'), t('templates.noneHint'), 'templates-none');
    });
    await fill(seat.exceptions, () => all(`/v1/schedule-exceptions?${query(seat)}`), (items) => (items.length
      ? h('ul', { class: 'rows' }, items.map((each) => exceptionLine(seat, each)))
      : empty('check', t('exceptions.none'), '')), 1);
  };
  return h('section', { class: 'panel stack' }, h('div', { class: 'split' }, h('h2', null, t('templates.weekly')), add), seat.list);
}

function otherwise(seat) {
  const add = button(t('exceptions.new'), { small: true, testid: 'exception-new', onclick: () => editException(seat, null) });
  return h('section', { class: 'panel stack' }, h('div', { class: 'split' }, h('h2', null, t('exceptions.title')), add), h('p', { class: 'quiet small' }, t('exceptions.hint')), seat.exceptions);
}

function table(seat, items) {
  const sorted = [...items].sort((one, other) => one.weekday - other.weekday || one.firstBand.localeCompare(other.firstBand) || one.department.localeCompare(other.department));
  return h('table', { class: 'sheet' },
    h('thead', null, h('tr', null, ['templates.when', 'booking.department', 'booking.doctor', 'templates.bands', 'templates.unitsHead', 'booking.fee', 'templates.valid', 'templates.acts'].map((key) => h('th', { scope: 'col' }, t(key))))),
    h('tbody', null, sorted.map((each) => row(seat, each))));
}

function row(seat, each) {
  return h('tr', { testid: 'template', 'data-template': each.id },
    h('td', null, h('span', { class: 'strong' }, weekday(each.weekday)), ' ', half(each.half)),
    h('td', null, departmentName(seat, each.department)), h('td', null, doctorName(seat, each.doctor)),
    h('td', { class: 'number' }, times(each)), h('td', { class: 'number' }, t('templates.units', { bands: each.bands, units: each.units })),
    h('td', { class: 'number' }, money(each.fee), each.mode === 'DRAW' ? [' ', chip(t('book.draw'), 'warn')] : null),
    h('td', { class: 'number small' }, each.validTo ? `${each.validFrom} – ${each.validTo}` : t('templates.since', { date: each.validFrom })),
    h('td', null, h('div', { class: 'inline' },
      button(t('templates.edit'), { kind: 'plain', small: true, testid: 'template-edit', onclick: () => edit(seat, each) }),
      button(t('templates.remove'), { kind: 'danger-plain', small: true, testid: 'template-remove', onclick: () => confirmRemoval(seat, templateName(seat, each), `/v1/schedule-templates/${each.id}`) }))));
}

/** From the first band to the end of the last. */
function times({ firstBand, bandMinutes, bands }) {
  const [hours, minutes] = firstBand.split(':').map(Number);
  const end = hours * 60 + minutes + bandMinutes * bands;
  const two = (number) => String(number).padStart(2, '0');
  return `${two(hours)}:${two(minutes)}–${two(Math.floor(end / 60))}:${two(end % 60)}`;
}

export function confirmRemoval(seat, name, path) {
  dialog(t('templates.remove'), 'remove-dialog', (close) => {
    const trouble = h('div', { role: 'alert' });
    const yes = button(t('templates.remove'), { kind: 'danger', testid: 'confirm-remove', onclick: () => busy(yes, async () => {
      try {
        await remove(`${path}?${query(seat)}`);
      } catch (problem) {
        show(trouble, refusal(problem));
        return;
      }
      close();
      toast(t('templates.removed'));
      await seat.again();
    }) });
    return [h('h2', null, name), h('p', null, t('templates.removeText')), trouble,
      h('div', { class: 'buttons' }, button(t('common.close'), { kind: 'plain', autofocus: true, onclick: close }), yes)];
  });
}

/**
 * Tries before it saves: `wish` gives what is in the fields, or null when something is wrong with it. What is shown is what would be saved;
 * whoever changes a field afterwards tries again.
 */
export function trying(seat, path, wish, { version, close }) {
  const result = h('div', { class: 'stack', 'aria-live': 'polite', testid: 'draft' });
  const save = button(t('templates.save'), { testid: 'draft-save', hidden: true, onclick: () => busy(save, async () => {
    try {
      await put(path, wish(), { version });
    } catch (problem) {
      show(result, refusal(problem));
      return;
    }
    close();
    toast(t('templates.saved'));
    await seat.again();
  }) });
  const attempt = button(t('templates.try'), { kind: 'soft', testid: 'draft-try', onclick: () => busy(attempt, async () => {
    const wanted = wish();
    if (!wanted) {
      return;
    }
    try {
      const would = await post(`${path}/preview`, wanted);
      show(result, layout(seat, would));
      save.hidden = false;
    } catch (problem) {
      show(result, refusal(problem));
    }
  }) });
  const changed = () => {
    save.hidden = true;
    show(result);
  };
  return { result, changed, buttons: h('div', { class: 'buttons' }, button(t('common.close'), { kind: 'plain', testid: 'close-dialog', onclick: close }), attempt, save) };
}

function edit(seat, known) {
  const node = dialog(t(known ? 'templates.edit' : 'templates.new'), 'template-dialog', (close) => {
    const start = known ?? { weekday: 1, department: seat.staff.departments[0]?.code, firstBand: '08:30:00', bandMinutes: 30, bands: 6, units: 5, fee: 20, mode: 'BOOK', validFrom: isoDay(Date.now() + DAY) };
    const number = (id, key, least, most, step = 1) => field(`template-${id}`, t(key), { type: 'number', inputmode: 'numeric', min: least, max: most, step, value: start[id] });
    const day = choice('template-weekday', t('templates.weekday'), WEEKDAYS.map((each) => [each, weekday(each)]), { value: start.weekday });
    const department = choice('template-department', t('booking.department'), seat.staff.departments.map((each) => [each.code, each.name]), { value: start.department });
    const doctor = choice('template-doctor', t('booking.doctor'));
    const first = field('template-firstBand', t('templates.firstBand'), { type: 'time', value: start.firstBand.slice(0, 5) });
    const numbers = { bandMinutes: number('bandMinutes', 'templates.bandMinutes', 5, 240), bands: number('bands', 'templates.bandCount', 1, 48), units: number('units', 'templates.unitsEach', 1, 500), fee: number('fee', 'templates.fee', 0, 99999, 0.01) };
    const mode = choice('template-mode', t('templates.mode'), ['BOOK', 'DRAW'].map((each) => [each, t(`templates.mode.${each}`)]), { value: start.mode });
    const from = field('template-validFrom', t('templates.validFrom'), { type: 'date', value: start.validFrom });
    const to = field('template-validTo', t('templates.validTo'), { type: 'date', value: start.validTo ?? '' });
    const offerDoctors = () => doctor.offer(doctorsOf(seat, department.input.value).map((each) => [each.code, titled(each)]), start.doctor);
    department.input.addEventListener('change', offerDoctors);
    offerDoctors();
    const wish = () => {
      const missing = [first, from, ...Object.values(numbers)].filter((each) => {
        const bad = !each.input.value || !each.input.validity.valid;
        each.tell(bad ? t(each.input.value ? 'templates.outOfRange' : 'error.required', { least: each.input.min, most: each.input.max }) : null);
        return bad;
      });
      missing[0]?.input.focus();
      return missing.length ? null : { hospital: seat.hospital, weekday: Number(day.input.value), department: department.input.value, doctor: doctor.input.value, firstBand: first.input.value,
        ...Object.fromEntries(Object.entries(numbers).map(([name, each]) => [name, Number(each.input.value)])), mode: mode.input.value, validFrom: from.input.value, validTo: to.input.value || null };
    };
    const tried = trying(seat, `/v1/schedule-templates/${known?.id ?? attemptKey()}`, wish, { version: known?.version, close });
    return [h('h2', null, t(known ? 'templates.edit' : 'templates.new')),
      h('div', { class: 'search', oninput: tried.changed }, day.node, first.node, department.node, doctor.node, Object.values(numbers).map((each) => each.node), mode.node, h('div'), from.node, to.node),
      tried.result, tried.buttons];
  });
  node.classList.add('wide');
}

/** What laying out does, or would do. */
export function layout(seat, view) {
  const conflicts = view.conflicts.slice(0, CONFLICTS);
  return h('div', { class: 'stack', testid: 'layout-view', 'data-created': view.created, 'data-conflicts': view.conflicts.length },
    facts([[t('templates.period'), h('span', { class: 'number' }, `${view.from} – ${view.to}`)],
      ...['sessions', 'created', 'closed'].map((name) => [t(`templates.${name}`), h('span', { class: 'number', testid: `layout-${name}` }, String(view[name]))])]),
    view.conflicts.length ? note('warn', 'shield', h('p', { class: 'strong' }, t('templates.conflicts', { count: view.conflicts.length })), h('p', null, t('templates.conflictsHint')),
      h('ul', null, conflicts.map((each) => h('li', { class: 'number small', testid: 'conflict' }, `${each.day} ${half(each.half)} · ${roleName(seat, each.role)} · ${t(`templates.conflict.${each.reason}`, { count: each.bookings })}`))),
      view.conflicts.length > conflicts.length ? h('p', null, '…') : null) : note('good', 'check', t('templates.noConflicts')));
}

/** A role's code is the doctor's and the department's. */
const roleName = (seat, role) => doctorName(seat, role?.split('/')[0]);

/** What is saved means: day by day, for whoever wants to see it before people do. */
function preview(seat) {
  const from = field('layout-from', t('stops.from'), { type: 'date', value: isoDay(Date.now() + DAY) });
  const to = field('layout-to', t('stops.to'), { type: 'date', value: isoDay(Date.now() + WEEKS * DAY) });
  const ask = button(t('templates.preview'), { kind: 'soft', testid: 'layout-ask', onclick: () => busy(ask, async () => {
    try {
      const view = await get(`/v1/schedule-templates/preview?${query(seat)}&from=${from.input.value}&to=${to.input.value}`);
      show(seat.meant, layout(seat, view), view.plan.length ? h('div', { class: 'waiting' }, h('table', { class: 'sheet', testid: 'plan' },
        h('thead', null, h('tr', null, ['templates.day', 'templates.half', 'booking.department', 'booking.doctor', 'templates.unitsAll'].map((key) => h('th', { scope: 'col' }, t(key))))),
        h('tbody', null, view.plan.map((each) => h('tr', null, h('td', { class: 'number' }, each.day), h('td', null, half(each.half)), h('td', null, departmentName(seat, each.department)),
          h('td', null, roleName(seat, each.role)), h('td', { class: 'number' }, each.units)))))) : null);
    } catch (problem) {
      show(seat.meant, refusal(problem));
    }
  }) });
  return h('section', { class: 'panel stack' }, h('h2', null, t('templates.meaning')), h('p', { class: 'quiet small' }, t('templates.meaningHint')),
    h('div', { class: 'search' }, from.node, to.node), h('div', { class: 'buttons' }, ask), seat.meant);
}
