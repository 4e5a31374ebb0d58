// The sheet that makes a booking, or moves one: for whom, what is kept meanwhile, and why not.
import { h, show } from '../dom.js';
import { get, loggedIn, newKey, post } from '../api.js';
import { band, code, date, hospitalOf, longDay, money, t, time } from '../i18n.js';
import { go } from '../router.js';
import { heldTerms, moveTerms, rulesOf, usualTerms } from '../rules.js';
import { sheet } from '../shell.js';
import { busy, button, facts, more, note, said } from '../ui.js';
import { forWhom, withPerson } from './family.js';
import { keep } from './hold.js';

const PAUSES = ['appointment.no-show-pause', 'appointment.late-cancel-pause'];
const COUNTED = 'appointment.max-per-';

/** Who is not logged in is sent there, and comes back here; whether it is so. */
export const outside = () => {
  if (!loggedIn()) {
    go(`/login?then=${encodeURIComponent(location.pathname + location.search)}`);
  }
  return !loggedIn();
};

/**
 * One sheet is one attempt: its key is made once, so that a retry after a lost answer never books twice. A unit is kept while it
 * is open, unless one is kept for the person anyway (`slot.kept`). With `moved`, the id of a booking, that one is moved here.
 */
export function confirmBooking(slot, again, moved) {
  if (outside()) {
    return;
  }
  const title = t(moved ? 'move.confirmTitle' : 'book.confirmTitle');
  const attempt = attemptFor(slot, moved);
  const opened = sheet(title, (close) => {
    attempt.done = async (booked) => {
      close();
      await go(`/appointments/${booked.id}?new=1`);
    };
    return [
      h('h2', null, title),
      facts([
        [t('appointment.hospital'), hospitalOf(slot)],
        [t('appointment.department'), slot.departmentName],
        [t('appointment.doctor'), [slot.doctorName, slot.doctorTitle].filter(Boolean).join(' ')],
        [t('appointment.time'), `${longDay(slot.start)} ${band(slot.start, slot.end)}`],
        [t('appointment.fee'), slot.fee === undefined ? null : `${money(slot.fee)} ${t('book.payThere')}`]
      ]),
      slot.modality === 'REMOTE' ? note('', 'globe', t('remote.about')) : null,
      attempt.whom?.node,
      attempt.terms.node,
      attempt.hold?.node,
      attempt.trouble,
      h('div', { class: 'buttons' }, attempt.yes, button(t('common.close'), { kind: 'plain', wide: true, onclick: close, testid: 'close-sheet' }))
    ];
  });
  opened.dialog.addEventListener('close', async () => {
    await attempt.hold?.close();
    if (attempt.refused || attempt.hold?.ended()) {
      again();
    }
  });
}

/** What is confirmed and with what: the person, the held unit, the button, and what stood in the way. */
function attemptFor(slot, moved) {
  let key = newKey();
  // A moved booking, and one that is kept for somebody, stays theirs.
  const whom = moved || slot.personId ? null : forWhom();
  const trouble = h('div', { role: 'alert', testid: 'booking-refused' });
  const attempt = { whom, trouble, terms: termsOf(slot, moved), refused: false };
  const refuse = (problem) => {
    show(trouble, refusal(problem, slot, slot.personId ?? whom?.chosen()));
    if (!problem.network && problem.status !== 503) {
      attempt.refused = true;
      yes.hidden = true;
    }
  };
  const yes = button(t(moved ? 'move.confirm' : 'book.confirm'), { wide: true, testid: 'confirm-booking', onclick: () => busy(yes, async () => {
    show(trouble);
    const held = attempt.hold?.id();
    const wish = { slotId: slot.id, ...(held && { holdId: held }) };
    const send = () => post(moved ? `/v1/appointments/${moved}/reschedule` : '/v1/appointments', moved ? wish : withPerson(wish, whom, slot.personId), { key });
    try {
      await attempt.done(await (attempt.hold ? attempt.hold.confirm(send) : send()));
    } catch (problem) {
      if (problem.name === 'hold-expired' && attempt.hold) {
        attempt.hold.over();
      } else {
        refuse(problem);
      }
    }
  }) });
  attempt.yes = yes;
  attempt.hold = slot.kept ? null : keep(
    () => (moved ? { slotId: slot.id, appointmentId: moved } : withPerson({ slotId: slot.id }, whom, slot.personId)),
    (kept, problem, hold) => {
      key = newKey(); // Another unit is another attempt.
      yes.hidden = !kept;
      if (hold) {
        attempt.terms.promised(hold);
      }
      show(trouble);
      if (problem) {
        refuse(problem);
      }
    });
  whom?.input.addEventListener('change', () => {
    key = newKey(); // So is somebody else.
    show(trouble);
    yes.hidden = Boolean(attempt.hold && !attempt.hold.id());
    attempt.hold?.afresh();
  });
  return attempt;
}

/** Until when one may still change one's mind, and from when one is expected: as promised with the unit, and of the booking that is moved. */
function termsOf(slot, moved) {
  const remote = slot.modality === 'REMOTE';
  const said = { move: moved ? [t('move.rules')] : [], unit: [] };
  const lines = h('div', { class: 'stack stack--tight', testid: 'booking-terms' });
  const node = note('', 'clock', lines);
  const tell = (part, texts) => {
    said[part] = texts.filter(Boolean);
    const all = [...said.move, ...said.unit];
    node.hidden = !all.length;
    show(lines, all.map((text) => h('p', null, text)));
  };
  tell('move', said.move);
  const quietly = () => {}; // Whoever knows what they want can book without it.
  if (moved) {
    get(`/v1/appointments/${moved}`).then((old) => tell('move', [t('move.rules'), old.cancelUntil ? moveTerms(old.cancelUntil) : null])).catch(quietly);
  }
  if (slot.kept) {
    rulesOf(slot.hospital).then((rules) => tell('unit', usualTerms(rules, remote))).catch(quietly);
  }
  return { node, promised: (hold) => tell('unit', heldTerms(hold, remote)) };
}

/**
 * Why not, by which rule, and until when: a person is told which rule stopped them, and led to what it counts, for whoever was
 * meant (`person`, null for oneself).
 */
export function refusal(problem, slot, person) {
  const pause = PAUSES.includes(problem.rule);
  return note('bad', 'shield',
    h('p', { class: 'strong' }, said(problem)),
    problem.rule ? h('p', null, `${t('book.rule')}${code('rule', problem.rule)}`) : null,
    problem.liftsAt ? h('p', null, t('book.liftsAt', { date: `${date(problem.liftsAt)} ${time(problem.liftsAt)}` })) : null,
    pause || problem.rule?.startsWith(COUNTED)
      ? h('p', null, h('a', { class: 'more', href: limitsOf(slot, person), testid: 'see-limits' }, t(pause ? 'limits.go' : 'limits.why'))) : null,
    problem.status === 403 ? h('p', null, more('/identity', t('identity.go'))) : null);
}

const limitsOf = (slot, person) => `/me/limits?${new URLSearchParams({ ...(person ? { person } : {}), slot: slot.id })}`;
