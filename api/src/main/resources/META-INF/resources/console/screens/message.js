// One message taken apart: what became of it, its segments and fields with their names, its answer, and what can be done.
import { post } from '../api.js';
import { h, show } from '../dom.js';
import { dateAndTime, t } from '../i18n.js';
import { askReason } from '../reason.js';
import { settings } from '../settings.js';
import { button, facts, note, toast } from '../ui.js';
import { stateChip, typeOf } from './messages.js';

export function messageView(seat, detail, names, choose) {
  const { item } = detail;
  const again = () => choose(item.id);
  return [
    h('div', { class: 'split' }, h('h2', null, typeOf(item)), stateChip(item.state)),
    facts([
      [t('messages.source'), item.source ? `${seat.names.get(item.source) ?? ''} ${item.source}` : t('messages.unknownSource')],
      [t('message.sender'), item.direction === 'IN' ? item.sender : null],
      [t('message.control'), item.controlId],
      [t('message.at'), `${dateAndTime(item.receivedAt)}${item.millis === null ? '' : ` · ${t('message.duration')} ${t('message.ms', { count: item.millis })}`}`],
      [t('message.ack'), item.ack],
      [t('message.attempts'), item.attempts > 1 ? String(item.attempts) : null],
      [t('message.repeats'), item.repeats ? String(item.repeats) : null],
      [t('message.person'), item.person],
      [t('message.error'), item.error]
    ]),
    detail.waiting ? waiting(detail.waiting) : null,
    acts(detail, seat, names, choose, again),
    detail.opened ? note('', 'shield', t('message.opened')) : h('p', { class: 'quiet small', testid: 'message-hidden' }, t('message.hidden')),
    content(t('message.body'), detail.message, names, 'message-body'),
    detail.answer ? content(t('message.answer'), detail.answer, names, 'message-answer') : h('p', { class: 'quiet' }, t('message.noAnswer')),
    detail.related.length ? related(seat, detail.related, choose) : null
  ];
}

function waiting({ dueAt, attempts, parkedAt, reason }) {
  return parkedAt
    ? note('bad', 'clock', t('message.parked', { at: dateAndTime(parkedAt), reason: reason ?? '' }))
    : note('', 'clock', t('message.waiting', { attempts, at: dateAndTime(dueAt) }));
}

function acts(detail, seat, names, choose, again) {
  const { item } = detail;
  const path = `/v1/messages/${item.id}`;
  const ask = (act, text, hint, then) => button(text, { kind: act === 'open' ? 'soft' : 'plain', small: true, testid: `message-${act}`,
    onclick: () => askReason(text, hint, async (reason) => then(await post(`${path}/${act}`, { reason }))) });
  const done = () => {
    toast(t('message.done'));
    again();
  };
  return h('div', { class: 'buttons' },
    detail.opened ? null : ask('open', t('message.open'), '', (opened) => show(seat.detail, messageView(seat, opened, names, choose))),
    detail.replayable ? ask('replay', t('message.replay'), t(item.direction === 'IN' && item.state === 'ACCEPTED' ? 'message.replayAcceptedHint' : 'message.replayHint'), (asked) => {
      toast(t('messages.asked', { count: asked.messages }));
      setTimeout(() => seat.at === item.id && !seat.visit.aborted && again(), 2500);
    }) : null,
    detail.waiting && !detail.waiting.parkedAt ? ask('park', t('message.park'), '', done) : null,
    detail.waiting?.parkedAt ? ask('resume', t('message.resume'), '', done) : null);
}

function content(title, { segments, resource, text }, names, testid) {
  return h('section', { class: 'stack', testid },
    h('h3', null, title),
    segments ? h('div', { class: 'tree' }, segments.map((each) => segment(each, names[each.name]))) : null,
    resource ? h('pre', { class: 'raw' }, JSON.stringify(resource, null, 2)) : null,
    text ? h('details', { open: !segments && !resource }, h('summary', null, t('message.text')), h('pre', { class: 'raw' }, text.replaceAll('\r', '\n'))) : null);
}

const chinese = () => settings.language !== 'en';

function segment({ name, fields }, known) {
  return h('details', { open: true, 'data-segment': name },
    h('summary', null, h('span', { class: 'strong number' }, name), chinese() && known ? ` ${known[0]}` : null),
    h('table', null, h('tbody', null, fields.map((each) => field(name, each, known)))));
}

function field(segmentName, { position, name, hidden, repetitions }, known) {
  const title = (chinese() && known?.[position]) || name || '';
  return h('tr', { class: hidden ? 'tree__hidden' : null },
    h('th', { scope: 'row' }, h('span', { class: 'number' }, `${segmentName}-${position}`), ' ', title),
    h('td', null, repetitions.map((each) => h('div', null, components(each)))));
}

/** One value as it is; several with their numbers. */
function components(parts) {
  const filled = parts.map((sub, at) => [at + 1, sub]).filter(([, sub]) => sub.some((each) => each !== ''));
  if (filled.length === 1 && filled[0][0] === 1 && filled[0][1].length === 1) {
    return h('span', null, filled[0][1][0]);
  }
  return filled.map(([at, sub]) => h('span', { class: 'tree__part' }, h('small', { class: 'quiet number' }, at), ' ', sub.filter((each) => each !== '').join(' & ')));
}

function related(seat, items, choose) {
  return h('section', { class: 'stack', testid: 'message-related' }, h('h3', null, t('message.related')),
    h('ul', { class: 'tasks' }, items.map((each) => h('li', null, h('button', { type: 'button', class: 'task', onclick: () => choose(each.id) },
      h('span', { class: 'strong' }, `${each.direction === 'IN' ? '←' : '→'} ${typeOf(each)}`),
      h('span', { class: 'quiet small' }, seat.names.get(each.source) ?? each.source ?? ''), stateChip(each.state))))));
}
