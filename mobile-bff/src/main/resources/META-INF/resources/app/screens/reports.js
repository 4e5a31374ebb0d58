import { show } from '../dom.js';
import { all } from '../api.js';
import { code, date, hospitalOf, t } from '../i18n.js';
import { chip, disc, empty, pending, row, rows } from '../ui.js';
import { abnormal } from './home.js';

export default {
  id: 'reports',
  title: 'report.list',
  render(page) {
    show(page, pending(() => all('/v1/me/reports', 3), (items) => (items.length
      ? rows(items.map((report) => row({
        href: `/reports/${report.id}`,
        lead: disc(report.category === 'RAD' || report.category === 'IMAGING' ? 'scan' : 'report', 'blue'),
        title: report.title,
        sub: `${hospitalOf(report)} · ${date(report.issuedAt)}`,
        trail: ['CANCELLED', 'SUPERSEDED', 'CORRECTED'].includes(report.status)
          ? chip(code('reportStatus', report.status), 'warn') : abnormal(report),
        testid: 'report' })), 'reports')
      : empty('report', t('report.none'), t('report.noneHint')))));
  }
};
