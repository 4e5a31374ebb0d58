// A hospital's rules in words: always from its own values, or from what a booking was promised, never from a number in a text.
import { get } from './api.js';
import { dateAndTime, t, time } from './i18n.js';

const DAY = 86400000;
const ISO_DATE = 10;
/** For so long what a hospital said of its rules is not asked again. */
const FRESH = 300000;
const known = new Map();

/** Hospitals that were read anyway bring their rules along. */
export function rememberRules(hospitals) {
  hospitals.filter((each) => each.booking).forEach((each) => known.set(each.id, { at: Date.now(), rules: each.booking }));
}

/** What holds at a hospital now. */
export async function rulesOf(hospital) {
  const kept = known.get(hospital);
  if (kept && Date.now() - kept.at < FRESH) {
    return kept.rules;
  }
  const found = await get(`/v1/hospitals/${encodeURIComponent(hospital)}`);
  rememberRules([found]);
  return found.booking;
}

const minute = (daily) => daily.slice(0, 5);
const past = (instant) => Date.parse(instant) <= Date.now();

/** Until when giving a booking up makes no mark, or that it does now. */
export const cancelTerms = (until) => (past(until) ? t('terms.cancelLate') : t('terms.cancelInTime', { until: dateAndTime(until) }));
export const moveTerms = (until) => (past(until) ? t('terms.moveLate') : t('terms.moveInTime', { until: dateAndTime(until) }));

/** What is promised with a held unit; the hospital's rule where nothing is held. */
export const heldTerms = (hold, remote) => [cancelTerms(hold.cancelUntil), remote ? null : t('terms.checkIn', { from: dateAndTime(hold.checkInFrom) })];
export const usualTerms = (rules, remote) => [t('terms.cancelRule', { time: minute(rules.cancelDeadline) }),
  remote ? null : t('terms.checkInRule', { minutes: rules.checkInMinutes })];

/** When the hospital's units are released. */
export const releaseTerms = (rules) => t('book.release', { days: rules.horizonDays, time: minute(rules.releaseTime) });

/** Why a session is full here: until the flow-back other channels have units of their own. */
export function fullTerms(rules, start) {
  const back = new Date(Date.parse(`${start.slice(0, ISO_DATE)}T${rules.flowBackTime}+08:00`) - DAY).toISOString();
  return past(back) ? t('book.fullAll') : t('book.fullHere', { back: dateAndTime(back) });
}

/** How long an offer is kept, and when a list ends: of a hospital, and of an entry. */
export const waitingTerms = ({ waiting }) => t('waiting.rules', { hours: waiting.shortNoticeHours, minutes: waiting.offerMinutes,
  closes: minute(waiting.closes), ends: t('waiting.dayBefore', { time: minute(waiting.closes) }) });
export const entryTerms = (entry) => t('waiting.rules', { hours: entry.shortNoticeHours, minutes: entry.offerMinutes, closes: time(entry.clearsAt),
  ends: dateAndTime(entry.clearsAt) });
