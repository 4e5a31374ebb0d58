// One booking: the question with everything that the caller is to hear, and its result with the hospital's word.
import { attemptKey, get, post } from '../api.js';
import { h, show } from '../dom.js';
import { icon } from '../icons.js';
import { dateAndTime, money, t } from '../i18n.js';
import { busy, button, dialog, refusal } from '../ui.js';
import { bookingFacts, hospitalChip } from './bookings.js';
import { keep } from './hold.js';
import { limitsLink } from './limits.js';

const ASK_AGAIN = 3000;
const ASKS = 20;

/**
 * One dialog is one attempt with one key, and one unit that is kept meanwhile. `moved` is the booking that is to be moved here, if there
 * is one; `again` reads anew what the slot was found in when it cannot be had, `onBooked` gets the booking.
 */
export function confirmBooking({ slot, person, again, onBooked, moved, seeLimits }) {
  const key = attemptKey();
  let kept = null;
  const asks = dialog(t('book.confirmTitle'), 'booking-dialog', (close) => {
    const trouble = h('div', { role: 'alert', class: 'stack', testid: 'booking-refused' });
    const promised = h('div', { class: 'stack stack--tight', testid: 'promised' });
    const refused = (problem) => {
      show(trouble, refusal(problem), limitsLink(problem, slot.id, close, seeLimits));
      if (!problem.network && problem.status !== 503) {
        yes.hidden = true;
        no.focus();
        again();
      }
    };
    const send = (holdId) => (moved ? post(`/v1/appointments/${moved.id}/reschedule`, { slotId: slot.id, holdId }, { key })
      : post('/v1/appointments', { slotId: slot.id, personId: person, holdId }, { key }));
    const yes = button(t(moved ? 'book.moveConfirm' : 'book.confirm'), { testid: 'confirm-booking', autofocus: true, onclick: () => busy(yes, async () => {
      show(trouble);
      try {
        const answer = await (kept ? kept.confirm(send) : send());
        close();
        onBooked(answer);
      } catch (problem) {
        if (kept && problem.name === 'hold-expired') {
          kept.over();
        } else {
          refused(problem);
        }
      }
    }) });
    const no = button(t('common.close'), { kind: 'plain', testid: 'close-dialog', onclick: close });
    // What is kept for this person already, as an offer is, is not kept twice.
    kept = slot.keptUntil ? null : keep({ slotId: slot.id, ...(moved ? { appointmentId: moved.id } : { personId: person }) }, (hold, problem) => {
      yes.hidden = !hold;
      show(promised, hold ? terms(hold, slot) : null);
      show(trouble);
      if (hold) {
        yes.focus();
      } else if (problem && kept?.passing(problem)) {
        show(trouble, refusal(problem));
      } else if (problem) {
        refused(problem);
      }
    });
    return [h('h2', null, t(moved ? 'book.moveTitle' : 'book.confirmTitle')), bookingFacts(slot, [
      [t('booking.fee'), slot.fee === undefined ? null : h('span', { class: 'number' }, `${money(slot.fee)} ${t('book.payThere')}`)],
      [t('booking.keptUntil'), slot.keptUntil ? h('span', { class: 'number' }, dateAndTime(slot.keptUntil)) : null]]),
    kept?.node, promised, h('p', { class: 'quiet small' }, t('book.rules')), trouble,
    h('div', { class: 'buttons' }, no, yes)];
  });
  asks.addEventListener('close', () => kept?.close());
}

/** What is promised with a unit, for the caller to hear. */
const terms = (hold, slot) => [
  h('p', null, Date.parse(hold.cancelUntil) > Date.now() ? t('terms.cancelInTime', { until: dateAndTime(hold.cancelUntil) }) : t('terms.cancelLate')),
  slot.modality === 'REMOTE' ? null : h('p', null, t('terms.checkIn', { from: dateAndTime(hold.checkInFrom) }))];

/** The booking, and the hospital's word as soon as it comes. */
export function success(booked, begin, changed, visit) {
  const word = h('span', { role: 'status' }, hospitalChip(booked));
  const next = button(t('book.another'), { kind: 'soft', testid: 'book-another', onclick: begin });
  setTimeout(() => next.focus());
  follow(booked, visit, (answer) => {
    show(word, hospitalChip(answer), answer.reason ? h('span', { class: 'small' }, answer.reason) : null);
    changed();
  });
  return h('div', { class: 'done', testid: 'booked', 'data-appointment': booked.id },
    h('span', { class: 'done__mark' }, icon('check')),
    h('h2', null, t('book.done')),
    word,
    h('div', { class: 'done__facts' }, bookingFacts(booked)),
    h('p', { class: 'quiet small' }, t('book.doneHint')),
    next);
}

async function follow(booked, visit, answered) {
  for (let i = 0; i < ASKS && !visit.aborted; i++) {
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN));
    const now = visit.aborted ? booked : await get(`/v1/appointments/${booked.id}`).catch(() => booked);
    if (now.hospitalStatus !== 'PENDING') {
      if (!visit.aborted) {
        answered(now);
      }
      return;
    }
  }
}
