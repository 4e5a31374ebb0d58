// How a draw was drawn, in plain words, and computed anew on the phone that asks.
import { h, show } from '../dom.js';
import { get } from '../api.js';
import { code, dateAndTime, hospitalOf, longDay, t } from '../i18n.js';
import { busy, button, chip, facts, note, panel, pending, section } from '../ui.js';

const PAGE = 2000;
const ENDED = ['DRAWN', 'DONE'];

export default {
  id: 'draw',
  title: 'draw.title',
  render(page, { params }) {
    show(page, pending(() => get(`/v1/draws/${encodeURIComponent(params.id)}`), view));
  }
};

function view(draw) {
  const noon = `${draw.date}T12:00:00+08:00`;
  return h('div', { class: 'stack', style: { gap: '18px' }, testid: 'draw', 'data-status': draw.status },
    panel(h('div', { class: 'stack' }, h('div', { class: 'stack stack--tight' },
      h('span', { class: 'strong' }, [draw.departmentName, draw.doctorName].filter(Boolean).join(' · ')),
      h('span', { class: 'number' }, `${longDay(noon)} ${t(draw.half === 'AM' ? 'book.morning' : 'book.afternoon')}`),
      h('span', { class: 'quiet small' }, hospitalOf(draw)),
      h('div', { class: 'inline' }, chip(code('drawState', draw.status), draw.status === 'STOPPED' ? 'bad' : draw.status === 'DONE' ? 'good' : ''))),
    facts([
      [t('draw.closes'), dateAndTime(draw.closesAt)],
      [t('draw.draws'), dateAndTime(draw.drawnAt ?? draw.drawsAt)],
      [t('draw.units'), String(draw.units)],
      [t('draw.entries'), String(draw.entries)]
    ]))),
    section(t('draw.how'), null, panel(h('ol', { class: 'steps' },
      ['draw.stepSeal', 'draw.stepList', 'draw.stepOpen', 'draw.stepOrder'].map((step) => h('li', null, t(step)))))),
    section(t('draw.proof'), null, panel(h('div', { class: 'stack' }, facts([
      [t('draw.commitment'), draw.commitment],
      [t('draw.digest'), draw.digest ?? t('draw.later')],
      [t('draw.seed'), draw.seed ?? t('draw.later')]
    ]), ENDED.includes(draw.status) ? check(draw) : null))));
}

/** Browsers hash in secure places only; elsewhere the numbers are still there to be checked with any tool. */
function check(draw) {
  const result = h('div', { role: 'status', testid: 'draw-checked' });
  const again = button(t('draw.check'), { kind: 'soft', wide: true, testid: 'check-draw', onclick: () => busy(again, async () => {
    try {
      const right = await sameOrder(draw);
      show(result, note(right ? 'good' : 'bad', right ? 'check' : 'shield', t(right ? 'draw.right' : 'draw.wrong', { entries: draw.entries })));
    } catch {
      show(result, note('', 'cloud', t('error.network')));
    }
  }) });
  return globalThis.crypto?.subtle ? h('div', { class: 'stack' }, again, result) : null;
}

async function sameOrder(draw) {
  const list = await listOf(draw);
  const ids = list.map((each) => each.id);
  const digest = await hash([...ids].sort().map((id) => `${id}\n`).join(''));
  if (await hash(draw.seed) !== draw.commitment || digest !== draw.digest || list.length !== draw.entries) {
    return false;
  }
  const keys = await Promise.all(ids.map((id) => hash(`${draw.seed}:${digest}:${id}`)));
  return keys.every((key, i) => list[i].rank === i + 1 && (i === 0 || keys[i - 1] < key));
}

async function listOf(draw) {
  const list = [];
  let cursor = '';
  do {
    const page = await get(`/v1/draws/${draw.id}/entries?limit=${PAGE}&cursor=${encodeURIComponent(cursor)}`);
    list.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return list;
}

async function hash(text) {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(bytes)].map((each) => each.toString(16).padStart(2, '0')).join('');
}
