// One referral: whom, why, with what, how it went; and what this side may do with it now.
import { get, post } from '../api.js';
import { staffOf } from '../directory.js';
import { h, show } from '../dom.js';
import { band, code, date, dateAndTime, longDay, t } from '../i18n.js';
import { area, busy, button, chip, choice, dialog, facts, fill, note, refusal, toast } from '../ui.js';
import { referralChip } from './referrals.js';
import { slotPicker } from './slotpicker.js';

/** What each side may do from where it stands; the server has the last word. */
const ACTS = {
  receiver: { REQUESTED: ['accept', 'book', 'decline'], ACCEPTED: ['book', 'seen', 'decline'], BOOKED: ['seen', 'decline'], SEEN: ['report-back'] },
  sender: { REQUESTED: ['book', 'cancel'], ACCEPTED: ['book', 'cancel'], BOOKED: ['cancel'] }
};
const STYLE = { accept: {}, book: { kind: 'soft' }, seen: { kind: 'soft' }, 'report-back': {}, decline: { kind: 'danger-plain' }, cancel: { kind: 'danger-plain' } };
const WORDS = ['decline', 'report-back', 'cancel'];
const OUT = { L: '↓', LL: '↓↓', H: '↑', HH: '↑↑' };

export function referralView(seat, one) {
  const own = seat.own.map((each) => each.id);
  const receives = own.includes(one.to.id);
  const acts = [...new Set(['receiver', 'sender'].filter((side) => own.includes(side === 'receiver' ? one.to.id : one.from.id)).flatMap((side) => ACTS[side][one.status] ?? []))];
  const trouble = h('div', { role: 'alert', class: 'stack', testid: 'referral-refused' });
  return [
    h('div', { class: 'split' }, h('h2', null, `${one.from.name} → ${one.to.name}`), h('span', { testid: 'referral-status', 'data-status': one.status }, referralChip(one.status))),
    h('div', { class: 'inline' }, chip(t(`referral.${one.direction}`)), one.urgency === 'URGENT' ? chip(t('referral.URGENT'), 'bad') : null),
    facts([
      [t('referral.person'), one.subject ? h('span', { testid: 'referral-subject' }, [one.subject.name, t(`sex.${one.subject.sex ?? 'UNKNOWN'}`), one.subject.birthDate].filter(Boolean).join(' · ')) : null],
      [t('booking.department'), [one.departmentName, one.doctorName].filter(Boolean).join(' · ')],
      [t('referral.reason'), one.reason ? h('span', { testid: 'referral-reason' }, [one.reason.text, one.reason.code].filter(Boolean).join(' · ')) : null],
      [t('referral.preferred'), one.preferredFrom || one.preferredTo ? `${one.preferredFrom ?? ''} – ${one.preferredTo ?? ''}` : null],
      [t('referral.visit'), one.visit?.start ? h('span', { class: 'number' }, `${longDay(one.visit.start)} ${band(one.visit.start, one.visit.end)}`) : null],
      [t('referral.answer'), one.answer],
      [t('referral.reply'), one.reply ? h('span', { testid: 'referral-reply' }, one.reply) : null],
      [t('referral.madeAt'), dateAndTime(one.madeAt)],
      [t('referral.expiresAt'), ['REQUESTED', 'ACCEPTED'].includes(one.status) ? dateAndTime(one.expiresAt) : null]
    ]),
    one.reason ? null : note('', 'lock', t('referral.closed')),
    one.documents ? documents(one, receives) : null,
    history(one),
    trouble,
    acts.length ? h('div', { class: 'buttons' }, acts.map((name) => {
      const act = button(t(`referral.act.${name}`), { ...STYLE[name], testid: `act-${name}`, onclick: () => busy(act, () => begin(seat, one, name, trouble)) });
      return act;
    })) : null
  ];
}

/** The sender knows its own reports; the other side sees them while the person agrees. */
function documents(one, receives) {
  const shown = one.shared ?? [];
  return h('section', { class: 'stack' }, h('h3', null, t('referral.documents', { count: one.documents })), h('p', { class: 'quiet small' }, t(`referral.consent.${one.consent}`)),
    h('ul', { class: 'rows', testid: 'documents' }, shown.map((each) => h('li', { testid: 'document' }, h('span', { class: 'strong' }, each.title), h('span', { class: 'number small' }, date(each.issuedAt)),
      receives ? button(t('referral.see'), { kind: 'plain', small: true, testid: 'see-document', onclick: () => report(one, each) }) : null))));
}

