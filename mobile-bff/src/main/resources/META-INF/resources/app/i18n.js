// Texts from the message bundles, zh-CN unless English was chosen; dates and money in the region's own way.
import { settings } from './settings.js';

const ZONE = 'Asia/Shanghai';
const MOST_DAYS = 60;
let texts = {};

export async function loadTexts() {
  const language = settings.language;
  const answer = await fetch(`/app/i18n/${language}.json`);
  texts = await answer.json();
  document.documentElement.lang = language;
  document.title = t('app.title');
}

/** The text of a key; {name} is replaced from params. A missing key shows itself. */
export function t(key, params) {
  const text = texts[key] ?? key;
  return params ? text.replace(/\{(\w+)\}/g, (whole, name) => params[name] ?? '') : text;
}

/** The text of a code such as an enum, or the code itself when it is new to this app. */
export function code(prefix, value) {
  return texts[`${prefix}.${value}`] ?? value ?? '';
}

function format(value, options) {
  const date = value instanceof Date ? value : new Date(value);
  return Number.isNaN(date.getTime())
    ? ''
    : new Intl.DateTimeFormat(settings.language, { timeZone: ZONE, ...options }).format(date);
}

export const date = (value) => format(value, { year: 'numeric', month: 'short', day: 'numeric' });
export const dayAndMonth = (value) => format(value, { month: 'short', day: 'numeric' });
export const weekday = (value) => format(value, { weekday: 'short' });
export const dayOfMonth = (value) => format(value, { day: 'numeric' }).replace('日', '');
export const time = (value) => format(value, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
export const dateAndTime = (value) => `${date(value)} ${time(value)}`;
export const longDay = (value) => format(value, { month: 'long', day: 'numeric', weekday: 'long' });
export const band = (start, end) => (end ? `${time(start)}–${time(end)}` : time(start));

/** A day of the region as YYYY-MM-DD, `ahead` days from now. */
export function isoDay(ahead = 0) {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE }).format(new Date(Date.now() + ahead * 86400000));
  return parts.slice(0, 10);
}

/** The region's days from today to the last one that a hospital has opened; today always, and never more than two months. */
export function daysUntil(last) {
  const days = [isoDay()];
  while (days[days.length - 1] < last && days.length < MOST_DAYS) {
    days.push(isoDay(days.length));
  }
  return days;
}

/** Yuan. */
export function money(fee) {
  if (fee === null || fee === undefined) {
    return '';
  }
  const yuan = Number(fee);
  return `¥${Number.isInteger(yuan) ? yuan : yuan.toFixed(2)}`;
}

/** The hospital of anything: some answers nest it, some name it, some give its id only. */
export function hospitalOf(thing) {
  return thing.hospitalName ?? thing.hospital?.name ?? thing.sourceName ?? thing.source?.name
    ?? thing.hospital ?? thing.source ?? '';
}
