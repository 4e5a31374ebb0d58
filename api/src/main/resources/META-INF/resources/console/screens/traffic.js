// Every connection and queue now, read again every few seconds while somebody looks.
import { get, post } from '../api.js';
import { age } from '../ages.js';
import { hospitals } from '../directory.js';
import { h, show } from '../dom.js';
import { dateAndTime, t } from '../i18n.js';
import { askReason } from '../reason.js';
import { button, chip, dialog, empty, fill, note, refusal, toast } from '../ui.js';

const EVERY = 3000;
const HOSPITAL = 'hospital:';
const FHIR = 'fhir:';
// A message that came this moment is on its way; one that stays is trouble.
const TROUBLE = 60000;

export const trafficScreen = {
  id: 'traffic',
  title: 'traffic.title',
  async render(main, desk, visit) {
    const place = h('div', { class: 'stack', testid: 'traffic' });
    show(main, place);
    const seat = { place, visit, names: new Map(), desk };
    seat.names = new Map((await hospitals().catch(() => [])).map((each) => [each.id, each.name]));
    const tick = () => document.hidden || look(seat);
    await look(seat);
    const ticking = setInterval(tick, EVERY);
    visit.addEventListener('abort', () => clearInterval(ticking));
  }
};

async function look(seat) {
  try {
    const live = await get('/v1/traffic');
    if (!seat.visit.aborted) {
      show(seat.place, view(seat, live));
    }
  } catch (problem) {
    if (!seat.visit.aborted) {
      show(seat.place, h('div', { role: 'alert', testid: 'problem' }, refusal(problem)));
    }
  }
}

function view(seat, live) {
  const now = Date.parse(live.at);
  return [
    h('div', { class: 'split' }, live.unhandled && now - Date.parse(live.oldestUnhandled) > TROUBLE
      ? note('bad', 'clock', `${t('traffic.unhandled', { count: live.unhandled })} · ${t('traffic.oldest', { age: age(live.oldestUnhandled, now) })}`)
      : h('span', { class: 'quiet', testid: 'all-handled' }, t('traffic.allHandled')),
    h('span', { class: 'quiet small' }, t('traffic.refreshed'))),
    h('section', { class: 'panel stack' }, h('h2', null, t('traffic.queues')), queues(seat, live.queues, now)),
    h('div', { class: 'traffic' }, ['IN', 'OUT'].map((direction) => h('section', { class: 'panel stack' },
      h('h2', null, t(direction === 'IN' ? 'traffic.in' : 'traffic.out')),
      lines(seat, live.lines.filter((each) => each.direction === direction), now))))
  ];
}

const called = (seat, source) => {
  const [id, lane] = source.split('/');
  return `${seat.names.get(id) ?? id}${lane ? ` · ${lane}` : ''}`;
};

function destinationName(seat, destination) {
  if (destination.startsWith(FHIR)) {
    return `${called(seat, destination.slice(FHIR.length).split('/')[0])} · FHIR`;
  }
  return destination.startsWith(HOSPITAL) ? called(seat, destination.slice(HOSPITAL.length)) : t('traffic.toApi');
}

function queues(seat, all, now) {
  const some = all.filter((each) => each.waiting || each.parked);
  if (!some.length) {
    return h('p', { class: 'quiet', testid: 'no-queues' }, t('traffic.noQueues'));
  }
  return h('ul', { class: 'rows' }, some.map((each) => h('li', { testid: 'queue', 'data-destination': each.destination },
    h('span', { class: 'strong' }, destinationName(seat, each.destination)),
    h('span', { class: 'number' }, t('traffic.waiting', { count: each.waiting })),
    h('span', { class: 'quiet' }, each.oldest ? t('traffic.oldest', { age: age(each.oldest, now) }) : ''),
    h('span', null, each.parked ? chip(t('traffic.parked', { count: each.parked }), 'bad') : null),
    h('span', { class: 'buttons' },
      button(t('traffic.open'), { kind: 'plain', small: true, testid: 'queue-open', onclick: () => waiting(seat, each.destination) }),
      each.parked ? button(t('traffic.resumeAll'), { kind: 'soft', small: true, testid: 'queue-resume', onclick: () => askReason(t('traffic.resumeAll'), destinationName(seat, each.destination), async (reason) => {
        const asked = await post(`/v1/traffic/resume?destination=${encodeURIComponent(each.destination)}`, { reason });
        toast(t('messages.asked', { count: asked.messages }));
        look(seat);
      }) }) : null))));
}

function waiting(seat, destination) {
  const place = h('div', { class: 'waiting' });
  dialog(t('traffic.destination', { destination: destinationName(seat, destination) }), 'waiting-dialog', (close) => [
    h('h2', null, t('traffic.destination', { destination: destinationName(seat, destination) })), place,
    h('div', { class: 'buttons' }, button(t('common.close'), { kind: 'plain', onclick: close }))]);
  fill(place, () => get(`/v1/traffic/waiting?destination=${encodeURIComponent(destination)}`), (letters) => h('ul', { class: 'rows' },
    letters.map((each) => h('li', null, h('span', { class: 'strong' }, t('traffic.letter', { type: each.type, attempts: each.attempts })),
      h('span', { class: 'quiet small' }, dateAndTime(each.createdAt)),
      h('span', { class: 'small' }, each.parkedAt ? chip(t('message.parked', { at: dateAndTime(each.parkedAt), reason: each.reason ?? '' }), 'bad') : dateAndTime(each.dueAt))))));
}

function lines(seat, some, now) {
  if (!some.length) {
    return empty('check', t('traffic.none'), '');
  }
  return h('ul', { class: 'rows' }, some.map((each) => h('li', { testid: 'line', 'data-source': each.source ?? '' },
    h('span', { class: 'strong' }, each.source ? called(seat, each.source) : t('traffic.unknown')),
    h('span', { class: 'quiet small number' }, each.remote),
    h('span', { class: 'number' }, t('traffic.messages', { count: each.messages })),
    h('span', { class: 'quiet small' }, each.lastAt ? t('traffic.last', { age: age(each.lastAt, now) }) : t('traffic.never')),
    each.failure ? chip(t('traffic.state.down'), 'bad') : chip(t('traffic.state.up'), 'good'))));
}
