// What hospitals have of their patients, compared with what they were told: begun here, read again while it goes on.
import { get, post } from '../api.js';
import { hospitals } from '../directory.js';
import { h, show } from '../dom.js';
import { dateAndTime, t } from '../i18n.js';
import { busy, button, chip, dialog, empty, fill, refusal } from '../ui.js';

const EVERY = 3000;
const OTHERS = ['DIFFERS', 'UNKNOWN', 'REFUSED', 'UNANSWERED'];

export const reconciliationsScreen = {
  id: 'reconciliations',
  title: 'reconciliation.title',
  async render(main, desk, visit) {
    const seat = { visit, list: h('div', { testid: 'reconciliations' }), names: new Map() };
    const choice = h('select', { class: 'input', id: 'reconciliation-hospital', testid: 'reconciliation-hospital' });
    const trouble = h('div', { role: 'alert' });
    const begin = button(t('reconciliation.begin'), { testid: 'reconciliation-begin', onclick: () => busy(begin, async () => {
      show(trouble);
      try {
        await post('/v1/reconciliations', { source: choice.value });
      } catch (problem) {
        show(trouble, refusal(problem));
      }
      await look(seat);
    }) });
    show(main, h('section', { class: 'panel stack' }, h('h2', null, t('reconciliation.title')), h('p', { class: 'quiet' }, t('reconciliation.hint')),
      h('div', { class: 'inline' }, h('label', { for: 'reconciliation-hospital' }, t('reconciliation.hospital')), choice, begin), trouble, seat.list));
    const known = (await hospitals().catch(() => [])).filter((each) => each.kind !== 'CENTRE');
    seat.names = new Map(known.map((each) => [each.id, each.name]));
    show(choice, known.map((each) => h('option', { value: each.id }, `${each.name} (${each.id})`)));
    await look(seat);
    const ticking = setInterval(() => document.hidden || look(seat), EVERY);
    visit.addEventListener('abort', () => clearInterval(ticking));
  }
};

async function look(seat) {
  try {
    const runs = await get('/v1/reconciliations?limit=50');
    if (!seat.visit.aborted) {
      show(seat.list, runs.length ? h('ul', { class: 'rows' }, runs.map((run) => line(seat, run))) : empty('check', t('reconciliation.none'), ''));
    }
  } catch (problem) {
    show(seat.list, h('div', { role: 'alert', testid: 'problem' }, refusal(problem)));
  }
}

function line(seat, run) {
  const others = OTHERS.filter((kind) => run.others[kind]);
  return h('li', { testid: 'reconciliation', 'data-source': run.source },
    h('span', { class: 'strong' }, seat.names.get(run.source) ?? run.source),
    h('span', { class: 'quiet small' }, `${dateAndTime(run.startedAt)} · ${run.by}`),
    h('span', { class: 'number' }, t('reconciliation.asked', { count: run.asked })),
    h('span', { class: 'number' }, t('reconciliation.agreed', { count: run.agreed })),
    others.map((kind) => chip(t(`reconciliation.${kind}`, { count: run.others[kind] }), 'bad')),
    chip(t(run.finishedAt ? 'reconciliation.done' : 'reconciliation.going'), run.finishedAt ? 'good' : 'soft'),
    others.length ? button(t('reconciliation.open'), { kind: 'plain', small: true, testid: 'reconciliation-open', onclick: () => differences(seat, run) }) : null);
}

function differences(seat, run) {
  const place = h('div', { class: 'waiting' });
  dialog(t('reconciliation.title'), 'differences-dialog', (close) => [h('h2', null, seat.names.get(run.source) ?? run.source), place,
    h('div', { class: 'buttons' }, button(t('common.close'), { kind: 'plain', onclick: close }))]);
  fill(place, () => get(`/v1/reconciliations/${run.id}/differences?limit=200`), (page) => (page.items.length
    ? h('ul', { class: 'rows' }, page.items.map((each) => h('li', { testid: 'difference' },
      h('span', { class: 'strong number small' }, each.person), h('span', null, t(`reconciliation.kind.${each.kind}`)),
      h('span', { class: 'quiet' }, each.fields.join(' ')), each.told ? chip(t('reconciliation.told'), 'good') : null)))
    : empty('check', t('reconciliation.noDifferences'), '')));
}
