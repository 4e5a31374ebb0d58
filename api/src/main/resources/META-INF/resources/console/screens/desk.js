// The clinic's desk: today's queues of an institution on the left, one of them run on the right. Numbers only, nobody by name.
import { all, attemptKey, get, post } from '../api.js';
import { ownHospitals } from '../directory.js';
import { h, show } from '../dom.js';
import { band, isoDay, t, time } from '../i18n.js';
import { arrows, bones, busy, button, chip, choice, empty, field, fill, note, refusal, toast } from '../ui.js';
import { wallCode } from './wall.js';

const LIST_EVERY = 30000;
const BOARD_EVERY = 2000;
const ON_A_WALL = 6;

export const deskScreen = {
  id: 'desk',
  title: 'desk.title',
  async render(main, desk, visit) {
    const seat = { visit, queues: [], at: null, room: '', list: arrows(h('div', { class: 'tasks', testid: 'queues' })), detail: h('section', { class: 'panel stack', testid: 'queue-desk' }) };
    const again = () => {
      Object.assign(seat, { at: null, queues: [] });
      show(seat.list, bones());
      show(seat.detail, nothing());
      return load(seat);
    };
    const own = choice('desk-hospital', t('referrals.own'), [], { onchange: again });
    const day = field('desk-date', t('templates.day'), { type: 'date', value: isoDay(), onchange: again });
    const filter = field('desk-filter', t('desk.filter'), { maxlength: 40, oninput: () => paint(seat) });
    seat.question = () => new URLSearchParams({ hospital: own.input.value, date: day.input.value || isoDay() });
    seat.wanted = () => filter.input.value.trim();
    show(main, h('div', { class: 'messages' },
      h('section', { class: 'panel stack' }, h('h2', null, t('desk.title')), h('div', { class: 'search' }, own.node, day.node, filter.node), seat.list), seat.detail));
    show(seat.detail, nothing());
    show(seat.list, bones());
    keys(seat);
    try {
      const places = await ownHospitals();
      own.offer(places.map((each) => [each.id, `${each.name} (${each.id})`]));
      own.node.hidden = places.length < 2;
      await load(seat);
    } catch (problem) {
      show(seat.list, h('div', { role: 'alert', testid: 'problem' }, refusal(problem)));
    }
    every(seat, LIST_EVERY, () => load(seat));
    every(seat, BOARD_EVERY, () => seat.at && look(seat));
  }
};

const nothing = () => empty('clock', t('desk.choose'), t('desk.chooseHint'));

function every(seat, milliseconds, work) {
  const ticking = setInterval(() => document.hidden || work(), milliseconds);
  seat.visit.addEventListener('abort', () => clearInterval(ticking));
}

/** Letters act where nothing is typed. */
function keys(seat) {
  addEventListener('keydown', (event) => {
    const typing = event.target.closest?.('input, select, textarea, dialog');
    const act = { n: 'queue-next', d: 'queue-done', p: 'queue-passed' }[event.key.toLowerCase()];
    if (act && !typing && !event.repeat && !event.ctrlKey && !event.metaKey && !event.altKey && !document.querySelector('dialog')) {
      seat.detail.querySelector(`[data-testid=${act}]`)?.click();
    }
  }, { signal: seat.visit });
}

async function load(seat) {
  const asked = seat.question().toString();
  try {
    const queues = await all(`/v1/queues?${asked}`, 5);
    if (asked !== seat.question().toString() || seat.visit.aborted) {
      return;
    }
    seat.queues = queues;
    paint(seat);
    if (seat.at) {
      paintCalls(seat);
    }
  } catch (problem) {
    if (!seat.queues.length) {
      show(seat.list, h('div', { role: 'alert', testid: 'problem' }, refusal(problem)));
    }
  }
}

const current = (seat) => seat.queues.find((each) => each.session === seat.at);

