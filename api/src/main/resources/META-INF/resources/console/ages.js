// How long ago something was, in the coarsest unit that still says something.
import { t } from './i18n.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function age(since, now = Date.now()) {
  const seconds = Math.max(0, Math.round((now - Date.parse(since)) / 1000));
  if (seconds < 2 * MINUTE) {
    return t('age.seconds', { count: seconds });
  }
  if (seconds < 2 * HOUR) {
    return t('age.minutes', { count: Math.round(seconds / MINUTE) });
  }
  return seconds < 2 * DAY ? t('age.hours', { count: Math.round(seconds / HOUR) }) : t('age.days', { count: Math.round(seconds / DAY) });
}
