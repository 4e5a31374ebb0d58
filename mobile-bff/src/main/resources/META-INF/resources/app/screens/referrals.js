import { h, show } from '../dom.js';
import { all, get, post } from '../api.js';
import { band, code, date, longDay, t } from '../i18n.js';
import { sheet, toast } from '../shell.js';
import { busy, button, chip, empty, facts, note, panel, pending, said } from '../ui.js';

const OPEN = ['REQUESTED', 'ACCEPTED', 'BOOKED'];
const KIND = { REQUESTED: 'warn', ACCEPTED: 'good', BOOKED: 'good', SEEN: '', REPORTED_BACK: '', DECLINED: 'bad', CANCELLED: '', EXPIRED: '' };

export default {
  id: 'referrals',
  title: 'referral.title',
  render(page) {
    show(page, pending(() => all('/v1/me/referrals', 3), (items, again) => (items.length
      ? h('div', { class: 'stack', style: { gap: '18px' } }, items.map((each) => panel(referral(each, again))))
      : empty('hospital', t('referral.none'), t('referral.noneHint')))));
  }
};

function referral(each, again) {
  return h('div', { class: 'stack', style: { gap: '12px' }, testid: 'referral', 'data-status': each.status },
    h('div', { class: 'head' }, h('span', { class: 'strong' }, each.to.name), chip(code('referralStatus', each.status), KIND[each.status])),
    facts([
      [t('referral.from'), `${each.from.name} · ${date(each.madeAt)}`],
      [t('appointment.department'), [each.departmentName, each.doctorName].filter(Boolean).join(' ')],
      [t('referral.reason'), each.reason ? [each.reason.text, each.reason.code].filter(Boolean).join(' · ') : null],
      [t('appointment.time'), each.visit ? `${longDay(each.visit.start)} ${band(each.visit.start, each.visit.end)}` : null],
      [t('referral.answer'), each.answer],
      [t('referral.reply'), each.reply]
    ]),
    each.documents ? documents(each, again) : null,
    each.visit && each.status === 'BOOKED' ? button(t('referral.visit'), { kind: 'soft', wide: true, href: `/appointments/${each.visit.appointment}` }) : null,
    OPEN.includes(each.status) ? button(t('referral.refuse'), { kind: 'danger-plain', wide: true, testid: 'refuse-referral', onclick: () => refuse(each, again) }) : null);
}

/** Separate consent: which reports, to whom, and that it can be withdrawn. */
function documents(each, again) {
  const given = each.consent === 'GIVEN' || each.consent === 'PAPER';
  return h('div', { class: 'stack', testid: 'documents', 'data-consent': each.consent },
    note(given ? 'good' : '', 'lock', t(given ? 'referral.shared' : each.consent === 'REFUSED' ? 'referral.notShared' : 'referral.ask', { count: each.documents, hospital: each.to.name })),
    button(t('referral.see'), { kind: 'plain', small: true, testid: 'see-documents', onclick: () => see(each) }),
    given ? button(t('referral.withdraw'), { kind: 'danger-plain', wide: true, testid: 'withdraw-consent', onclick: () => say(each, false, again) })
      : button(t('referral.agree'), { kind: 'soft', wide: true, testid: 'give-consent', onclick: () => say(each, true, again) }));
}

function see(each) {
  sheet(t('referral.see'), (close) => [
    h('h2', null, t('referral.see')),
    pending(() => get(`/v1/me/referrals/${each.id}`), (whole) => h('ul', { class: 'stack' },
      (whole.shared ?? []).map((document) => h('li', null, h('a', { class: 'more', href: `/reports/${document.report}`, onclick: close }, `${document.title} · ${date(document.issuedAt)}`))))),
    h('div', { class: 'buttons' }, button(t('common.close'), { kind: 'plain', wide: true, onclick: close }))
  ]);
}

async function say(each, agree, again) {
  try {
    await post(`/v1/me/referrals/${each.id}/consent`, { agree });
    toast(t(agree ? 'referral.agreed' : 'referral.withdrawn'));
  } catch (problem) {
    toast(said(problem));
  }
  again();
}

function refuse(each, again) {
  sheet(t('referral.refuse'), (close) => {
    const trouble = h('div', { role: 'alert' });
    const yes = button(t('referral.refuseYes'), { kind: 'danger', wide: true, testid: 'confirm-refuse', onclick: () => busy(yes, async () => {
      try {
        await post(`/v1/me/referrals/${each.id}/refuse`);
      } catch (problem) {
        show(trouble, note('bad', 'shield', said(problem)));
        return;
      }
      close();
      toast(t('referral.refused'));
      again();
    }) });
    return [h('h2', null, t('referral.refuseTitle')), h('p', null, t('referral.refuseText')), trouble,
      h('div', { class: 'buttons' }, yes, button(t('common.no'), { kind: 'plain', wide: true, onclick: close }))];
  });
}
