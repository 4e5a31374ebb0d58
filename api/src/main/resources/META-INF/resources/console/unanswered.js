// Bookings that no hospital has answered for ten minutes, or answered with another time: agents ring the hospital about them.
import { get } from './api.js';
import { telephones } from './directory.js';
import { h, show } from './dom.js';
import { band, monthAndDay, t, time, weekday } from './i18n.js';
import { bones, button, chip, empty, refusal } from './ui.js';

const MINUTE = 60000;
const WAITED = 10;
const MOST = 50;
const LONG = 60;

/** Fills the place now and every minute, and says in `count` how many there are. */
export function unansweredList(place, count, visit) {
  const body = h('div', { class: 'stack', testid: 'unanswered' }, bones());
  const refresh = button(t('common.refresh'), { kind: 'plain', small: true, testid: 'unanswered-refresh', onclick: () => load() });
  const load = async () => {
    try {
      const phones = await telephones();
      const { items, next } = await get(`/v1/appointments?pendingMinutes=${WAITED}&limit=${MOST}`);
      if (!visit.aborted) {
        count.textContent = next ? `${items.length}+` : items.length;
        count.classList.toggle('count--some', items.length > 0);
        show(body, items.length
          ? h('ul', { class: 'waiting' }, items.map((booked) => line(booked, phones.get(booked.hospital))))
          : empty('check', t('unanswered.none'), t('unanswered.noneHint'), 'unanswered-none'),
        next ? h('p', { class: 'quiet small' }, t('unanswered.more', { count: MOST })) : null);
      }
    } catch (problem) {
      show(body, refusal(problem));
    }
  };
  show(place,
    h('div', { class: 'split' }, h('h2', null, t('unanswered.title')), refresh),
    h('p', { class: 'quiet small' }, t('unanswered.about', { minutes: WAITED })), body);
  load();
  const loading = setInterval(load, MINUTE);
  visit.addEventListener('abort', () => clearInterval(loading));
}

function line(booked, telephone) {
  const differs = Boolean(booked.hospitalStart);
  return h('li', { class: 'waiting__item', testid: 'unanswered-item', 'data-appointment': booked.id, 'data-differs': String(differs) },
    h('div', { class: 'split' }, h('span', { class: 'strong' }, booked.hospitalName), differs ? chip(t('unanswered.differs'), 'bad') : waited(booked)),
    h('span', { class: 'small' }, [booked.departmentName, booked.doctorName].filter(Boolean).join(' · ')),
    differs
      ? [h('span', { class: 'small number' }, t('unanswered.ours', { time: moment(booked.start, booked.end) })),
        h('span', { class: 'small number' }, t('unanswered.theirs', { time: moment(booked.hospitalStart) }))]
      : h('span', { class: 'quiet small number' }, moment(booked.start, booked.end)),
    telephone ? h('span', { class: 'small number' }, t('unanswered.telephone', { telephone })) : null);
}

const moment = (start, end) => `${monthAndDay(start)} ${weekday(start)} ${end ? band(start, end) : time(start)}`;

function waited(booked) {
  const minutes = Math.floor((Date.now() - Date.parse(booked.bookedAt)) / MINUTE);
  return chip(waiting(minutes), minutes >= LONG ? 'bad' : 'warn');
}

function waiting(minutes) {
  return minutes < LONG
    ? t('unanswered.minutes', { minutes })
    : t('unanswered.hours', { hours: Math.floor(minutes / LONG), minutes: minutes % LONG });
}
