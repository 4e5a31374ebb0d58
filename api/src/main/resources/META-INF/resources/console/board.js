// The screen in a waiting room: who is called where, who is next. Numbers only; no login, nothing that is anybody's.
import { get } from './api.js';
import { h, show } from './dom.js';
import { loadTexts, t, time } from './i18n.js';

const EVERY = 2000;
const MOST = 6;
const SHOWN = 3;
const SESSION = /^[0-9a-f-]{36}$/i;
const root = document.getElementById('board');
const sessions = location.pathname.split('/').pop().split(',').filter((each) => SESSION.test(each)).slice(0, MOST);

/** The timetable is public; without it the numbers alone are shown. */
async function clinic(session) {
  try {
    const answer = await fetch(`/fhir/Schedule/${session}`, { headers: { Accept: 'application/fhir+json' }, credentials: 'omit' });
    const schedule = await answer.json();
    return { doctor: schedule.actor?.[0]?.display ?? '', department: schedule.actor?.[1]?.display ?? '' };
  } catch {
    return { doctor: '', department: '' };
  }
}

function column(session) {
  const head = h('header', null);
  const body = h('div', { class: 'board__body', 'aria-live': 'polite' });
  const node = h('section', { class: 'board__clinic', testid: 'clinic', 'data-session': session }, head, body);
  clinic(session).then(({ doctor, department }) => show(head, h('h1', null, department), h('h2', null, doctor)));
  let last = null;
  const look = async () => {
    try {
      const board = await get(`/v1/queues/${session}/board`);
      const number = board.called[0]?.number ?? null;
      show(body, numbers(board, number !== last && last !== null));
      last = number ?? '';
      return true;
    } catch {
      return false; // What was called stays to be seen.
    }
  };
  return { node, look };
}

function numbers(board, fresh) {
  const [now, ...others] = board.called;
  return [
    board.open ? null : h('p', { class: 'board__stopped', testid: 'board-stopped' }, t('board.stopped')),
    h('div', { class: `board__now${fresh ? ' board__now--fresh' : ''}`, testid: 'board-now' }, now ? [
      h('span', { class: 'board__label' }, t('board.now')), h('strong', { class: 'number', testid: 'board-number' }, now.number),
      now.room ? h('span', { class: 'board__room' }, t('queue.room', { room: now.room })) : null] : h('span', { class: 'board__label' }, t('board.notYet'))),
    others.length ? h('ul', { class: 'board__others' }, others.slice(0, SHOWN).map((each) => h('li', null, h('strong', { class: 'number' }, each.number), each.room ? ` ${t('queue.room', { room: each.room })}` : ''))) : null,
    h('div', { class: 'board__next' }, h('span', { class: 'board__label' }, t('board.next')), h('span', { class: 'number', testid: 'board-next' }, board.next.join('  ') || '—')),
    h('div', { class: 'board__next' }, h('span', { class: 'board__label' }, t('board.waiting')), h('span', { class: 'number', testid: 'board-waiting' }, board.waiting)),
    board.passed.length ? h('div', { class: 'board__passed' }, h('span', { class: 'board__label' }, t('board.passed')), h('span', { class: 'number', testid: 'board-passed' }, board.passed.join('  '))) : null
  ];
}

async function start() {
  await loadTexts();
  document.title = t('board.title');
  if (!sessions.length) {
    show(root, h('p', { class: 'boot' }, t('board.unknown')));
    return;
  }
  const columns = sessions.map(column);
  const state = h('p', { class: 'board__state number', role: 'status' });
  show(root, h('div', { class: 'board', 'data-clinics': columns.length }, columns.map((each) => each.node)), state);
  const round = async () => {
    const good = await Promise.all(columns.map((each) => each.look()));
    state.textContent = good.every(Boolean) ? time(Date.now()) : t('board.lost');
    state.classList.toggle('board__state--lost', !good.every(Boolean));
    setTimeout(round, EVERY);
  };
  round();
}

start();
