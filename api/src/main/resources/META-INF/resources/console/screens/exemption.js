// Who is never paused by marks: agents see it, supervisors set and end it after they saw a document.
import { hasRole, put, remove } from '../api.js';
import { h, show } from '../dom.js';
import { code, date, t } from '../i18n.js';
import { busy, button, choice, dialog, refusal, toast } from '../ui.js';

const BASES = ['COURT_RULING', 'DISABILITY_CERTIFICATE', 'MEDICAL_CERTIFICATE'];

export const exemptionPath = (person) => `/v1/persons/${person}/pause-exemption`;

/** `found` is what the server says of the person; `again` reads the panel anew. */
export function exemption(person, found, again) {
  const act = found.exempt
    ? button(t('exemption.end'), { kind: 'plain', small: true, testid: 'exemption-end', onclick: () => end(person, again) })
    : button(t('exemption.set'), { kind: 'plain', small: true, testid: 'exemption-set', onclick: () => set(person, again) });
  return h('div', { class: 'split', testid: 'exemption', 'data-exempt': String(found.exempt) },
    h('div', { class: 'stack stack--tight' }, h('h3', null, t('exemption.title')),
      h('p', { class: 'quiet small' }, found.exempt
        ? t('exemption.since', { date: date(found.since), basis: code('exemptionBasis', found.basis) }) : t('exemption.none'))),
    hasRole('supervisor') ? act : null);
}

function set(person, again) {
  const basis = choice('exemption-basis', t('exemption.basis'), [['', t('exemption.choose')], ...BASES.map((each) => [each, code('exemptionBasis', each)])],
    { autofocus: true, required: true });
  // Nothing is chosen beforehand: what is kept is what somebody saw.
  const act = () => basis.input.reportValidity() && put(exemptionPath(person), { basis: basis.input.value });
  asked('exemption.set', 'exemption.setHint', 'exemption.saved', act, again, basis.node);
}

const end = (person, again) => asked('exemption.endTitle', 'exemption.endHint', 'exemption.ended', () => remove(exemptionPath(person)), again);

/** `act` gives false for what is not complete. */
function asked(title, hint, done, act, again, ...more) {
  dialog(t(title), 'exemption-dialog', (close) => {
    const trouble = h('div', { role: 'alert' });
    const yes = button(t(title), { testid: 'confirm-exemption', onclick: () => busy(yes, async () => {
      try {
        if (await act() === false) {
          return;
        }
      } catch (problem) {
        show(trouble, refusal(problem));
        return;
      }
      close();
      toast(t(done));
      again();
    }) });
    return [h('h2', null, t(title)), ...more, h('p', { class: 'quiet small' }, t(hint)), trouble,
      h('div', { class: 'buttons' }, button(t('common.close'), { kind: 'plain', testid: 'close-dialog', onclick: close }), yes)];
  });
}
