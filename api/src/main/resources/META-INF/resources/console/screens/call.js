import { h, show } from '../dom.js';
import { code, t } from '../i18n.js';
import { chip, empty, facts } from '../ui.js';
import { bookings } from './bookings.js';
import { booking } from './booking.js';
import { checkPanel } from './checks.js';
import { drawEntries } from './draws.js';
import { failedBookings } from './failed.js';
import { limitsPanel } from './limits.js';
import { waitingLists } from './waiting.js';

export const callScreen = {
  id: 'call',
  title: 'call.title',
  render(main, desk, visit) {
    const { call } = desk.state;
    const right = h('div', { class: 'stack call__acts' });
    show(main, h('div', { class: 'call' }, h('div', { class: 'stack' }, callerPanel(desk.state), checkPanel(desk)), right));
    if (call.level < 1) {
      show(right, h('div', { class: 'panel' }, empty('lock', t('call.locked'), t('call.lockedHint'), 'locked')));
      return;
    }
    const take = (slot, again) => book.take(slot, again);
    const seeLimits = (slot) => limits.open(slot);
    const limits = limitsPanel(call.person);
    const waits = waitingLists(call.person, take, visit);
    const draws = drawEntries(call.person);
    const failed = failedBookings(call.person, take, seeLimits);
    const own = bookings(call.person, (id) => book.forget(id), (booked) => book.move(booked));
    const changed = () => [own, waits, draws, failed, limits].forEach((each) => each.reload());
    const book = booking({ person: call.person, changed, seeLimits, visit });
    show(right, own.node, failed.node, waits.node, draws.node, limits.node, book.node);
  }
};

function callerPanel({ call, caller }) {
  return h('section', { class: 'panel stack' },
    h('div', { class: 'split' },
      h('h2', { testid: 'caller-name' }, caller.name ?? '—'),
      call.level >= 1
        ? h('span', { testid: 'level', 'data-level': call.level }, chip(t('level.1'), 'good', 'check'))
        : h('span', { testid: 'level', 'data-level': call.level }, chip(t('level.0'), 'warn', 'lock'))),
    facts(['sex', 'birthDate', 'phone', 'idNumber'].map((name) => [t(`person.${name}`), h('span', { class: 'number' },
      name === 'sex' ? code('sex', caller.sex) : caller[name] ?? '—')])));
}
