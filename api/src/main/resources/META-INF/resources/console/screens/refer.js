// A new referral: whom, where to, why, with which reports, and at once a unit if one is wanted.
import { attemptKey, post } from '../api.js';
import { hospitals, staffOf, titled } from '../directory.js';
import { h, show } from '../dom.js';
import { isoDay, t } from '../i18n.js';
import { area, busy, button, choice, field, refusal, toast } from '../ui.js';
import { slotPicker } from './slotpicker.js';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const ICD_10 = /^[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?$/;

export function referForm(seat) {
  const centre = seat.own[0]?.kind === 'CENTRE';
  const from = choice('refer-from', t('refer.from'), seat.own.map((each) => [each.id, each.name]));
  from.node.hidden = seat.own.length < 2;
  const person = field('refer-person', t('refer.person'), { maxlength: 500, placeholder: t('refer.personHint') });
  const direction = choice('refer-direction', t('refer.direction'), ['UP', 'DOWN'].map((each) => [each, t(`referral.${each}`)]), { value: centre ? 'UP' : 'DOWN' });
  const to = choice('refer-to', t('refer.to'));
  const department = choice('refer-department', t('booking.department'));
  const doctor = choice('refer-doctor', t('booking.doctor'));
  const urgency = choice('refer-urgency', t('refer.urgency'), ['ROUTINE', 'URGENT'].map((each) => [each, t(`referral.${each}`)]));
  const icd10 = field('refer-icd10', t('refer.icd10'), { maxlength: 8, placeholder: 'I20.9' });
  const reason = area('refer-reason', t('referral.reason'), { maxlength: 2000 });
  const reports = field('refer-reports', t('refer.reports'), { maxlength: 400, placeholder: t('refer.reportsHint') });
  const paper = h('input', { type: 'checkbox', id: 'refer-paper', testid: 'refer-paper' });
  const earliest = field('refer-earliest', t('refer.earliest'), { type: 'date', min: isoDay() });
  const latest = field('refer-latest', t('refer.latest'), { type: 'date', min: isoDay() });
  const picker = slotPicker(() => to.input.value, () => department.input.value);
  const trouble = h('div', { role: 'alert', class: 'stack', testid: 'refer-refused' });
  const failed = (problem) => show(trouble, refusal(problem));
  let there = { departments: [], doctors: [] };

  const offerDoctors = () => doctor.offer([['', t('refer.any')], ...there.doctors.filter((each) => !department.input.value || each.departments.some((one) => one.id === department.input.value)).map((each) => [each.id, titled(each)])]);
  const offerPlace = async () => {
    const place = to.input.value;
    const staff = place ? await staffOf(place) : { departments: [], doctors: [] };
    if (place === to.input.value) {
      there = staff;
      department.offer([['', t('refer.any')], ...there.departments.map((each) => [each.id, each.name])]);
      offerDoctors();
      await picker.load();
    }
  };
  const offerPlaces = async () => {
    const wanted = direction.input.value === 'UP' ? 'HOSPITAL' : 'CENTRE';
    to.offer((await hospitals()).filter((each) => each.kind === wanted && each.id !== from.input.value).map((each) => [each.id, `${each.name} (${each.id})`]));
    await offerPlace();
  };
  from.input.addEventListener('change', () => offerPlaces().catch(failed));
  direction.input.addEventListener('change', () => offerPlaces().catch(failed));
  to.input.addEventListener('change', () => offerPlace().catch(failed));
  department.input.addEventListener('change', () => {
    offerDoctors();
    picker.load();
  });
  [person, reason, icd10].forEach((each) => each.input.addEventListener('input', () => each.tell(null)));
  offerPlaces().catch(failed);

  const wish = () => {
    const who = person.input.value.trim();
    return { fromHospital: from.input.value, toHospital: to.input.value, toDepartment: department.input.value || null, toDoctor: doctor.input.value || null,
      ...(ID.test(who) ? { personId: who } : { cardCode: who }), direction: direction.input.value, urgency: urgency.input.value, reason: reason.input.value.trim(),
      icd10: icd10.input.value.trim().toUpperCase() || null, reports: reports.input.value.split(/[,;\uFF0C\uFF1B\u3001\s]+/).filter(Boolean), consentOnPaper: paper.checked,
      slotId: picker.slot(), preferredFrom: earliest.input.value || null, preferredTo: latest.input.value || null };
  };
  const wrong = (wanted) => [
    [person, person.input.value.trim() ? '' : t('error.required')], [reason, wanted.reason ? '' : t('error.required')],
    [icd10, wanted.icd10 && !ICD_10.test(wanted.icd10) ? t('refer.icd10Wrong') : '']
  ].filter(([each, text]) => {
    each.tell(text);
    return text;
  });
  // The same wish again has the same key, so that nobody is referred twice; another one is another attempt.
  let attempt = { wish: '', key: '' };
  const send = button(t('refer.send'), { type: 'submit', testid: 'refer-send' });
  return h('form', { class: 'stack', novalidate: true, testid: 'refer-form', onsubmit: (event) => {
    event.preventDefault();
    const wanted = wish();
    const mistakes = wrong(wanted);
    if (mistakes.length) {
      mistakes[0][0].input.focus();
      return;
    }
    const text = JSON.stringify(wanted);
    attempt = attempt.wish === text ? attempt : { wish: text, key: attemptKey() };
    busy(send, async () => {
      show(trouble);
      try {
        const made = await post('/v1/referrals', wanted, { key: attempt.key });
        toast(t('refer.sent'));
        await Promise.all([seat.open('from'), seat.choose(made.id)]);
      } catch (problem) {
        failed(problem);
      }
    });
  } }, h('h2', null, t('referrals.new')), h('p', { class: 'quiet small' }, t('refer.hint')),
  h('div', { class: 'search' }, from.node, person.node, direction.node, to.node, department.node, doctor.node, urgency.node, icd10.node, reason.node,
    reports.node, h('div', { class: 'field' }, h('span', { class: 'small strong' }, t('refer.consent')), h('label', { class: 'inline', for: 'refer-paper' }, paper, t('refer.paper'))), earliest.node, latest.node),
  h('section', { class: 'stack' }, h('h3', null, t('refer.slot')), h('p', { class: 'quiet small' }, t('refer.slotHint')), picker.node),
  trouble, h('div', { class: 'buttons' }, send));
}
