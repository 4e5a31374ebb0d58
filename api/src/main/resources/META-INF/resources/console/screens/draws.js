// Draws that the caller takes part in, and taking part.
import { all, attemptKey, get, post, remove } from '../api.js';
import { h, show } from '../dom.js';
import { band, code, dateAndTime, longDay, t } from '../i18n.js';
import { busy, button, chip, dialog, facts, fill, refusal, shownOnTrouble } from '../ui.js';
import { bookingFacts } from './bookings.js';
import { limitsLink } from './limits.js';

const ENTERED = 'ENTERED';

/** The panel is there only while there is something in it. */
export function drawEntries(person) {
  const place = h('div', { testid: 'draw-entries' });
  const node = h('section', { class: 'panel stack', hidden: true }, h('h2', null, t('draws.title')), place);
  const reload = () => fill(place, shownOnTrouble(node, () => all(`/v1/persons/${person}/draw-entries`, 1)), (items) => {
    node.hidden = items.length === 0;
    return h('ul', { class: 'bookings' }, items.map((each) => line(each, reload)));
  }, 1);
  reload();
  return { node, reload };
}

function line(each, again) {
  const trouble = h('div', { role: 'alert' });
  const leave = button(t('draws.leave'), { kind: 'danger-plain', small: true, testid: 'leave-draw', onclick: () => busy(leave, async () => {
    try {
      await remove(`/v1/draw-entries/${each.id}`);
      again();
    } catch (problem) {
      show(trouble, refusal(problem));
    }
  }) });
  return h('li', { class: 'bookings__item', testid: 'draw-entry', 'data-status': each.status },
    h('div', { class: 'stack stack--tight' },
      h('span', { class: 'strong number' }, `${longDay(each.start)} ${band(each.start, each.end)}`),
      h('span', { class: 'small' }, [each.hospitalName, each.departmentName, each.doctorName].filter(Boolean).join(' · ')),
      each.status === ENTERED ? h('span', { class: 'small' }, t('draws.times', { closes: dateAndTime(each.closesAt), draws: dateAndTime(each.drawsAt) })) : null,
      each.reason ? h('span', { class: 'small' }, code('rule', each.reason)) : null, trouble),
    h('span', { class: 'inline' }, chip(code('drawStatus', each.status), each.status === 'WON' ? 'good' : 'soft'),
      each.rank ? h('span', { class: 'quiet small' }, t('draws.rank', { rank: each.rank })) : null,
      each.open && each.status === ENTERED ? leave : null));
}

/** One dialog is one attempt, with one key. */
export function takePart({ slot, person, entered, seeLimits }) {
  const key = attemptKey();
  dialog(t('draws.enterTitle'), 'draw-dialog', (close) => {
    const trouble = h('div', { role: 'alert', class: 'stack', testid: 'draw-refused' });
    const terms = h('div');
    const waiting = h('input', { type: 'checkbox', id: 'draw-waiting', checked: true, testid: 'draw-waiting' });
    const yes = button(t('draws.enter'), { testid: 'confirm-draw', autofocus: true, onclick: () => busy(yes, async () => {
      show(trouble);
      try {
        await post('/v1/draw-entries', { slotId: slot.id, personId: person, waiting: waiting.checked }, { key });
        close();
        entered();
      } catch (problem) {
        show(trouble, refusal(problem), limitsLink(problem, slot.id, close, seeLimits));
        yes.hidden = !problem.network && problem.status !== 503;
      }
    }) });
    if (slot.draw) {
      get(`/v1/draws/${slot.draw}`).then((draw) => show(terms, facts([
        [t('draws.closes'), dateAndTime(draw.closesAt)],
        [t('draws.draws'), dateAndTime(draw.drawsAt)],
        [t('draws.units'), String(draw.units)],
        [t('draws.entries'), String(draw.entries)]])), () => {});
    }
    return [h('h2', null, t('draws.enterTitle')), bookingFacts(slot), terms, h('p', { class: 'quiet small' }, t('draws.rules')),
      h('label', { class: 'inline', for: 'draw-waiting' }, waiting, t('draws.waitToo')), trouble,
      h('div', { class: 'buttons' }, button(t('common.close'), { kind: 'plain', testid: 'close-dialog', onclick: close }), yes)];
  });
}
