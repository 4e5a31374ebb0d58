// Two hospital records side by side: what differs is marked, and a bar per field shows how much it speaks for or against.
import { h } from '../dom.js';
import { code, dateAndTime, t } from '../i18n.js';
import { chip, note } from '../ui.js';
import { differences } from './differences.js';
import { percent } from './reviews.js';

const FULL = 12;
const KINDS = { SAME: 'good', CLOSE: 'warn', DIFFERENT: 'bad', MISSING: null };

export function pairView(pair, names) {
  const { evidence } = pair;
  const scale = Math.max(FULL, ...evidence.fields.map((each) => Math.abs(each.bits)), Math.abs(evidence.prior));
  return h('div', { class: 'stack' },
    h('div', { class: 'split' },
      h('h2', null, t('review.question'), ' ', h('span', { class: 'number', testid: 'review-probability' }, percent(evidence.probability))),
      h('span', { class: 'quiet small' }, t('review.since', { date: dateAndTime(pair.createdAt) }))),
    evidence.veto ? note('warn', 'shield', t('review.veto', { veto: code('veto', evidence.veto) })) : null,
    pair.onePerson ? note('', 'shield', t('review.onePerson')) : null,
    pair.decidedAt ? note('good', 'check', t('review.was', { state: code('review.state', pair.state), by: pair.decidedBy, date: dateAndTime(pair.decidedAt), seconds: pair.seconds })) : null,
    h('table', { class: 'pair', testid: 'review-table' },
      h('thead', null, h('tr', null, h('td'), head(pair.one, names), head(pair.other, names), h('th', { scope: 'col' }, t('review.evidence')))),
      h('tbody', null, evidence.fields.map((each) => fieldRow(each, scale))),
      h('tfoot', null,
        papers(pair),
        sumRow('review.prior', evidence.prior, scale), evidence.household ? sumRow('review.household', evidence.household, scale) : null,
        sumRow('review.sum', evidence.score, scale))));
}

function head(side, names) {
  return h('th', { scope: 'col' }, h('div', { class: 'stack stack--tight' },
    h('span', { class: 'strong' }, names.get(side.source) ?? side.source),
    h('span', { class: 'quiet small number' }, t('review.chart', { chart: side.localId })),
    h('span', { class: 'quiet small number' }, t('review.told', { date: dateAndTime(side.toldAt) })),
    h('span', { class: 'quiet small' }, [side.provisional ? t('review.provisional') : null,
      side.others ? t('review.others', { count: side.others }) : null].filter(Boolean).join(' · '))));
}

function fieldRow(field, scale) {
  const [one, other] = differences(text(field, field.one), text(field, field.other));
  const differs = field.agreement === 'CLOSE' || field.agreement === 'DIFFERENT';
  return h('tr', { class: differs ? 'pair__row pair__row--differs' : 'pair__row', testid: `review-field-${field.name}` },
    h('th', { scope: 'row' }, code('review.field', field.name)), value(one, differs), value(other, differs), bar(field.bits, scale, chip(t(`review.agreement.${field.agreement}`), KINDS[field.agreement]), field.level));
}

function text(field, value) {
  return field.name === 'sex' ? code('review.sex', value) || null : value?.replaceAll(';', ' ') ?? null;
}

function value(parts, differs) {
  return h('td', { class: 'number' }, parts === null
    ? h('span', { class: 'quiet' }, '—')
    : parts.map((part) => (part.same || !differs ? part.text : h('mark', null, part.text))));
}

function bar(bits, scale, what, level) {
  const width = `${(Math.min(1, Math.abs(bits) / scale) * 50).toFixed(1)}%`;
  return h('td', null, h('div', { class: 'evidence' }, what ?? h('span'),
    h('span', { class: 'evidence__track', role: 'img', 'aria-label': t('review.bits', { bits: signed(bits) }), title: level ?? '' },
      bits ? h('span', { class: bits > 0 ? 'evidence__for' : 'evidence__against', style: { width } }) : null),
    h('span', { class: 'number small evidence__bits' }, bits ? signed(bits) : '')));
}

const signed = (bits) => `${bits > 0 ? '+' : '−'}${Math.abs(bits).toFixed(1)}`;

function sumRow(key, bits, scale) {
  return h('tr', { class: key === 'review.sum' ? 'pair__sum' : null }, h('th', { scope: 'row', colspan: '3' }, t(key)), bar(bits, scale));
}

/** All documents, when a record has more than the one that is compared. */
function papers(pair) {
  const all = (side) => side.documents.map((each) => h('div', { class: 'small' }, `${code('review.paper', each.type)} `, h('span', { class: 'number' }, each.number)));
  return Math.max(pair.one.documents.length, pair.other.documents.length) < 2
    ? null
    : h('tr', null, h('th', { scope: 'row' }, t('review.papers')), h('td', null, all(pair.one)), h('td', null, all(pair.other)), h('td'));
}
