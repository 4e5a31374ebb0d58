// Referrals (双向转诊) of the institutions of whoever is logged in: sent and received on the left, one of them on the right.
import { get } from '../api.js';
import { ownHospitals } from '../directory.js';
import { h, show } from '../dom.js';
import { code, monthAndDay, t, time } from '../i18n.js';
import { arrows, bones, busy, button, chip, choice, empty, refusal } from '../ui.js';
import { referForm } from './refer.js';
import { referralView } from './referral.js';

const MOST = 50;
export const STATES = ['REQUESTED', 'ACCEPTED', 'BOOKED', 'SEEN', 'REPORTED_BACK', 'DECLINED', 'CANCELLED', 'EXPIRED'];
const KINDS = { REQUESTED: 'warn', ACCEPTED: 'good', BOOKED: 'good', DECLINED: 'bad', EXPIRED: 'bad' };

export const referralChip = (status) => chip(code('referralStatus', status), KINDS[status]);

export const referralsScreen = {
  id: 'referrals',
  title: 'referrals.title',
  async render(main, desk, visit) {
    const seat = { visit, box: 'to', items: [], next: null, at: null, list: arrows(h('ul', { class: 'tasks', testid: 'referrals' })),
      detail: h('section', { class: 'panel stack', testid: 'referral', 'aria-live': 'polite' }) };
    const own = choice('referral-own', t('referrals.own'), [], { onchange: () => search(seat) });
    const state = choice('referral-state', t('referrals.state'), [['', t('messages.any')], ...STATES.map((each) => [each, code('referralStatus', each)])],
      { onchange: () => search(seat) });
    seat.query = () => new URLSearchParams({ [seat.box]: own.input.value, ...(state.input.value ? { status: state.input.value } : {}) });
    seat.choose = (id) => choose(seat, id);
    seat.again = () => search(seat);
    const boxes = arrows(h('div', { class: 'inline', role: 'group', 'aria-label': t('referrals.title') }, ['to', 'from'].map((box) => button(t(`referrals.${box}`), {
      kind: 'plain', small: true, testid: `referrals-${box}`, 'aria-pressed': String(box === seat.box), onclick: () => seat.open(box) }))));
    seat.open = (box) => {
      seat.box = box;
      boxes.querySelectorAll('button').forEach((each) => each.setAttribute('aria-pressed', String(each.dataset.testid === `referrals-${box}`)));
      return search(seat);
    };
    const refresh = button(t('common.refresh'), { kind: 'plain', small: true, testid: 'referrals-refresh', onclick: () => busy(refresh, () => search(seat)) });
    const refer = button(t('referrals.new'), { small: true, testid: 'refer', onclick: () => {
      mark(seat, null);
      show(seat.detail, referForm(seat));
      seat.detail.querySelector('input, select')?.focus();
    } });
    show(main, h('div', { class: 'messages' },
      h('section', { class: 'panel stack' }, h('div', { class: 'split' }, h('h2', null, t('referrals.title')), h('div', { class: 'inline' }, refresh, refer)),
        boxes, h('div', { class: 'search' }, own.node, state.node), seat.list), seat.detail));
    show(seat.detail, empty('check', t('referrals.choose'), t('referrals.chooseHint')));
    try {
      seat.own = await ownHospitals();
      own.offer(seat.own.map((each) => [each.id, `${each.name} (${each.id})`]));
      own.node.hidden = seat.own.length < 2;
      await search(seat);
    } catch (problem) {
      show(seat.list, h('li', { role: 'alert', testid: 'problem' }, refusal(problem)));
    }
  }
};

async function search(seat) {
  Object.assign(seat, { asked: seat.query().toString(), items: [], next: null });
  show(seat.list, bones());
  await more(seat);
}

async function more(seat) {
  const { asked } = seat;
  seat.list.setAttribute('aria-busy', 'true');
  try {
    const page = await get(`/v1/referrals?${asked}&limit=${MOST}${seat.next ? `&cursor=${encodeURIComponent(seat.next)}` : ''}`);
    if (asked !== seat.asked || seat.visit.aborted) {
      return;
    }
    seat.items.push(...page.items);
    seat.next = page.next;
    paint(seat);
  } catch (problem) {
    if (asked === seat.asked) {
      show(seat.list, h('li', { role: 'alert', testid: 'problem' }, refusal(problem)));
    }
  }
  if (asked === seat.asked) {
    seat.list.removeAttribute('aria-busy');
  }
}

function paint(seat) {
  if (!seat.items.length) {
    show(seat.list, h('li', null, empty('check', t(`referrals.none.${seat.box}`), t('referrals.noneHint'), 'referrals-none')));
    return;
  }
  const further = button(t('messages.more'), { kind: 'plain', small: true, wide: true, testid: 'referrals-more', onclick: () => busy(further, () => more(seat)) });
  show(seat.list, seat.items.map((item) => h('li', null, line(seat, item))), seat.next ? h('li', null, further) : null);
}

function line(seat, item) {
  const other = seat.box === 'to' ? item.from : item.to;
  return h('button', { type: 'button', class: 'task', testid: 'referral-line', 'data-referral': item.id, 'data-status': item.status,
    'aria-current': item.id === seat.at ? 'true' : null, onclick: () => choose(seat, item.id) },
  h('span', { class: 'task__side' }, h('span', { class: 'strong' }, other.name),
    h('span', { class: 'quiet small' }, [item.departmentName, item.doctorName].filter(Boolean).join(' ') || t('referrals.anyDepartment'))),
  h('span', { class: 'task__side' }, h('span', { class: 'number small' }, `${monthAndDay(item.madeAt)} ${time(item.madeAt)}`),
    h('span', { class: 'small' }, [t(`referral.${item.direction}`), item.urgency === 'URGENT' ? t('referral.URGENT') : null].filter(Boolean).join(' · '))),
  referralChip(item.status));
}

function mark(seat, id) {
  seat.at = id;
  seat.list.querySelectorAll('[data-referral]').forEach((each) => (each.dataset.referral === id ? each.setAttribute('aria-current', 'true') : each.removeAttribute('aria-current')));
}

async function choose(seat, id) {
  mark(seat, id);
  show(seat.detail, bones(6));
  seat.detail.setAttribute('aria-busy', 'true');
  try {
    const one = await get(`/v1/referrals/${id}`);
    if (seat.at === id && !seat.visit.aborted) {
      show(seat.detail, referralView(seat, one));
    }
  } catch (problem) {
    show(seat.detail, h('div', { role: 'alert', testid: 'problem' }, refusal(problem)));
  }
  seat.detail.removeAttribute('aria-busy');
}
