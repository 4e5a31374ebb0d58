// What is otherwise on a day: closed, worked as another weekday, a clinic besides, another doctor.
import { attemptKey } from '../api.js';
import { titled } from '../directory.js';
import { h } from '../dom.js';
import { isoDay, longDay, t } from '../i18n.js';
import { button, chip, choice, dialog, field } from '../ui.js';
import { confirmRemoval, departmentName, doctorName, doctorsOf, half, templateName, trying, weekday } from './templates.js';

const DAY = 86400000;
const KINDS = ['CLOSED', 'SWAP', 'EXTRA', 'OTHER_DOCTOR'];
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];

const noon = (day) => `${day}T12:00:00+08:00`;

export function exceptionLine(seat, each) {
  return h('li', { testid: 'exception', 'data-exception': each.id, 'data-kind': each.kind },
    h('span', { class: 'strong' }, longDay(noon(each.day))), chip(t(`exceptions.${each.kind}`), each.kind === 'CLOSED' ? 'bad' : ''),
    h('span', { class: 'small' }, about(seat, each)), h('span', { class: 'quiet small' }, each.reason ?? ''),
    button(t('templates.edit'), { kind: 'plain', small: true, testid: 'exception-edit', onclick: () => editException(seat, each) }),
    button(t('templates.remove'), { kind: 'danger-plain', small: true, testid: 'exception-remove', onclick: () => confirmRemoval(seat, longDay(noon(each.day)), `/v1/schedule-exceptions/${each.id}`) }));
}

function about(seat, each) {
  const template = seat.templates.find((one) => one.id === each.template);
  switch (each.kind) {
    case 'CLOSED':
      return [each.half ? half(each.half) : t('stops.wholeDay'), each.department ? departmentName(seat, each.department) : null, each.doctor ? doctorName(seat, each.doctor) : null].filter(Boolean).join(' · ');
    case 'SWAP':
      return t('exceptions.as', { weekday: weekday(each.weekday) });
    default:
      return [template ? templateName(seat, template) : null, each.kind === 'OTHER_DOCTOR' ? t('exceptions.by', { doctor: doctorName(seat, each.doctor) }) : null].filter(Boolean).join(' · ');
  }
}

/** Only the fields of the chosen kind are there. */
export function editException(seat, known) {
  const node = dialog(t('exceptions.new'), 'exception-dialog', (close) => {
    const start = known ?? { kind: 'CLOSED', day: isoDay(Date.now() + DAY) };
    const day = field('exception-day', t('templates.day'), { type: 'date', value: start.day });
    const kind = choice('exception-kind', t('exceptions.kind'), KINDS.map((each) => [each, t(`exceptions.${each}`)]), { value: start.kind });
    const part = choice('exception-half', t('stops.half'), [['', t('stops.wholeDay')], ['AM', t('book.morning')], ['PM', t('book.afternoon')]], { value: start.half ?? '' });
    const department = choice('exception-department', t('booking.department'), [['', t('stops.all')], ...seat.staff.departments.map((each) => [each.code, each.name])], { value: start.department ?? '' });
    const as = choice('exception-weekday', t('exceptions.weekday'), WEEKDAYS.map((each) => [each, weekday(each)]), { value: start.weekday ?? 1 });
    const template = choice('exception-template', t('exceptions.template'), seat.templates.map((each) => [each.id, templateName(seat, each)]), { value: start.template ?? undefined });
    const doctor = choice('exception-doctor', t('booking.doctor'));
    const reason = field('exception-reason', t('exceptions.reason'), { maxlength: 200, value: start.reason ?? '' });
    const is = (...kinds) => kinds.includes(kind.input.value);
    const offerDoctors = () => {
      const where = is('OTHER_DOCTOR') ? seat.templates.find((each) => each.id === template.input.value)?.department : department.input.value;
      const offered = where ? doctorsOf(seat, where) : seat.staff.doctors;
      doctor.offer([...(is('CLOSED') ? [['', t('stops.all')]] : []), ...offered.map((each) => [each.code, titled(each)])], start.doctor ?? '');
    };
    const paint = () => {
      part.node.hidden = department.node.hidden = !is('CLOSED');
      as.node.hidden = !is('SWAP');
      template.node.hidden = !is('EXTRA', 'OTHER_DOCTOR');
      doctor.node.hidden = !is('CLOSED', 'OTHER_DOCTOR');
      offerDoctors();
    };
    kind.input.addEventListener('change', paint);
    [department, template].forEach((each) => each.input.addEventListener('change', offerDoctors));
    paint();
    const wish = () => {
      day.tell(day.input.value ? null : t('error.required'));
      return day.input.value ? { hospital: seat.hospital, day: day.input.value, kind: kind.input.value,
        half: is('CLOSED') ? part.input.value || null : null, department: is('CLOSED') ? department.input.value || null : null,
        doctor: is('CLOSED', 'OTHER_DOCTOR') ? doctor.input.value || null : null, weekday: is('SWAP') ? Number(as.input.value) : null,
        template: is('EXTRA', 'OTHER_DOCTOR') ? template.input.value || null : null, reason: reason.input.value.trim() || null } : null;
    };
    const tried = trying(seat, `/v1/schedule-exceptions/${known?.id ?? attemptKey()}`, wish, { close });
    return [h('h2', null, t(known ? 'exceptions.edit' : 'exceptions.new')),
      h('div', { class: 'search', oninput: tried.changed }, day.node, kind.node, part.node, department.node, as.node, template.node, doctor.node, reason.node),
      tried.result, tried.buttons];
  });
  node.classList.add('wide');
}
