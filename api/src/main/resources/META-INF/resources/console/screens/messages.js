// What came from hospitals and what was sent to them: a search on the left, one message taken apart on the right.
import { get, post } from '../api.js';
import { hospitals } from '../directory.js';
import { h, show } from '../dom.js';
import { monthAndDay, t, time } from '../i18n.js';
import { askReason } from '../reason.js';
import { bones, busy, button, chip, empty, field, refusal, toast } from '../ui.js';
import { messageView } from './message.js';

const MOST = 50;
const STATES = ['ACCEPTED', 'DELIVERED', 'REFUSED', 'FAILED', 'QUEUED', 'PARKED', 'RECEIVED'];
const UNUSUAL = ['REFUSED', 'FAILED', 'QUEUED', 'PARKED', 'RECEIVED'];
const KINDS = { ACCEPTED: 'good', DELIVERED: 'good', REFUSED: 'bad', FAILED: 'bad', PARKED: 'bad' };

export const stateChip = (state) => chip(t(`messages.status.${state}`), KINDS[state] ?? 'soft');
export const typeOf = (item) => (item.trigger ? `${item.code}^${item.trigger}` : item.code);

export const messagesScreen = {
  id: 'messages',
  title: 'messages.title',
  async render(main, desk, visit) {
    const seat = { visit, list: h('ul', { class: 'tasks', testid: 'messages' }), detail: h('section', { class: 'panel stack', testid: 'message', 'aria-live': 'polite' }),
      query: '', items: [], next: null, at: null, names: new Map() };
    show(seat.detail, empty('check', t('messages.choose'), ''));
    const form = searchForm(seat, desk.state.search ?? {});
    show(main, h('div', { class: 'messages' }, h('div', { class: 'panel stack' }, form.node, seat.list), seat.detail));
    desk.state.search = null;
    seat.names = new Map((await hospitals().catch(() => [])).map((each) => [each.id, each.name]));
    form.sources(seat.names);
    search(seat, form.query());
  }
};

function select(id, label, options, value) {
  const input = h('select', { class: 'input', id, name: id, testid: id },
    options.map(([key, text]) => h('option', { value: key, selected: key === value }, text)));
  return { node: h('div', { class: 'field' }, h('label', { for: id }, label), input), input };
}

function searchForm(seat, before) {
  const any = ['', t('messages.any')];
  const direction = select('message-direction', t('messages.direction'), [any, ...['IN', 'OUT'].map((each) => [each, t(`messages.direction.${each}`)])], before.direction);
  const source = select('message-source', t('messages.source'), [any], '');
  const state = select('message-state', t('messages.state'),
    [any, ['unusual', t('messages.state.unusual')], ...STATES.map((each) => [each, t(`messages.status.${each}`)])], before.state);
  const type = field('message-type', t('messages.type'), { maxlength: 41 });
  const control = field('message-control', t('messages.control'), { maxlength: 200 });
  const person = field('message-person', t('messages.person'), { maxlength: 36, value: before.person ?? '' });
  const from = field('message-from', t('messages.from'), { type: 'datetime-local' });
  const until = field('message-until', t('messages.until'), { type: 'datetime-local' });
  const query = () => {
    const params = new URLSearchParams();
    const put = (name, value) => value && params.append(name, value);
    const [code, trigger] = type.input.value.trim().toUpperCase().split('^');
    put('direction', direction.input.value);
    put('source', source.input.value);
    put('code', code);
    put('trigger', trigger);
    (state.input.value === 'unusual' ? UNUSUAL : [state.input.value]).forEach((each) => put('state', each));
    put('control', control.input.value.trim());
    put('person', person.input.value.trim());
    put('from', from.input.value && new Date(from.input.value).toISOString());
    put('until', until.input.value && new Date(until.input.value).toISOString());
    return params.toString();
  };
  const node = h('form', { class: 'search', testid: 'message-search', onsubmit: (event) => {
    event.preventDefault();
    search(seat, query());
  } }, direction.node, source.node, type.node, state.node, control.node, person.node, from.node, until.node,
  h('div', { class: 'buttons search__acts' },
    h('button', { type: 'submit', class: 'button button--small', testid: 'message-go' }, t('messages.search')),
    button(t('messages.clear'), { kind: 'plain', small: true, onclick: () => {
      node.reset();
      search(seat, query());
    } }),
    button(t('messages.again'), { kind: 'soft', small: true, testid: 'message-again-all', onclick: () => replayAll(query()) })));
  const sources = (names) => source.input.append(...[...names].map(([id, name]) => h('option', { value: id, selected: id === before.source }, `${name} (${id})`)));
  return { node, query, sources };
}

