// Appeals against marks: what the person says, what the mark is for, and the decision, which the person is told.
import { get, post } from '../api.js';
import { h, show } from '../dom.js';
import { date, dateAndTime, longDay, t, time } from '../i18n.js';
import { busy, button, chip, dialog, empty, facts, field, fill, refusal } from '../ui.js';

export const appealsScreen = {
  id: 'appeals',
  title: 'appeals.title',
  async render(main) {
    const list = h('div', { testid: 'appeals' });
    const again = () => fill(list, () => get('/v1/appeals?limit=200'), ({ items }) => (items.length
      ? h('ul', { class: 'rows' }, items.map((each) => line(each, again)))
      : empty('check', t('appeals.none'), '')));
    show(main, h('section', { class: 'panel stack' }, h('h2', null, t('appeals.title')), h('p', { class: 'quiet small' }, t('appeals.hint')), list));
    await again();
  }
};

function line({ id, mark }, again) {
  const late = Date.parse(mark.appeal.dueAt) < Date.now();
  return h('li', { testid: 'appeal', 'data-appeal': id },
    h('span', { class: 'strong' }, t(`mark.${mark.kind}`)),
    h('span', { class: 'small' }, [mark.hospitalName, mark.departmentName, mark.doctorName].filter(Boolean).join(' · ')),
    h('span', { class: 'number small' }, `${longDay(mark.start)} ${time(mark.start)}`),
    chip(t('appeals.due', { date: date(Date.parse(mark.appeal.dueAt) - 1) }), late ? 'bad' : 'warn'),
    button(t('appeals.decide'), { kind: 'plain', small: true, testid: 'appeal-open', onclick: () => decide(id, mark, again) }));
}

function decide(id, mark, again) {
  dialog(t('appeals.decide'), 'appeal-dialog', (close) => {
    const answer = field('appeal-answer', t('appeals.answer'), { maxlength: 200 });
    const trouble = h('div', { role: 'alert' });
    const act = (granted) => async () => {
      answer.tell(null);
      if (!answer.input.value.trim()) {
        answer.tell(t('appeals.answerMissing'));
        answer.input.focus();
        return;
      }
      try {
        await post(`/v1/appeals/${id}/decision`, { granted, answer: answer.input.value.trim() });
      } catch (problem) {
        show(trouble, refusal(problem));
        return;
      }
      close();
      again();
    };
    const grant = button(t('appeals.grant'), { testid: 'appeal-grant', onclick: () => busy(grant, act(true)) });
    const deny = button(t('appeals.deny'), { kind: 'danger-plain', testid: 'appeal-deny', onclick: () => busy(deny, act(false)) });
    return [h('h2', null, t(`mark.${mark.kind}`)),
      facts([[t('booking.hospital'), mark.hospitalName], [t('booking.department'), mark.departmentName], [t('booking.doctor'), mark.doctorName],
        [t('booking.time'), `${longDay(mark.start)} ${time(mark.start)}`], [t('appeals.markedAt'), dateAndTime(mark.at)],
        [t('appeals.askedAt'), dateAndTime(mark.appeal.askedAt)], [t('appeals.words'), h('span', { testid: 'appeal-words' }, mark.appeal.words ?? '—')]]),
      answer.node, trouble, h('div', { class: 'buttons' }, button(t('common.close'), { kind: 'plain', onclick: close }), deny, grant)];
  });
}