function report(one, document) {
  const place = h('div', { class: 'waiting', testid: 'report' });
  dialog(document.title, 'report-dialog', (close) => [h('h2', null, document.title), place,
    h('div', { class: 'buttons' }, button(t('common.close'), { kind: 'plain', testid: 'close-dialog', onclick: close }))]);
  fill(place, () => get(`/v1/referrals/${one.id}/documents/${document.report}`), (read) => [
    h('table', { class: 'sheet' }, h('tbody', null, (read.observations ?? []).map((each) => h('tr', null, h('th', { scope: 'row' }, each.name),
      h('td', { class: 'number' }, [`${each.comparator ?? ''}${each.value ?? ''}`, each.unit, OUT[each.flag]].filter(Boolean).join(' ')), h('td', { class: 'quiet small number' }, range(each.referenceRange)))))),
    read.conclusion ? h('p', null, read.conclusion) : null]);
}

const range = (limits) => limits?.text ?? [limits?.low, limits?.high].filter((each) => each !== undefined && each !== null).join('–');

function history(one) {
  return h('section', { class: 'stack' }, h('h3', null, t('referral.history')), h('ol', { class: 'rows', testid: 'steps' }, (one.steps ?? []).map((each) => h('li', { testid: 'step', 'data-status': each.status },
    h('span', { class: 'strong' }, code('referralStatus', each.status)), h('span', { class: 'quiet small' }, code('referralBy', each.by)), h('span', { class: 'number small' }, dateAndTime(each.at))))));
}

async function begin(seat, one, name, trouble) {
  show(trouble);
  if (name === 'book') {
    book(seat, one);
  } else if (WORDS.includes(name)) {
    words(seat, one, name);
  } else {
    try {
      await done(seat, one, name, {});
    } catch (problem) {
      show(trouble, refusal(problem));
    }
  }
}

async function done(seat, one, name, body) {
  // The answer is the referral as it is now: to read it once more would be one more look in the person's log.
  const now = await post(`/v1/referrals/${one.id}/${name}`, body);
  toast(t('referral.saved'));
  show(seat.detail, referralView(seat, now));
  await seat.again();
}

/** Why it is declined, or what was found: the other side and, where it is theirs to know, the person read it. */
function words(seat, one, name) {
  dialog(t(`referral.act.${name}`), 'act-dialog', (close) => {
    const text = area('act-text', t(`referral.text.${name}`), { maxlength: 4000 });
    const trouble = h('div', { role: 'alert' });
    const yes = button(t(`referral.act.${name}`), { kind: name === 'report-back' ? null : 'danger', testid: 'act-confirm', onclick: () => busy(yes, async () => {
      text.tell(null);
      if (name !== 'cancel' && !text.input.value.trim()) {
        text.tell(t('error.required'));
        text.input.focus();
        return;
      }
      try {
        await done(seat, one, name, { text: text.input.value.trim() || null });
        close();
      } catch (problem) {
        show(trouble, refusal(problem));
      }
    }) });
    return [h('h2', null, t(`referral.act.${name}`)), text.node, trouble, h('div', { class: 'buttons' }, button(t('common.close'), { kind: 'plain', onclick: close }), yes)];
  });
}

/** A unit of the receiving institution; those that it keeps for referrals are among them. */
function book(seat, one) {
  const node = dialog(t('referral.act.book'), 'slot-dialog', (close) => {
    const department = choice('slot-department', t('booking.department'), [], { onchange: () => picker.load() });
    const trouble = h('div', { role: 'alert', testid: 'slot-refused' });
    const picker = slotPicker(() => one.to.id, () => department.input.value);
    picker.node.addEventListener('click', () => show(trouble));
    const yes = button(t('referral.act.book'), { testid: 'slot-confirm', onclick: () => busy(yes, async () => {
      if (!picker.slot()) {
        show(trouble, note('warn', 'calendar', t('referral.slotMissing')));
        return;
      }
      try {
        await done(seat, one, 'accept', { slotId: picker.slot() });
        close();
      } catch (problem) {
        show(trouble, refusal(problem));
        picker.load();
      }
    }) });
    staffOf(one.to.id).then(({ departments }) => {
      department.offer(departments.map((each) => [each.id, each.name]), departments.find((each) => each.name === one.departmentName)?.id);
      return picker.load();
    }).catch((problem) => show(trouble, refusal(problem)));
    return [h('h2', null, t('referral.act.book')), department.node, picker.node, trouble, h('div', { class: 'buttons' }, button(t('common.close'), { kind: 'plain', onclick: close }), yes)];
  });
  node.classList.add('wide');
}
