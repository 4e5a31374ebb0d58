// The registrar's desk: the queue on the left, one doubtful pair on the right; everything works from the keyboard.
import { get, post } from '../api.js';
import { hospitals } from '../directory.js';
import { h, show } from '../dom.js';
import { code, monthAndDay, t, time } from '../i18n.js';
import { bones, button, chip, empty, refusal, toast } from '../ui.js';
import { pairView } from './pair.js';

const QUEUES = ['OPEN', 'LATER', 'DECIDED'];
const ORDERS = ['probability', 'age'];
const MOST = 50;
const SECOND = 1000;
const KEYS = { 1: 'SAME', 2: 'DIFFERENT', 3: 'LATER' };

/** Never more certain than a human could say. */
export const percent = (probability) => (probability > 0.999 ? '>99.9%' : `${(probability * 100).toFixed(1)}%`);

export const reviewsScreen = {
  id: 'reviews',
  title: 'review.title',
  render(main, desk, visit) {
    const places = { counts: h('div', { class: 'inline', testid: 'review-counts' }), tabs: h('div', { class: 'inline' }),
      list: h('ul', { class: 'tasks', testid: 'review-queue' }), pair: h('section', { class: 'panel stack', testid: 'review-pair', 'aria-live': 'polite' }) };
    const work = { queue: 'OPEN', order: 'probability', items: [], at: 0, next: null, shown: null, undoable: [], busy: false };
    const seat = { places, work, visit };
    show(main, h('div', { class: 'reviews' },
      h('div', { class: 'panel stack' }, places.counts, places.tabs, places.list), places.pair));
    addEventListener('keydown', (event) => key(event, seat), { signal: visit });
    const tick = () => document.hidden || (work.shown && (work.shown.seconds += 1));
    const ticking = setInterval(tick, SECOND);
    visit.addEventListener('abort', () => clearInterval(ticking));
    load(seat);
  }
};

function key(event, seat) {
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog')) {
    return;
  }
  const act = {
    ArrowDown: () => step(seat, 1), j: () => step(seat, 1), ArrowUp: () => step(seat, -1), k: () => step(seat, -1),
    u: () => undo(seat), q: () => turn(seat, 'queue', QUEUES), o: () => turn(seat, 'order', ORDERS)
  }[event.key] ?? (KEYS[event.key] && (() => decide(seat, KEYS[event.key])));
  if (act) {
    event.preventDefault();
    act();
  }
}

function turn(seat, what, among) {
  seat.work[what] = among[(among.indexOf(seat.work[what]) + 1) % among.length];
  load(seat);
}

/** The queue anew, and `wanted`, or the first of it, beside it. */
async function load(seat, wanted = null) {
  const { places, work } = seat;
  const turn = {};
  work.turn = turn;
  paintTabs(seat);
  show(places.list, bones());
  try {
    const [page, counts] = await Promise.all([
      get(`/v1/reviews?state=${work.queue}&order=${work.order}&limit=${MOST}`), get('/v1/reviews/statistics')]);
    if (work.turn !== turn) {
      return; // Another queue was chosen meanwhile.
    }
    Object.assign(work, { items: page.items, more: Boolean(page.next), at: Math.max(0, page.items.findIndex((each) => each.id === wanted)) });
    paintCounts(places.counts, counts);
    await open(seat);
  } catch (problem) {
    show(places.list, h('li', { role: 'alert', testid: 'problem' }, refusal(problem)));
  }
}

function paintCounts(place, counts) {
  const seconds = counts.medianSeconds === null ? null : Math.round(counts.medianSeconds);
  show(place,
    h('span', null, t('review.open', { count: counts.open })), h('span', { class: 'quiet' }, t('review.later', { count: counts.later })),
    seconds === null ? null : h('span', { class: 'quiet', testid: 'review-seconds' },
      t('review.seconds', { median: seconds, p90: Math.round(counts.p90Seconds), count: counts.decided })));
}

function paintTabs(seat) {
  const { work, places } = seat;
  const choose = (what, value, text) => button(text, { kind: work[what] === value ? 'soft' : 'plain', small: true,
    'aria-pressed': String(work[what] === value), testid: `review-${what}-${value}`, onclick: () => {
      work[what] = value;
      load(seat);
    } });
  show(places.tabs, QUEUES.map((each) => choose('queue', each, t(`review.queue.${each}`))), h('kbd', null, 'Q'),
    work.queue === 'DECIDED' ? null : [h('span', { class: 'grow' }), ORDERS.map((each) => choose('order', each, t(`review.order.${each}`))), h('kbd', null, 'O')]);
}