function paint(seat) {
  const wanted = seat.wanted();
  const shown = seat.queues.filter((each) => !wanted || `${each.departmentName} ${each.doctorName}`.includes(wanted));
  const focused = seat.list.contains(document.activeElement) ? document.activeElement.dataset.session : null;
  show(seat.list, shown.length ? ['AM', 'PM'].map((part) => {
    const those = shown.filter((each) => each.half === part);
    return those.length ? [h('h3', null, t(part === 'AM' ? 'book.morning' : 'book.afternoon')), those.map((each) => line(seat, each))] : null;
  }) : empty('calendar', t('desk.none'), '', 'queues-none'));
  if (focused) {
    seat.list.querySelector(`[data-session='${focused}']`)?.focus();
  }
}

function line(seat, each) {
  return h('button', { type: 'button', class: 'task', testid: 'queue-line', 'data-session': each.session, 'aria-current': each.session === seat.at ? 'true' : null, onclick: () => choose(seat, each.session) },
    h('span', { class: 'task__side' }, h('span', { class: 'strong' }, each.departmentName), h('span', { class: 'quiet small' }, each.doctorName)),
    h('span', { class: 'task__side' }, h('span', { class: 'number small' }, band(each.begins, each.ends)),
      h('span', { class: 'small number' }, t('desk.counts', { waiting: each.waiting, expected: each.expected }))),
    h('span', { class: 'task__call' }, each.open ? each.called.length ? chip(each.called[0].number, 'good') : null : chip(t('status.STOPPED'), 'bad')));
}

function choose(seat, session) {
  seat.at = session;
  const queue = current(seat);
  const room = field('desk-room', t('desk.room'), { maxlength: 20, value: seat.room, placeholder: '3', oninput: () => {
    seat.room = room.input.value.trim();
  } });
  seat.trouble = h('div', { role: 'alert', testid: 'desk-refused' });
  seat.calls = h('div', { testid: 'calls', 'aria-live': 'polite' });
  seat.board = h('div', { class: 'stack', testid: 'desk-board' });
  paint(seat);
  show(seat.detail,
    h('div', { class: 'split' }, h('h2', null, `${queue.departmentName} · ${queue.doctorName}`), h('span', { class: 'number quiet' }, band(queue.begins, queue.ends))),
    queue.open ? null : note('warn', 'shield', t('desk.stopped')),
    h('div', { class: 'desk__acts' }, room.node, nextButton(seat)),
    seat.trouble, seat.calls, seat.board, checkIn(seat, queue), walls(seat, queue));
  paintCalls(seat);
  fill(seat.board, () => get(`/v1/queues/${session}/board`), (board) => (seat.at === session ? boardView(board) : null), 2);
}

function nextButton(seat) {
  // A retry after a lost answer calls nobody else: the key is new only after an answer.
  let key = attemptKey();
  const next = button([t('desk.next'), h('kbd', { 'aria-hidden': 'true' }, 'N')], { testid: 'queue-next', onclick: () => busy(next, () => act(seat, async () => {
    const answer = await post(`/v1/queues/${seat.at}/next`, { room: seat.room || null }, { key });
    key = attemptKey();
    const queue = current(seat);
    queue.waiting = answer.waiting;
    if (answer.called) {
      queue.called = [answer.called, ...queue.called];
    } else {
      toast(t('desk.nobody'));
    }
  })) });
  return next;
}

async function act(seat, work) {
  const session = seat.at;
  show(seat.trouble);
  try {
    await work();
  } catch (problem) {
    show(seat.trouble, refusal(problem));
  }
  if (seat.at === session) {
    paintCalls(seat);
    await Promise.all([look(seat), load(seat)]);
  }
}

