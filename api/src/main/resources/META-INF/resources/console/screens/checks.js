// The caller's answers against the region's data. Which one was wrong is known to nobody at this desk.
import { hasRole, post } from '../api.js';
import { dateOf } from '../dates.js';
import { h, show } from '../dom.js';
import { t } from '../i18n.js';
import { busy, button, field, note, refusal } from '../ui.js';

const NEEDED = 3;

/** How each answer is typed: `read` gives what is sent, or null when it cannot be that. */
const ITEMS = [
  { name: 'name', read: (text) => text, props: { maxlength: 100 } },
  { name: 'birthDate', read: dateOf, props: { maxlength: 12, placeholder: '19900307', inputmode: 'numeric' } },
  { name: 'idLast4', read: (text) => (/^[0-9A-Za-z]{4}$/.test(text) ? text.toUpperCase() : null), props: { maxlength: 4 } },
  { name: 'phone', read: (text) => (/^\d{5,20}$/.test(text) ? text : null), props: { maxlength: 20, inputmode: 'numeric' } },
  { name: 'lastVisit', read: dateOf, props: { maxlength: 12, placeholder: '20260901', inputmode: 'numeric' } }
];

export function checkPanel(desk) {
  const { call } = desk.state;
  const panel = h('section', { class: 'panel stack', testid: 'check-panel' });
  if (call.level >= 1) {
    show(panel, note('good', 'check', h('p', { class: 'strong' }, t('check.passed')), h('p', null, t('check.passedHint'))));
  } else if (call.triesLeft === 0) {
    show(panel, supervisor(desk));
  } else {
    show(panel, form(desk, panel));
  }
  return panel;
}

function supervisor(desk) {
  const mayLift = hasRole('supervisor');
  return h('div', { class: 'stack', testid: 'needs-supervisor' },
    note('bad', 'shield', h('p', { class: 'strong' }, t('check.supervisor')),
      h('p', null, t(mayLift ? 'lift.hint' : 'check.supervisorHint'))),
    mayLift ? liftForm(desk) : null);
}

/** A supervisor takes the failures back, and says why. */
function liftForm(desk) {
  const reason = field('lift-reason', t('lift.reason'), { maxlength: 200 });
  const trouble = h('div', { role: 'alert', testid: 'lift-result' });
  const submit = button(t('lift.submit'), { type: 'submit', wide: true, testid: 'lift-submit' });
  return h('form', { class: 'stack', novalidate: true, onsubmit: async (event) => {
    event.preventDefault();
    reason.tell(reason.input.value.trim() ? '' : t('error.required'));
    if (!reason.input.value.trim()) {
      reason.input.focus();
      return;
    }
    await busy(submit, async () => {
      show(trouble);
      try {
        desk.know(await post(`/v1/calls/${desk.state.call.id}/lift`, { reason: reason.input.value.trim() }));
      } catch (problem) {
        show(trouble, refusal(problem));
      }
    });
  } }, reason.node, submit, trouble);
}

function form(desk, panel) {
  const fields = ITEMS.map((item) => ({ ...item, ...field(`check-${item.name}`, t(`check.${item.name}`), item.props) }));
  const left = h('span', { class: 'chip number', testid: 'tries-left', 'data-left': desk.state.call.triesLeft }, t('check.left', { count: desk.state.call.triesLeft }));
  const trouble = h('div', { role: 'alert', testid: 'check-result' });
  const submit = button(t('check.submit'), { type: 'submit', wide: true, testid: 'check-submit' });
  const asked = h('p', { class: 'quiet small', role: 'status', testid: 'check-asked' });
  const count = () => {
    const filled = fields.filter((each) => each.input.value.trim()).length;
    submit.disabled = filled < NEEDED;
    asked.textContent = filled < NEEDED ? t('check.needs', { needed: NEEDED, filled }) : t('check.ready', { filled });
  };
  fields.forEach((each) => each.input.addEventListener('input', () => {
    each.tell('');
    count();
  }));
  count();
  setTimeout(() => fields[0].input.focus());
  return h('form', { class: 'stack', novalidate: true, onsubmit: async (event) => {
    event.preventDefault();
    const answers = answersOf(fields);
    if (!answers || submit.disabled) {
      return;
    }
    await busy(submit, async () => {
      show(trouble);
      try {
        const call = await post(`/v1/calls/${desk.state.call.id}/checks`, answers);
        judge(call, desk, panel, { left, trouble });
      } catch (problem) {
        if (problem.name === 'call-needs-supervisor') {
          desk.state.call.triesLeft = 0;
          show(panel, supervisor(desk));
        } else {
          show(trouble, refusal(problem));
        }
      }
    });
  } },
  h('div', { class: 'split' }, h('h2', null, t('check.title')), left),
  fields.map((each) => each.node), asked, submit, trouble,
  h('p', { class: 'quiet small' }, t('check.rule')));
}

function judge(call, desk, panel, { left, trouble }) {
  if (call.level >= 1) {
    desk.know(call);
    return;
  }
  desk.state.call = call;
  if (call.triesLeft === 0) {
    show(panel, supervisor(desk));
    return;
  }
  left.textContent = t('check.left', { count: call.triesLeft });
  left.dataset.left = call.triesLeft;
  left.classList.add('chip--warn');
  show(trouble, note('bad', 'shield', h('p', { class: 'strong' }, t('check.failed')), h('p', null, t('check.failedHint', { count: call.triesLeft }))));
}

/** What is sent; null when an answer has not the form of one, which is then said: that tells nothing about the truth. */
function answersOf(fields) {
  const answers = {};
  const wrong = fields.filter((each) => {
    const text = each.input.value.trim();
    if (!text) {
      return false;
    }
    answers[each.name] = each.read(text);
    each.tell(answers[each.name] === null ? t(`check.form.${each.name}`) : '');
    return answers[each.name] === null;
  });
  wrong[0]?.input.focus();
  return wrong.length ? null : answers;
}