function replayAll(query) {
  askReason(t('messages.again'), t('message.replayHint'), async (reason) => {
    const asked = await post(`/v1/messages/replay?${query}`, { reason });
    toast(t(asked.more ? 'messages.askedMore' : 'messages.asked', { count: asked.messages }));
  });
}

async function search(seat, query) {
  Object.assign(seat, { query, items: [], next: null });
  show(seat.list, bones());
  await more(seat);
}

async function more(seat) {
  const asked = seat.query;
  try {
    const page = await get(`/v1/messages?${asked}&limit=${MOST}${seat.next ? `&cursor=${encodeURIComponent(seat.next)}` : ''}`);
    if (asked !== seat.query || seat.visit.aborted) {
      return;
    }
    seat.items.push(...page.items);
    seat.next = page.next;
    paint(seat);
  } catch (problem) {
    show(seat.list, h('li', { role: 'alert', testid: 'problem' }, refusal(problem)));
  }
}

function paint(seat) {
  if (!seat.items.length) {
    show(seat.list, h('li', null, empty('check', t('messages.none'), t('messages.noneHint'), 'messages-none')));
    return;
  }
  const further = button(t('messages.more'), { kind: 'plain', small: true, wide: true, testid: 'messages-more', onclick: () => busy(further, () => more(seat)) });
  show(seat.list, seat.items.map((item) => h('li', null, line(seat, item))), seat.next ? h('li', null, further) : null);
}

function line(seat, item) {
  return h('button', { type: 'button', class: 'task', testid: 'message-line', 'data-message': item.id, 'aria-current': item.id === seat.at ? 'true' : null, onclick: () => choose(seat, item.id) },
    h('span', { class: 'task__side' }, h('span', { class: 'strong' }, `${item.direction === 'IN' ? '←' : '→'} ${typeOf(item)}`),
      h('span', { class: 'quiet small' }, item.source ? seat.names.get(item.source) ?? item.source : t('messages.unknownSource'))),
    h('span', { class: 'task__side' }, h('span', { class: 'number small' }, `${monthAndDay(item.receivedAt)} ${time(item.receivedAt)}`),
      h('span', { class: 'quiet small ellipsis' }, item.error ?? item.controlId)),
    stateChip(item.state));
}

export async function choose(seat, id) {
  seat.at = id;
  seat.list.querySelectorAll('[data-message]').forEach((each) => each.toggleAttribute('aria-current', each.dataset.message === id));
  show(seat.detail, bones(6));
  try {
    const [detail, fields] = await Promise.all([get(`/v1/messages/${id}`), fieldNames()]);
    if (seat.at === id && !seat.visit.aborted) {
      show(seat.detail, messageView(seat, detail, fields, (another) => choose(seat, another)));
    }
  } catch (problem) {
    show(seat.detail, h('div', { role: 'alert', testid: 'problem' }, refusal(problem)));
  }
}

let names = null;

/** Chinese names of segments and fields; English ones come with the message. */
function fieldNames() {
  names ??= fetch('/console/hl7/zh-CN.json').then((answer) => answer.json()).catch(() => {
    names = null;
    return {};
  });
  return names;
}
