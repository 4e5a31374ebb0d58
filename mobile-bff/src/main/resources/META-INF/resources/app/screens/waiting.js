import { h, show } from '../dom.js';
import { remove } from '../api.js';
import { band, code, date, hospitalOf, longDay, t, time } from '../i18n.js';
import { entryTerms } from '../rules.js';
import { sheet, toast } from '../shell.js';
import { busy, button, chip, empty, note, panel, pending, said, section } from '../ui.js';
import { confirmBooking } from './confirm.js';
import { everybodys } from './family.js';

export const WAITS = ['WAITING', 'OFFERED'];
const KIND = { WAITING: '', OFFERED: 'good', BOOKED: 'good', EXPIRED: 'warn', LEFT: '', CLEARED: '', STOPPED: 'bad' };

export default {
  id: 'waiting',
  title: 'waiting.title',
  render(page) {
    show(page, pending(() => everybodys('/v1/me/waiting-entries', 3), view));
  }
};

function view(items, again) {
  if (!items.length) {
    return empty('clock', t('waiting.none'), t('waiting.noneHint'), button(t('home.book'), { href: '/book' }));
  }
  const open = items.filter((each) => WAITS.includes(each.status));
  const past = items.filter((each) => !WAITS.includes(each.status));
  return h('div', { class: 'stack', style: { gap: '18px' } },
    open.map((each) => panel(entry(each, again))),
    past.length ? section(t('waiting.past'), null, past.map((each) => panel(facts(each)))) : null);
}

/** What is waited for, short enough for a list. */
export function waitingTile(each) {
  return h('a', { class: 'panel tile', href: '/waiting', testid: 'waiting-tile' }, facts(each));
}

function facts(each) {
  const when = each.offer ? `${longDay(each.offer.start)} ${band(each.offer.start, each.offer.end)}`
    : `${longDay(`${each.date}T12:00:00+08:00`)} ${t(each.half === 'AM' ? 'book.morning' : 'book.afternoon')}`;
  return h('div', { class: 'stack stack--tight' },
    h('span', { class: 'strong' }, [each.departmentName, each.doctorName].filter(Boolean).join(' · ')),
    h('span', { class: 'number' }, when),
    h('span', { class: 'quiet small' }, hospitalOf(each)),
    h('div', { class: 'inline' }, chip(code('waitingStatus', each.status), KIND[each.status]),
      each.whose ? chip(t('family.whose', { name: each.whose })) : null,
      each.position ? h('span', { class: 'quiet small', testid: 'position' }, t('waiting.position', { position: each.position })) : null));
}

function entry(each, again) {
  return h('div', { class: 'stack', style: { gap: '12px' }, testid: 'waiting-entry', 'data-status': each.status },
    facts(each),
    each.offer ? note('good', 'check', t('waiting.kept', { until: `${date(each.offer.expiresAt)} ${time(each.offer.expiresAt)}` })) : note('', 'clock', entryTerms(each)),
    h('div', { class: 'buttons' },
      each.offer ? button(t('waiting.take'), { wide: true, testid: 'take-offer', onclick: () => confirmBooking({ ...each, kept: true, personId: each.person, id: each.offer.slotId, start: each.offer.start, end: each.offer.end }, again) }) : null,
      button(t(each.offer ? 'waiting.decline' : 'waiting.leave'), { kind: 'danger-plain', wide: true, testid: 'leave-waiting', onclick: () => leave(each, again) })));
}

function leave(each, again) {
  sheet(t('waiting.leaveTitle'), (close) => {
    const trouble = h('div', { role: 'alert' });
    const yes = button(t('waiting.leaveYes'), { kind: 'danger', wide: true, testid: 'confirm-leave', onclick: () => busy(yes, async () => {
      try {
        await remove(`/v1/waiting-entries/${each.id}`);
      } catch (problem) {
        show(trouble, note('bad', 'shield', said(problem)));
        return;
      }
      close();
      toast(t('waiting.left'));
      again();
    }) });
    return [h('h2', null, t('waiting.leaveTitle')), h('p', null, t('waiting.leaveText')), trouble,
      h('div', { class: 'buttons' }, yes, button(t('common.no'), { kind: 'plain', wide: true, onclick: close }))];
  });
}
