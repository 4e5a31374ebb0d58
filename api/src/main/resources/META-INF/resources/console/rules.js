// A hospital's rules as people meet them. Read anew each time: a supervisor may have changed them since.
import { get } from './api.js';
import { t } from './i18n.js';

const minute = (time) => time.slice(0, 5);

/** How waiting for a full session of this hospital goes. */
export async function waitingTerms(hospital) {
  const { waiting } = (await get(`/v1/hospitals/${encodeURIComponent(hospital)}`)).booking;
  return t('waiting.rules', { hours: waiting.shortNoticeHours, minutes: waiting.offerMinutes, opens: minute(waiting.opens), closes: minute(waiting.closes) });
}
