import { h, show } from '../dom.js';
import { get } from '../api.js';
import { trend } from '../chart.js';
import { icon } from '../icons.js';
import { code, date, dateAndTime, hospitalOf, t } from '../i18n.js';
import { chip, disc, facts, note, panel, pending, row, rows, section } from '../ui.js';

const ARROWS = { H: '↑', HH: '↑↑', L: '↓', LL: '↓↓', A: '!' };

export default {
  id: 'report',
  title: 'report.title',
  render(page, { params, setTitle }) {
    show(page, pending(() => get(`/v1/me/reports/${params.id}`), (report) => view(report, setTitle)));
  }
};

function view(report, setTitle) {
  setTitle(report.title ?? t('report.title'));
  return h('div', { class: 'stack', style: { gap: '16px' } },
    report.supersededBy || report.status === 'SUPERSEDED'
      ? note('warn', 'report', h('p', null, t('report.superseded')),
        report.supersededBy ? h('a', { class: 'more', href: `/reports/${report.supersededBy}` }, t('report.newer')) : null)
      : null,
    panel(facts([
      [t('report.hospital'), hospitalOf(report)],
      [t('report.taken'), report.effectiveAt ? dateAndTime(report.effectiveAt) : null],
      [t('report.issued'), dateAndTime(report.issuedAt)],
      [t('report.status'), report.status ? code('reportStatus', report.status) : null]
    ])),
    report.observations?.length ? section(t('report.values'), null,
      h('div', { class: 'panel panel--flush', testid: 'observations' }, report.observations.map(result))) : null,
    report.conclusion ? section(t('report.conclusion'), null, panel(h('p', null, report.conclusion))) : null,
    report.article ? section(t('report.explained'), null, rows([row({ href: `/articles/${report.article.id}`,
      lead: disc('book', 'amber'), title: report.article.title, sub: t('report.explainedHint'), testid: 'article-link' })])) : null,
    report.earlier?.length ? section(t('report.earlier'), null, rows(report.earlier.map((version) => row({
      href: `/reports/${version.id}`, lead: disc('clock'), title: t('report.version', { version: version.version }),
      sub: date(version.issuedAt) })))) : null,
    h('p', { class: 'small quiet' }, t('report.disclaimer')));
}

function result(observed) {
  const out = ARROWS[observed.flag];
  const numeric = typeof observed.value === 'number';
  return h('article', { class: `result${out ? ' result--out' : ''}`, testid: `value-${observed.code}` },
    h('div', { class: 'result__line' },
      h('h3', { class: 'result__name' }, observed.name),
      h('span', { class: numeric ? 'result__value' : '' }, `${observed.comparator ?? ''}${observed.value ?? ''}`,
        observed.unit ? h('small', null, observed.unit) : null)),
    h('div', { class: 'result__under' },
      h('span', { class: 'quiet small number' }, range(observed.referenceRange)),
      observed.flag ? chip(out ? `${out} ${code('flag', observed.flag)}` : code('flag', observed.flag), out ? 'bad' : 'good') : null),
    (observed.trend?.length ?? 0) > 1
      ? h('details', { testid: `trend-${observed.code}`, open: out ? true : null },
        h('summary', null, icon('next'), t('report.trend', { count: observed.trend.length })),
        trend(observed))
      : null);
}

function range(reference) {
  if (!reference) {
    return '';
  }
  const { low, high, text } = reference;
  const has = (limit) => limit !== null && limit !== undefined;
  const words = has(low) && has(high) ? `${low}–${high}` : has(low) ? `≥ ${low}` : has(high) ? `≤ ${high}` : text ?? '';
  return words ? t('report.range', { range: words }) : '';
}
