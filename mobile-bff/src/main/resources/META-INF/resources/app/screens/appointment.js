import { h, show } from '../dom.js';
import { get, post } from '../api.js';
import { icon } from '../icons.js';
import { band, code, date, dateAndTime, hospitalOf, longDay, money, t, time } from '../i18n.js';
import { cancelTerms } from '../rules.js';
import { sheet, toast } from '../shell.js';
import { busy, button, chip, facts, note, panel, pending, said, section } from '../ui.js';
import { confirmBooking } from './confirm.js';
import { nearClinic, queuePanel } from './queue.js';
import { statusChip } from './slots.js';

const LOST = ['STOPPED', 'REFUSED'];
const ISO_DATE = 10;
const isoDate = (start) => start.slice(0, ISO_DATE);

export default {
  id: 'appointment',
  title: 'appointment.title',
  render(page, { params, query, signal }) {
    show(page, pending(() => get(`/v1/appointments/${params.id}`), (booked, again) => view(booked, again, query.has('new'), signal)));
  }
};

function view(booked, again, fresh, signal) {
  return h('div', { class: 'stack', style: { gap: '16px' } },
    fresh && booked.status === 'BOOKED' ? h('div', { class: 'done', role: 'status', testid: 'booked' },
      h('span', { class: 'done__mark' }, icon('check')),
      h('h2', null, t('book.done')),
      h('p', { class: 'quiet' }, t('book.doneHint'))) : null,
    panel(
      h('div', { class: 'stack', style: { gap: '14px' } },
        h('div', { class: 'inline' }, statusChip(booked), hospitalChip(booked),
          booked.kind && booked.kind !== 'NORMAL' ? chip(code('visitKind', booked.kind)) : null, booked.modality === 'REMOTE' ? chip(t('remote.chip')) : null),
        facts([
          [t('appointment.hospital'), hospitalOf(booked)],
          [t('appointment.department'), booked.departmentName],
          [t('appointment.doctor'), [booked.doctorName, booked.doctorTitle].filter(Boolean).join(' ')],
          [t('appointment.time'), `${longDay(booked.start)} ${band(booked.start, booked.end)}`],
          [t('appointment.fee'), booked.fee === undefined ? null : `${money(booked.fee)} ${t('book.payThere')}`],
          [t('appointment.cancelUntil'), booked.cancelUntil ? dateAndTime(booked.cancelUntil) : null],
          [t('appointment.reason'), booked.reason]
        ]))),
    booked.hospitalStart ? note('warn', 'clock', t('appointment.hospitalStart', { time: `${date(booked.hospitalStart)} ${time(booked.hospitalStart)}` })) : null,
    nearClinic(booked) && booked.modality !== 'REMOTE' ? queuePanel(booked, signal, again) : null,
    booked.modality === 'REMOTE' ? remote(booked) : booked.checkInFrom ? note('', 'clock', t(booked.lateCheckIn ? 'appointment.checkin' : 'appointment.checkinStrict', { from: dateAndTime(booked.checkInFrom) })) : null,
    booked.status === 'BOOKED'
      ? button(t('move.move'), { href: `/book/${encodeURIComponent(booked.hospital)}/${booked.department}?date=${isoDate(booked.start)}&move=${booked.id}`, wide: true, kind: nearClinic(booked) ? 'soft' : null, testid: 'move' })
      : null,
    LOST.includes(booked.status) ? alternatives(booked) : null,
    booked.status === 'MISSED' ? note('', 'shield', h('p', null, t('appointment.missed')),
      h('a', { class: 'more', href: `/me/limits?person=${booked.person}`, testid: 'see-limits' }, t('limits.go'))) : null,
    booked.status === 'BOOKED'
      ? button(t('appointment.cancel'), { kind: 'danger-plain', wide: true, testid: 'cancel', onclick: () => confirm(booked, again) })
      : booked.status === 'CHECKED_IN' ? null : button(t('appointment.bookAgain'), { href: '/book', wide: true }));
}

/** What the person may book instead; what is kept for them comes first. */
function alternatives(booked) {
  return section(t('appointment.alternatives'), null, [pending(() => get(`/v1/appointments/${booked.id}/alternatives`), ({ items }, again) => (items.length
    ? h('div', { class: 'stack', testid: 'alternatives' }, items.map((slot) => h('button', { type: 'button', class: 'panel tile', testid: 'alternative', onclick: () => confirmBooking({ ...slot, kept: Boolean(slot.keptUntil), personId: booked.person }, again) },
      h('span', { class: 'strong' }, [slot.doctorName, slot.doctorTitle].filter(Boolean).join(' ')),
      h('span', { class: 'number' }, `${longDay(slot.start)} ${band(slot.start, slot.end)}`),
      slot.keptUntil ? h('div', { class: 'inline' }, chip(t('appointment.kept', { until: `${date(slot.keptUntil)} ${time(slot.keptUntil)}` }), 'good')) : null)))
    : h('p', { class: 'quiet' }, t('appointment.noAlternatives'))))]);
}

/** The door of a remote visit: open from a little before until its end; the server says when. */
function remote(booked) {
  const trouble = h('div', { role: 'alert', testid: 'join-refused' });
  const join = button(t('remote.join'), { wide: true, testid: 'join', onclick: () => busy(join, async () => {
    show(trouble);
    try {
      const { url } = await get(`/v1/appointments/${booked.id}/join`);
      location.assign(url);
    } catch (problem) {
      show(trouble, note('', 'clock', said(problem)));
    }
  }) });
  return ['BOOKED', 'CHECKED_IN'].includes(booked.status)
    ? h('div', { class: 'stack' }, note('', 'globe', t('remote.about')), join, trouble) : null;
}

function hospitalChip(booked) {
  return booked.status === 'BOOKED' && booked.hospitalStatus
    ? chip(code('hospitalStatus', booked.hospitalStatus), { ACCEPTED: 'good', PENDING: 'warn', REFUSED: 'bad' }[booked.hospitalStatus])
    : null;
}

function confirm(booked, again) {
  sheet(t('appointment.cancel'), (close) => {
    const trouble = h('div', { role: 'alert' });
    const yes = button(t('appointment.cancelYes'), { kind: 'danger', wide: true, testid: 'confirm-cancel', onclick: () => busy(yes, async () => {
      try {
        await post(`/v1/appointments/${booked.id}/cancel`);
      } catch (problem) {
        show(trouble, note('bad', 'shield', said(problem)));
        return;
      }
      close();
      toast(t('appointment.cancelled'));
      again();
    }) });
    return [
      h('h2', null, t('appointment.cancelTitle')),
      h('p', null, t('appointment.cancelText')),
      booked.cancelUntil ? h('p', { testid: 'cancel-terms' }, cancelTerms(booked.cancelUntil)) : null,
      trouble,
      h('div', { class: 'buttons' }, yes, button(t('common.no'), { kind: 'plain', wide: true, onclick: close }))
    ];
  });
}
