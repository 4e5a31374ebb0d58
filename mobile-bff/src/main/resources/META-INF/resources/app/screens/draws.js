import { h, show } from '../dom.js';
import { get, newKey, post, remove } from '../api.js';
import { band, code, dateAndTime, hospitalOf, longDay, t } from '../i18n.js';
import { go } from '../router.js';
import { sheet, toast } from '../shell.js';
import { busy, button, chip, empty, facts, more, note, panel, pending, said, section } from '../ui.js';
import { outside, refusal } from './confirm.js';
import { everybodys, forWhom, withPerson } from './family.js';

export const ENTERED = 'ENTERED';
const KIND = { ENTERED: '', WON: 'good', LOST: 'warn', PASSED: 'warn', LEFT: '', STOPPED: 'bad' };
const LOSERS = ['LOST', 'PASSED'];

export default {
  id: 'draws',
  title: 'draws.title',
  render(page) {
    show(page, pending(() => everybodys('/v1/me/draw-entries', 3), view));
  }
};

function view(items, again) {
  if (!items.length) {
    return empty('calendar', t('draws.none'), t('draws.noneHint'), button(t('home.book'), { href: '/book' }));
  }
  const open = items.filter((each) => each.status === ENTERED);
  const past = items.filter((each) => each.status !== ENTERED);
  return h('div', { class: 'stack', style: { gap: '18px' } },
    open.map((each) => panel(entry(each, again))),
    past.length ? section(t('draws.past'), null, past.map((each) => panel(entry(each, again)))) : null);
}

/** What is drawn, short enough for a list. */
export function drawTile(each) {
  return h('a', { class: 'panel tile', href: '/draws', testid: 'draw-tile' }, what(each));
}

const what = (each) => h('div', { class: 'stack stack--tight' },
  h('span', { class: 'strong' }, [each.departmentName, each.doctorName].filter(Boolean).join(' · ')),
  h('span', { class: 'number' }, `${longDay(each.start)} ${band(each.start, each.end)}`),
  h('span', { class: 'quiet small' }, hospitalOf(each)),
  h('div', { class: 'inline' }, chip(code('drawStatus', each.status), KIND[each.status]),
    each.whose ? chip(t('family.whose', { name: each.whose })) : null,
    each.rank ? h('span', { class: 'quiet small', testid: 'draw-rank' }, t('draws.rank', { rank: each.rank })) : null));

function entry(each, again) {
  return h('div', { class: 'stack', style: { gap: '12px' }, testid: 'draw-entry', 'data-status': each.status },
    what(each),
    each.status === ENTERED ? note('', 'clock', t(each.open ? 'draws.openUntil' : 'draws.drawnAt',
      { closes: dateAndTime(each.closesAt), draws: dateAndTime(each.drawsAt) }), each.waiting ? ` ${t('draws.waits')}` : '') : null,
    each.status === 'PASSED' ? note('warn', 'shield', t('draws.passed', { rule: code('rule', each.reason) })) : null,
    h('div', { class: 'buttons' },
      each.appointment ? button(t('draws.booking'), { wide: true, href: `/appointments/${each.appointment}`, testid: 'draw-booking' }) : null,
      LOSERS.includes(each.status) ? button(t('draws.wait'), { kind: 'soft', wide: true, testid: 'draw-wait', onclick: (event) => wait(each, event.currentTarget) }) : null,
      each.open && each.status === ENTERED ? button(t('draws.leave'), { kind: 'danger-plain', wide: true, testid: 'leave-draw', onclick: () => leave(each, again) }) : null),
    h('p', { class: 'quiet small number' }, t('draws.number', { id: each.id })),
    more(`/draws/${each.draw}`, t('draw.how')));
}

/** One tap after a lost draw, for whoever lost it; who is on the list already is shown their place. */
const wait = (each, node) => busy(node, async () => {
  try {
    await post('/v1/waiting-entries', withPerson({ slotId: each.slotId }, null, each.person));
    await go('/waiting');
  } catch (problem) {
    toast(said(problem));
  }
});

function leave(each, again) {
  sheet(t('draws.leaveTitle'), (close) => {
    const trouble = h('div', { role: 'alert' });
    const yes = button(t('draws.leave'), { kind: 'danger', wide: true, testid: 'confirm-leave', onclick: () => busy(yes, async () => {
      try {
        await remove(`/v1/draw-entries/${each.id}`);
      } catch (problem) {
        show(trouble, note('bad', 'shield', said(problem)));
        return;
      }
      close();
      toast(t('draws.left'));
      again();
    }) });
    return [h('h2', null, t('draws.leaveTitle')), h('p', null, t('draws.leaveText')), trouble,
      h('div', { class: 'buttons' }, yes, button(t('common.no'), { kind: 'plain', wide: true, onclick: close }))];
  });
}

/**
 * Asks whether to take part in the draw of a slot's session. One sheet is one attempt with one key.
 */
export function takePart(slot) {
  if (outside()) {
    return;
  }
  let key = newKey();
  sheet(t('draws.enterTitle'), (close) => {
    const whom = forWhom();
    whom.input.addEventListener('change', () => {
      key = newKey();
      show(trouble);
      yes.hidden = false;
    });
    const trouble = h('div', { role: 'alert', testid: 'draw-refused' });
    const terms = h('div', { 'aria-live': 'polite' });
    const waiting = h('button', { type: 'button', class: 'row panel', role: 'switch', 'aria-checked': 'true', testid: 'draw-waiting',
      onclick: () => waiting.setAttribute('aria-checked', String(waiting.getAttribute('aria-checked') !== 'true')) },
    h('span', { class: 'row__body' }, h('span', { class: 'strong' }, t('draws.waitToo')), h('span', { class: 'quiet small' }, t('draws.waitTooHint'))),
    h('span', { class: 'switch', 'aria-hidden': 'true' }));
    const yes = button(t('draws.enter'), { wide: true, testid: 'confirm-draw', onclick: () => busy(yes, async () => {
      show(trouble);
      try {
        await post('/v1/draw-entries', withPerson({ slotId: slot.id, waiting: waiting.getAttribute('aria-checked') === 'true' }, whom), { key });
        close();
        await go('/draws');
      } catch (problem) {
        show(trouble, refusal(problem, slot, whom.chosen()));
        yes.hidden = !problem.network && problem.status !== 503;
      }
    }) });
    if (slot.draw) {
      get(`/v1/draws/${slot.draw}`).then((draw) => show(terms, facts([
        [t('draw.closes'), dateAndTime(draw.closesAt)],
        [t('draw.draws'), dateAndTime(draw.drawsAt)],
        [t('draw.units'), String(draw.units)],
        [t('draw.entries'), String(draw.entries)]
      ])), () => {});
    }
    return [
      h('h2', null, t('draws.enterTitle')),
      facts([
        [t('appointment.hospital'), hospitalOf(slot)],
        [t('appointment.department'), slot.departmentName],
        [t('appointment.doctor'), [slot.doctorName, slot.doctorTitle].filter(Boolean).join(' ')],
        [t('draws.wanted'), `${longDay(slot.start)} ${band(slot.start, slot.end)}`]
      ]),
      terms,
      note('', 'clock', t('draws.rules')),
      whom.node,
      waiting,
      trouble,
      h('div', { class: 'buttons' }, yes, button(t('common.close'), { kind: 'plain', wide: true, onclick: close, testid: 'close-sheet' }))
    ];
  });
}