function paintList(seat, names) {
  const { work, places } = seat;
  if (!work.items.length) {
    show(places.list, h('li', null, empty('check', t(`review.none.${work.queue}`), '', 'review-none')));
    return;
  }
  show(places.list, work.items.map((item, at) => h('li', null, line(seat, item, at, names))),
    work.more ? h('li', { class: 'quiet small' }, t('review.more', { count: MOST })) : null);
  places.list.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
}

const told = (item) => item.decidedAt ?? item.createdAt;

function line(seat, item, at, names) {
  const side = (each) => h('span', { class: 'task__side' }, h('span', { class: 'strong' }, each.name ?? '—'),
    h('span', { class: 'quiet small' }, names.get(each.source) ?? each.source));
  return h('button', { type: 'button', class: 'task', testid: 'review-task', 'data-task': item.id, 'aria-current': at === seat.work.at ? 'true' : null,
    onclick: () => {
      seat.work.at = at;
      open(seat);
    } },
  side(item.one), side(item.other),
  h('span', { class: 'task__state' }, item.decidedAt ? chip(code('review.state', item.state), item.state === 'SAME' ? 'good' : 'bad') : h('span', { class: 'number strong' }, percent(item.probability)),
    h('span', { class: 'quiet small number' }, `${monthAndDay(told(item))} ${time(told(item))}`)));
}

function step(seat, by) {
  const { work } = seat;
  const at = Math.min(work.items.length - 1, Math.max(0, work.at + by));
  if (at !== work.at && !work.busy) {
    work.at = at;
    open(seat);
  }
}

/** Shows the pair that the queue stands at. */
async function open(seat) {
  const { work, places, visit } = seat;
  const names = new Map((await hospitals().catch(() => [])).map((each) => [each.id, each.name]));
  paintList(seat, names);
  const item = work.items[work.at];
  work.shown = null;
  if (!item) {
    show(places.pair, empty('check', t('review.done'), t('review.doneHint')));
    return;
  }
  show(places.pair, bones(6));
  try {
    const pair = await get(`/v1/reviews/${item.id}`);
    if (visit.aborted || work.items[work.at] !== item) {
      return;
    }
    work.shown = { pair, seconds: 0 };
    show(places.pair, pairView(pair, names), acts(seat, pair));
  } catch (problem) {
    show(places.pair, h('div', { role: 'alert', testid: 'problem' }, refusal(problem)));
  }
}

function acts(seat, pair) {
  const waits = pair.state === 'OPEN' || pair.state === 'LATER';
  const act = (verdict, kind) => button([t(`review.decide.${verdict}`), h('kbd', { 'aria-hidden': 'true' }, Object.keys(KEYS).find((each) => KEYS[each] === verdict))],
    { kind, testid: `review-${verdict}`, 'aria-keyshortcuts': Object.keys(KEYS).find((each) => KEYS[each] === verdict), onclick: () => decide(seat, verdict) });
  const back = button([t('review.undo'), h('kbd', { 'aria-hidden': 'true' }, 'U')], { kind: 'plain', testid: 'review-undo', 'aria-keyshortcuts': 'u',
    disabled: !seat.work.undoable.length && waits, onclick: () => undo(seat) });
  return h('div', { class: 'split acts' }, back, h('div', { class: 'buttons' },
    waits ? [act('LATER', 'plain'), act('DIFFERENT', 'danger'), act('SAME')] : null));
}

async function decide(seat, decision) {
  const { work, places } = seat;
  if (!work.shown || work.busy || !['OPEN', 'LATER'].includes(work.shown.pair.state)) {
    return;
  }
  work.busy = true;
  const { pair, seconds } = work.shown;
  try {
    await post(`/v1/reviews/${pair.id}/decision`, { decision, seconds });
    work.undoable.push(pair.id);
    toast(t(`review.decided.${decision}`));
    await load(seat, work.items[work.at + 1]?.id);
  } catch (problem) {
    places.pair.prepend(h('div', { role: 'alert', testid: 'problem' }, refusal(problem)));
  } finally {
    work.busy = false;
  }
}

/** Takes back the decision that is shown, or else the last one of this sitting. */
async function undo(seat) {
  const { work, places } = seat;
  const shown = work.shown?.pair;
  const decided = shown && (shown.state === 'SAME' || shown.state === 'DIFFERENT');
  const id = decided ? shown.id : work.undoable.at(-1);
  if (!id || work.busy) {
    return;
  }
  work.busy = true;
  try {
    await post(`/v1/reviews/${id}/undo`);
    work.undoable = work.undoable.filter((each) => each !== id);
    work.queue = 'OPEN';
    toast(t('review.undone'));
    await load(seat, id);
  } catch (problem) {
    places.pair.prepend(h('div', { role: 'alert', testid: 'problem' }, refusal(problem)));
  } finally {
    work.busy = false;
  }
}
