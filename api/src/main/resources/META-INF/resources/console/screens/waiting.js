// What the caller waits for: joining a list, leaving it, and booking what is offered.
import { all, getIfNew, post, remove } from '../api.js';
import { h, show } from '../dom.js';
import { band, code, dateAndTime, isoDay, longDay, t } from '../i18n.js';
import { waitingTerms } from '../rules.js';
import { busy, button, chip, dialog, fill, refusal, shownOnTrouble, toast } from '../ui.js';
import { bookingFacts } from './bookings.js';
import { limitsLink } from './limits.js';

const OPEN = ['WAITING', 'OFFERED'];
const EVERY = 5000;
const MOST = 200;
const FORBIDDEN = 403;

/**
 * The panel is there only while there is something in it; `take` books an offered slot. While somebody waits, an offer comes by
 * itself: it is looked for again and again as long as the `visit` lasts, without a word to the agent while nothing is new.
 */
export function waitingLists(person, take, visit) {
  const path = `/v1/persons/${person}/waiting-entries?limit=${MOST}`;
  const place = h('div', { testid: 'waiting-lists', 'aria-live': 'polite' });
  const node = h('section', { class: 'panel stack', hidden: true }, h('h2', null, t('waiting.title')), place);
  let version = {};
  let open = [];
  const view = ({ items }) => {
    const before = open;
    open = items.filter((each) => OPEN.includes(each.status));
    node.hidden = open.length === 0;
    if (open.some((each) => each.offer && before.some((old) => old.id === each.id && !old.offer))) {
      toast(t('waiting.came'));
    }
    return h('ul', { class: 'bookings' }, open.map((each) => line(each, reload, take)));
  };
  const reload = () => {
    version = {};
    return fill(place, shownOnTrouble(node, () => getIfNew(path, version)), view, 1);
  };
  const look = async () => {
    const asked = version;
    const answer = await getIfNew(path, asked);
    // A reload in between has the newer word.
    if (answer && asked === version && !visit.aborted) {
      keepingFocus(place, () => show(place, view(answer)));
    }
  };
  const ticking = setInterval(() => document.hidden || place.hasAttribute('aria-busy') || !open.length
    || look().catch((problem) => problem.status === FORBIDDEN && clearInterval(ticking)), EVERY);
  visit.addEventListener('abort', () => clearInterval(ticking));
  reload();
  return { node, reload };
}

/** Whoever stands on a button of an entry still does after the list was shown anew. */
function keepingFocus(place, change) {
  const on = place.contains(document.activeElement) ? document.activeElement : null;
  const entry = on?.closest('[data-entry]')?.dataset.entry;
  change();
  if (entry) {
    const now = place.querySelector(`[data-entry="${entry}"]`);
    (now?.querySelector(`[data-testid="${on.dataset.testid}"]`) ?? now?.querySelector('button'))?.focus();
  }
}

function line(each, again, take) {
  const trouble = h('div', { role: 'alert' });
  const leave = button(t(each.offer ? 'waiting.decline' : 'waiting.leave'), { kind: 'danger-plain', small: true, testid: 'leave-waiting', onclick: () => busy(leave, async () => {
    try {
      await remove(`/v1/waiting-entries/${each.id}`);
      again();
    } catch (problem) {
      show(trouble, refusal(problem));
    }
  }) });
  const accept = each.offer
    ? button(t('waiting.accept'), { small: true, testid: 'accept-offer', onclick: () => busy(accept, async () => take(await offered(each), again)) })
    : null;
  const when = each.offer ? `${longDay(each.offer.start)} ${band(each.offer.start, each.offer.end)}`
    : `${longDay(`${each.date}T12:00:00+08:00`)} ${t(each.half === 'AM' ? 'book.morning' : 'book.afternoon')}`;
  return h('li', { class: 'bookings__item', testid: 'waiting-entry', 'data-entry': each.id, 'data-status': each.status },
    h('div', { class: 'stack stack--tight' },
      h('span', { class: 'strong number' }, when),
      h('span', { class: 'small' }, [each.hospitalName, each.departmentName, each.doctorName].filter(Boolean).join(' · ')),
      each.offer ? h('span', { class: 'small' }, t('waiting.kept', { until: dateAndTime(each.offer.expiresAt) })) : null, trouble),
    h('span', { class: 'inline' }, chip(code('waitingStatus', each.status), each.offer ? 'good' : 'soft'),
      each.position ? h('span', { class: 'quiet small' }, t('waiting.position', { position: each.position })) : null, leave, accept));
}

/** The slot of an offer as a list of slots has it: an entry does not say the fee, which the caller is to hear. */
async function offered(entry) {
  const { slotId, start, end, expiresAt } = entry.offer;
  const day = isoDay(start);
  const slots = await all(`/v1/slots?hospital=${encodeURIComponent(entry.hospital)}&doctor=${entry.doctor}&from=${day}&to=${day}`, 1).catch(() => []);
  const slot = slots.find((each) => each.id === slotId) ?? { ...entry, id: slotId, start, end };
  return { ...slot, keptUntil: expiresAt };
}

/** The caller waits for a session that is full. */
export function joinList({ slot, person, joined, seeLimits }) {
  dialog(t('waiting.enterTitle'), 'waiting-dialog', (close) => {
    const trouble = h('div', { role: 'alert', class: 'stack', testid: 'waiting-refused' });
    const yes = button(t('waiting.enterYes'), { testid: 'confirm-waiting', autofocus: true, onclick: () => busy(yes, async () => {
      try {
        await post('/v1/waiting-entries', { slotId: slot.id, personId: person });
        close();
        joined();
      } catch (problem) {
        show(trouble, refusal(problem), limitsLink(problem, slot.id, close, seeLimits));
      }
    }) });
    const terms = h('p', { class: 'quiet small', testid: 'waiting-terms' });
    waitingTerms(slot.hospital).then((text) => show(terms, text)).catch(() => {}); // Whoever is asked to wait can do so without it.
    return [h('h2', null, t('waiting.enterTitle')), bookingFacts({ ...slot, end: null }), terms, trouble,
      h('div', { class: 'buttons' }, button(t('common.close'), { kind: 'plain', testid: 'close-dialog', onclick: close }), yes)];
  });
}
