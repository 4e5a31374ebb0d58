import { h, show } from '../dom.js';
import { all, get, post } from '../api.js';
import { code, date, hospitalOf, longDay, t, time } from '../i18n.js';
import { sheet, toast } from '../shell.js';
import { busy, button, chip, note, panel, pending, said, section } from '../ui.js';
import { forWhom } from './family.js';

const DAY = 86400000;
/** Which marks a pause is made of. */
const BEHIND = { 'appointment.no-show-pause': 'NO_SHOW', 'appointment.late-cancel-pause': 'LATE_CANCEL' };

export default {
  id: 'limits',
  title: 'limits.title',
  render(page, { query }) {
    const asked = query.get('person') || null;
    const slot = query.get('slot');
    const place = h('div', { 'aria-live': 'polite' });
    const look = (person) => show(place, pending(() => load(person, slot), view));
    const whom = forWhom(t('limits.whose'), asked);
    whom.input.addEventListener('change', () => {
      const person = whom.chosen();
      const kept = new URLSearchParams({ ...(person && { person }), ...(slot && { slot }) });
      history.replaceState(history.state, '', `${location.pathname}?${kept}`.replace(/\?$/, ''));
      look(person);
    });
    show(page, whom.node, place);
    look(asked);
  }
};

/** What the rules say to the person (null: oneself) about a slot, or about today where there is none, or none any more. */
async function load(person, slot) {
  const whose = person ? { personId: person } : {};
  const path = (query) => `/v1/me/booking-limits?${new URLSearchParams(query)}`;
  const [judged, marks] = await Promise.all([
    slot ? get(path({ ...whose, slot })).catch((problem) => (problem.status === 404 ? null : Promise.reject(problem))) : null,
    all(`/v1/me/marks?${new URLSearchParams(whose)}`, 3)
  ]);
  const rules = judged ?? await get(path(whose));
  return { rules: rules.items, marks, ofSlot: Boolean(judged) };
}

/** What every rule counts, with the marks that a pause is made of: nobody is stopped by what they cannot see. Then the other marks. */
function view({ rules, marks, ofSlot }, again) {
  const behind = (each) => (each.stops ? lately(marks.filter((one) => !one.erased && one.kind === BEHIND[each.rule]), each.window) : []);
  const shown = rules.flatMap(behind);
  const others = marks.filter((each) => !shown.includes(each));
  return h('div', { class: 'stack', style: { gap: '18px' } },
    note('', 'shield', t(ofSlot ? 'limits.aboutSlot' : 'limits.about')),
    section(t('limits.rules'), null, panel(h('ul', { class: 'stack', testid: 'limits' }, rules.map((each) => rule(each, behind(each), again))))),
    section(t('limits.marks'), null, others.length ? others.map((each) => panel(mark(each, again)))
      : h('p', { class: 'quiet', testid: 'no-marks' }, t(shown.length ? 'limits.noOtherMarks' : 'limits.noMarks'))));
}

/** Those that were counted together: within the rule's days before the newest of them. */
function lately(marks, days) {
  const since = Math.max(...marks.map((one) => Date.parse(one.at))) - days * DAY;
  return marks.filter((one) => Date.parse(one.at) >= since);
}

/** What the count is within: the hospital's own window. */
const within = (each) => (each.window ? t(each.rule === 'appointment.max-per-3-months' ? 'limits.months' : 'limits.days', { window: each.window }) : null);

function rule(each, behind, again) {
  return h('li', { class: 'stack stack--tight', 'data-rule': each.rule, 'data-stops': String(each.stops) },
    h('div', { class: 'head' }, h('span', null, [code('rule', each.rule), within(each)].filter(Boolean).join(' · ')), chip(`${each.count} / ${each.limit}`, each.stops ? 'bad' : '')),
    each.never ? h('span', { class: 'quiet small', testid: 'never' }, t('limits.never')) : null,
    each.stops && each.liftsAt ? h('span', { class: 'quiet small' }, t('book.liftsAt', { date: `${date(each.liftsAt)} ${time(each.liftsAt)}` })) : null,
    behind.length ? h('div', { class: 'stack', testid: 'behind' }, h('span', { class: 'quiet small' }, t('limits.behind')), behind.map((one) => panel(mark(one, again)))) : null);
}

function mark(each, again) {
  return h('div', { class: 'stack', testid: 'mark', 'data-appointment': each.appointment },
    h('div', { class: 'head' }, h('span', { class: 'strong' }, t(`mark.${each.kind}`)),
      each.erased ? chip(t('mark.erased'), 'good') : each.appeal ? chip(code('appealStatus', each.appeal.status), each.appeal.status === 'DENIED' ? 'bad' : 'warn') : null),
    h('span', null, [each.departmentName, each.doctorName].filter(Boolean).join(' · ')),
    h('span', { class: 'quiet small' }, `${hospitalOf(each)} · ${longDay(each.start)} ${time(each.start)}`),
    each.appeal?.answer ? note('', 'check', t('appeal.answer', { answer: each.appeal.answer })) : null,
    each.appeal?.status === 'OPEN' ? h('p', { class: 'quiet small' }, t('appeal.due', { date: date(Date.parse(each.appeal.dueAt) - 1) })) : null,
    each.erased || each.appeal ? null
      : button(t('appeal.appeal'), { kind: 'soft', wide: true, testid: 'appeal', onclick: () => appeal(each, again) }));
}

/** One tap is enough; words may be added. */
function appeal(each, again) {
  sheet(t('appeal.title'), (close) => {
    const trouble = h('div', { role: 'alert' });
    const words = h('textarea', { class: 'input', id: 'appeal-words', rows: 3, maxlength: 500, testid: 'appeal-words' });
    const yes = button(t('appeal.send'), { wide: true, testid: 'confirm-appeal', onclick: () => busy(yes, async () => {
      try {
        await post('/v1/appeals', { appointment: each.appointment, words: words.value.trim() || null });
      } catch (problem) {
        show(trouble, note('bad', 'shield', said(problem)));
        return;
      }
      close();
      toast(t('appeal.sent'));
      again();
    }) });
    return [h('h2', null, t('appeal.title')), h('p', null, t('appeal.about', { days: each.appealDays })),
      h('label', { for: 'appeal-words' }, t('appeal.words')), words, trouble,
      h('div', { class: 'buttons' }, yes, button(t('common.close'), { kind: 'plain', wide: true, onclick: close }))];
  });
}
