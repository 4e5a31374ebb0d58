import { h, show } from '../dom.js';
import { all, get, post } from '../api.js';
import { code, date, hospitalOf, longDay, t, time } from '../i18n.js';
import { sheet, toast } from '../shell.js';
import { busy, button, chip, note, panel, pending, said, section } from '../ui.js';

export default {
  id: 'limits',
  title: 'limits.title',
  render(page) {
    show(page, pending(async () => {
      const [rules, marks] = await Promise.all([get('/v1/me/booking-limits'), all('/v1/me/marks', 3)]);
      return { rules: rules.items, marks };
    }, view));
  }
};

/** What every rule counts, then what the marks are made of: nobody is stopped by what they cannot see. */
function view({ rules, marks }, again) {
  return h('div', { class: 'stack', style: { gap: '18px' } },
    note('', 'shield', t('limits.about')),
    section(t('limits.rules'), null, panel(h('ul', { class: 'stack', testid: 'limits' }, rules.map(rule)))),
    section(t('limits.marks'), null, marks.length ? marks.map((each) => panel(mark(each, again))) : h('p', { class: 'quiet', testid: 'no-marks' }, t('limits.noMarks'))));
}

function rule(each) {
  return h('li', { class: 'stack stack--tight', 'data-rule': each.rule },
    h('div', { class: 'head' }, h('span', null, code('rule', each.rule)), chip(`${each.count} / ${each.limit}`, each.stops ? 'bad' : '')),
    each.stops && each.liftsAt ? h('span', { class: 'quiet small' }, t('book.liftsAt', { date: `${date(each.liftsAt)} ${time(each.liftsAt)}` })) : null);
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
    return [h('h2', null, t('appeal.title')), h('p', null, t('appeal.about')),
      h('label', { for: 'appeal-words' }, t('appeal.words')), words, trouble,
      h('div', { class: 'buttons' }, yes, button(t('common.close'), { kind: 'plain', wide: true, onclick: close }))];
  });
}
