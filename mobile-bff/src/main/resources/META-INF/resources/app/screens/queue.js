// Where somebody stands at the clinic: check-in, number, who is ahead; live, and asked again where the stream breaks.
import { h, show } from '../dom.js';
import { events, get, post } from '../api.js';
import { t, time } from '../i18n.js';
import { sheet, toast } from '../shell.js';
import { busy, button, chip, field, note, panel, said } from '../ui.js';

const OVER = ['DONE', 'CLOSED'];
const ASK_AGAIN = 5000;
const SOON = 60 * 60 * 1000 * 24;
const DIGITS = /^\d{6}$/;

/** Whether a booking is near enough that the clinic has something to say of it. */
export const nearClinic = (booked) =>
  ['BOOKED', 'CHECKED_IN', 'MISSED'].includes(booked.status) && Math.abs(new Date(booked.start) - Date.now()) < SOON;

/** The queue of a booking; `signal` ends the watching, `again` reads the booking anew when its state has changed. */
export function queuePanel(booked, signal, again) {
  const place = h('div', { class: 'stack', testid: 'queue', 'aria-live': 'polite' });
  const watch = new AbortController();
  signal.addEventListener('abort', () => watch.abort());
  let shown = null;
  const update = (queue) => {
    if (watch.signal.aborted) {
      return;
    }
    if (shown && checkedIn(shown) !== checkedIn(queue)) {
      watch.abort();
      again();
      return;
    }
    shown = queue;
    place.dataset.state = queue.state;
    show(place, view(booked, queue, update));
  };
  follow(booked, update, watch.signal);
  return place;
}

const checkedIn = (queue) => !['EARLY', 'OPEN', 'LATE', 'CLOSED'].includes(queue.state);

/** Asks at once, then listens; a broken stream is opened again, and what it may have missed is asked for meanwhile. */
async function follow(booked, update, signal) {
  let over = false;
  const heard = (queue) => {
    over = OVER.includes(queue.state);
    update(queue);
  };
  while (!signal.aborted && !over) {
    try {
      heard(await get(`/v1/appointments/${booked.id}/queue`));
      if (!over) {
        for await (const event of events(`/v1/appointments/${booked.id}/queue/events`, signal)) {
          if (event.type === 'queue') {
            heard(JSON.parse(event.data));
          }
        }
      }
    } catch (problem) {
      if (problem.status === 404) {
        return;
      }
    }
    if (!over) {
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN));
    }
  }
}

function view(booked, queue, update) {
  const enter = (text, kind) => button(text, { wide: true, kind, testid: 'check-in', onclick: () => checkIn(booked, '', update) });
  switch (queue.state) {
    case 'EARLY':
      return note('', 'clock', t('queue.early', { time: time(queue.opensAt) }));
    case 'OPEN':
      return panel(h('div', { class: 'stack', style: { gap: '12px' } },
        h('p', null, t('queue.open', { time: time(queue.closesAt) })), enter(t('queue.checkIn'))));
    case 'LATE':
      return panel(h('div', { class: 'stack', style: { gap: '12px' } },
        note('warn', 'clock', t('queue.late', { time: time(queue.lateUntil) })), enter(t('queue.checkIn'))));
    case 'WAITING':
      return ticket(queue, h('div', { class: 'queue__facts' },
        fact(t('queue.ahead'), t('queue.aheadCount', { count: queue.ahead }), 'queue-ahead'),
        queue.minutes === undefined ? null : fact(t('queue.minutes'), t('queue.minutesCount', { count: queue.minutes }), 'queue-minutes')),
      h('p', { class: 'quiet small' }, t('queue.hint')));
    case 'CALLED':
      return ticket(queue, h('p', { class: 'queue__call', role: 'alert' },
        queue.room ? t('queue.calledRoom', { room: queue.room }) : t('queue.called')));
    case 'PASSED':
      return ticket(queue, note('warn', 'clock', queue.requeuesLeft > 0
        ? t('queue.passed', { count: queue.requeueBehind, left: queue.requeuesLeft }) : t('queue.passedOut')),
      queue.requeuesLeft > 0 ? enter(t('queue.again')) : null);
    case 'DONE':
      return note('good', 'check', t('queue.done'));
    default:
      return null;
  }
}

function ticket(queue, ...children) {
  return h('div', { class: 'panel queue', testid: 'ticket' },
    h('span', { class: 'quiet small' }, t('queue.number')),
    h('strong', { class: 'queue__number number', testid: 'queue-number' }, queue.number),
    chip(t(`queue.${queue.state.toLowerCase()}Chip`), queue.state === 'PASSED' ? 'warn' : 'good'),
    ...children);
}

const fact = (name, value, testid) => h('div', null, h('span', { class: 'quiet small' }, name), h('strong', { class: 'number', testid }, value));

/** The code on the wall; `code` when a scan brought it along. */
export function checkIn(booked, code, done) {
  sheet(t('queue.checkIn'), (close) => {
    const trouble = h('div', { role: 'alert', testid: 'check-in-refused' });
    const place = field('place-code', t('queue.code'), {
      type: 'text', inputmode: 'numeric', autocomplete: 'off', maxlength: 6, value: code, class: 'input queue__code number', placeholder: '······'
    });
    const send = async () => {
      const digits = place.input.value.trim();
      place.tell(DIGITS.test(digits) ? '' : t('queue.codeWrong'));
      if (!DIGITS.test(digits)) {
        place.input.focus();
        return;
      }
      show(trouble);
      try {
        const queue = await post(`/v1/appointments/${booked.id}/check-in`, { placeCode: digits });
        close();
        toast(t('queue.checkedIn', { number: queue.number }));
        done(queue);
      } catch (problem) {
        show(trouble, note('bad', 'shield', said(problem)));
        place.input.select();
      }
    };
    const yes = button(t('queue.confirm'), { wide: true, testid: 'confirm-check-in', onclick: () => busy(yes, send) });
    place.input.addEventListener('keydown', (event) => event.key === 'Enter' && yes.click());
    setTimeout(() => place.input.focus());
    return [h('h2', null, t('queue.checkIn')), h('p', null, t('queue.codeHint')), place.node, trouble,
      h('div', { class: 'buttons' }, yes, button(t('common.no'), { kind: 'plain', wide: true, onclick: close }))];
  });
}
