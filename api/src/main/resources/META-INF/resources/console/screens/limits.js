// Why the caller cannot book: every rule with what it counts, the marks behind it, and an appeal against one.
import { all, get, post } from '../api.js';
import { h, show } from '../dom.js';
import { code, date, dateAndTime, longDay, t, time } from '../i18n.js';
import { busy, button, chip, dialog, fill, note, refusal, toast } from '../ui.js';
import { exemption, exemptionPath } from './exemption.js';

/** Rules that count something of the person; the panel explains no others. */
const COUNTING = /^appointment\.(max-|no-show-pause$|late-cancel-pause$)/;

/**
 * Closed until somebody asks, because each look is kept in the person's access log. `open` judges a booking of a slot, or one of today
 * without it.
 */
export function limitsPanel(person) {
  const place = h('div', { testid: 'limits-place' });
  const heading = h('h2', { tabindex: '-1' }, t('limits.title'));
  let slot = null;
  const load = () => fill(place, async () => {
    const query = slot ? `?slot=${slot}` : '';
    const [rules, marks, exempt] = await Promise.all([get(`/v1/persons/${person}/booking-limits${query}`),
      all(`/v1/persons/${person}/marks`, 1), get(exemptionPath(person))]);
    return { rules: rules.items, marks, exempt };
  }, (found) => view(person, found, slot, load), 2);
  const expand = (open) => {
    toggle.setAttribute('aria-expanded', String(open));
    toggle.textContent = t(open ? 'common.close' : 'limits.open');
    // What is still being read belongs to a panel that was closed.
    place.turn = null;
    place.removeAttribute('aria-busy');
    show(place);
    return open ? load() : null;
  };
  const toggle = button(t('limits.open'), { kind: 'plain', small: true, testid: 'limits-open', 'aria-expanded': 'false', onclick: () => {
    slot = null;
    expand(toggle.getAttribute('aria-expanded') !== 'true');
  } });
  const open = (wanted) => {
    slot = wanted ?? null;
    expand(true);
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: 'center' });
  };
  const reload = () => (toggle.getAttribute('aria-expanded') === 'true' ? load() : null);
  return { node: h('section', { class: 'panel stack', testid: 'limits-panel' }, h('div', { class: 'split' }, heading, toggle), place), open, reload };
}

/** The way from a refusal in a dialog to the panel; null where no such rule refused. */
export function limitsLink(problem, slot, close, seeLimits) {
  return COUNTING.test(problem.rule ?? '')
    ? button(t('limits.see'), { kind: 'soft', small: true, testid: 'see-limits', onclick: () => {
      close();
      seeLimits(slot);
    } })
    : null;
}

function view(person, { rules, marks, exempt }, slot, again) {
  return h('div', { class: 'stack' },
    h('p', { class: 'quiet small' }, t(slot ? 'limits.ofSlot' : 'limits.ofToday')),
    h('ul', { class: 'rows', testid: 'limits' }, rules.map(rule)),
    exemption(person, exempt, again),
    h('h3', null, t('limits.marks')),
    marks.length ? h('ul', { class: 'bookings', testid: 'marks' }, marks.map((each) => mark(each, again)))
      : h('p', { class: 'quiet small', testid: 'no-marks' }, t('limits.noMarks')));
}

/** What the count is within: the hospital's own window. */
function within(each) {
  return each.window ? t(each.rule === 'appointment.max-per-3-months' ? 'limits.months' : 'limits.days', { window: each.window }) : null;
}

function rule(each) {
  return h('li', { testid: 'limit', 'data-rule': each.rule, 'data-stops': String(each.stops) },
    h('span', { class: each.stops ? 'strong' : 'grow' }, [code('rule', each.rule), within(each)].filter(Boolean).join(' · ')),
    each.never ? h('span', { class: 'quiet small', testid: 'never' }, t('limits.never')) : null,
    each.stops ? h('span', { class: 'small number' }, each.liftsAt ? t('error.liftsAt', { date: dateAndTime(each.liftsAt) }) : t('limits.stops')) : null,
    h('span', { class: 'number' }, chip(`${each.count} / ${each.limit}`, each.stops ? 'bad' : null)));
}

function mark(each, again) {
  const when = `${longDay(each.start)} ${time(each.start)}`;
  const open = each.appeal?.status === 'OPEN';
  return h('li', { class: 'bookings__item', testid: 'mark', 'data-appointment': each.appointment, 'data-appeal': each.appeal?.status ?? 'NONE' },
    h('div', { class: 'stack stack--tight' },
      h('span', { class: 'strong' }, t(`mark.${each.kind}`)),
      h('span', { class: 'small' }, [each.hospitalName, each.departmentName, each.doctorName].filter(Boolean).join(' · ')),
      h('span', { class: 'quiet small number' }, when),
      open ? h('span', { class: 'small' }, t('appeals.due', { date: date(Date.parse(each.appeal.dueAt) - 1) })) : null,
      each.appeal?.answer ? h('span', { class: 'small' }, t('limits.answer', { answer: each.appeal.answer })) : null),
    h('span', { class: 'inline' },
      each.erased ? chip(t('limits.erased'), 'good') : null,
      each.appeal ? chip(code('appealStatus', each.appeal.status), { OPEN: 'warn', GRANTED: 'good', DENIED: 'bad' }[each.appeal.status]) : null,
      each.erased || each.appeal ? null
        : button(t('limits.appeal'), { kind: 'plain', small: true, testid: 'appeal', 'aria-label': `${t('limits.appeal')} ${when}`, onclick: () => appeal(each, again) })));
}

/** Words may be left out: nobody has to give a reason to refuse an automatic decision. */
function appeal(each, again) {
  dialog(t('limits.appealTitle'), 'appeal-dialog', (close) => {
    const trouble = h('div', { role: 'alert', testid: 'appeal-refused' });
    const words = h('textarea', { class: 'input', id: 'appeal-reason', rows: 3, maxlength: 500, autofocus: true, testid: 'appeal-reason' });
    const yes = button(t('limits.appealSend'), { testid: 'confirm-appeal', onclick: () => busy(yes, async () => {
      try {
        await post('/v1/appeals', { appointment: each.appointment, words: words.value.trim() || null });
      } catch (problem) {
        show(trouble, refusal(problem));
        return;
      }
      close();
      toast(t('limits.appealed'));
      again();
    }) });
    return [h('h2', null, t('limits.appealTitle')),
      note('', 'shield', `${t(`mark.${each.kind}`)} · ${[each.hospitalName, each.doctorName].filter(Boolean).join(' ')} · ${longDay(each.start)} ${time(each.start)}`),
      h('div', { class: 'field' }, h('label', { for: 'appeal-reason' }, t('limits.reason')), words),
      h('p', { class: 'quiet small' }, t('limits.appealHint', { days: each.appealDays })), trouble,
      h('div', { class: 'buttons' }, button(t('common.close'), { kind: 'plain', testid: 'close-dialog', onclick: close }), yes)];
  });
}