/** Who is called, with what becomes of each; D and P are for the last one. */
function paintCalls(seat) {
  const calls = current(seat)?.called ?? [];
  const said = JSON.stringify(calls);
  if (seat.calls.dataset.said === said) {
    return; // The same again must not take the focus away.
  }
  seat.calls.dataset.said = said;
  show(seat.calls, calls.length ? h('ul', { class: 'rows' }, calls.map((each, i) => {
    const tell = (what, kind, letter) => {
      const node = button([t(`desk.${what}`), i === 0 ? h('kbd', { 'aria-hidden': 'true' }, letter) : null], { kind, small: true, testid: i === 0 ? `queue-${what}` : `other-${what}`, onclick: () => busy(node, () => act(seat, async () => {
        await post(`/v1/queues/${seat.at}/${what}`, { appointment: each.appointment });
        const queue = current(seat);
        queue.called = queue.called.filter((one) => one.appointment !== each.appointment);
      })) });
      return node;
    };
    return h('li', { testid: 'call', 'data-number': each.number }, h('strong', { class: i === 0 ? 'desk__number number' : 'number' }, each.number),
      h('span', { class: 'small grow' }, [each.room ? t('queue.room', { room: each.room }) : null, time(each.at)].filter(Boolean).join(' · ')), tell('passed', 'plain', 'P'), tell('done', 'soft', 'D'));
  })) : h('p', { class: 'quiet' }, t('desk.noCalls')));
}

/** The same that the waiting room sees. A number that is not known here was called elsewhere. */
async function look(seat) {
  const session = seat.at;
  try {
    const board = await get(`/v1/queues/${session}/board`);
    if (seat.at !== session || seat.visit.aborted) {
      return;
    }
    show(seat.board, boardView(board));
    const known = new Set(current(seat)?.called.map((each) => each.number));
    if (board.called.some((each) => !known.has(each.number))) {
      await load(seat);
    }
  } catch {
    // The next look comes at once; what is shown stays.
  }
}

function boardView(board) {
  return [
    h('div', { class: 'split' }, h('h3', null, t('desk.waiting')), h('strong', { class: 'number', testid: 'desk-waiting' }, board.waiting)),
    h('div', { class: 'inline number', testid: 'desk-next' }, board.next.length ? board.next.map((each) => chip(each)) : h('span', { class: 'quiet small' }, t('desk.nobody'))),
    board.passed.length ? h('div', { class: 'inline number', testid: 'desk-passed' }, h('span', { class: 'quiet small' }, t('desk.passedNumbers')), board.passed.map((each) => chip(each, 'warn'))) : null
  ];
}

/** Somebody shows the code of their card at the desk instead of scanning the wall's. */
function checkIn(seat, queue) {
  const code = field('desk-card', t('desk.card'), { maxlength: 500, placeholder: t('desk.cardHint') });
  const trouble = h('div', { role: 'alert', testid: 'check-in-refused' });
  const enter = button(t('desk.checkIn'), { kind: 'soft', type: 'submit', testid: 'desk-check-in' });
  return h('form', { class: 'stack', novalidate: true, onsubmit: (event) => {
    event.preventDefault();
    code.tell(code.input.value.trim() ? null : t('error.required'));
    if (!code.input.value.trim()) {
      return;
    }
    busy(enter, async () => {
      show(trouble);
      try {
        const place = await post('/v1/check-ins', { cardCode: code.input.value.trim(), hospital: queue.hospital });
        toast(t('desk.checkedIn', { number: place.number ?? '' }));
        code.input.value = '';
        await load(seat);
      } catch (problem) {
        show(trouble, refusal(problem));
        code.input.value = ''; // A code is good for one use.
      }
      code.input.focus();
    });
  } }, h('div', { class: 'desk__acts' }, code.node, enter), trouble);
}

/** What hangs in the waiting room: the code to check in with, and the numbers, of this clinic or of all of its department. */
function walls(seat, queue) {
  const besides = seat.queues.filter((each) => each.department === queue.department && each.half === queue.half && each.session !== queue.session);
  const board = (ids) => `/console/board/${ids.join(',')}`;
  const link = (key, ids, testid) => h('a', { class: 'button button--plain button--small', href: board(ids), target: '_blank', rel: 'noopener', testid }, t(key));
  return h('div', { class: 'buttons' },
    button(t('desk.code'), { kind: 'plain', small: true, testid: 'show-code', onclick: () => wallCode(queue, seat.visit) }),
    link('desk.board', [queue.session], 'open-board'),
    besides.length ? link('desk.boards', [queue.session, ...besides.map((each) => each.session)].slice(0, ON_A_WALL), 'open-boards') : null);
}
