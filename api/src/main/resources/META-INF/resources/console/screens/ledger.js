// Reconciliations of bookings: what hospitals listed, what differed from here, and what was done about it.
import { get } from '../api.js';
import { h, show } from '../dom.js';
import { dateAndTime, longDay, t } from '../i18n.js';
import { button, chip, dialog, empty, fill } from '../ui.js';

export const ledgerScreen = {
  id: 'ledger',
  title: 'ledger.title',
  async render(main) {
    const list = h('div', { testid: 'ledger' });
    show(main, h('section', { class: 'panel stack' }, h('h2', null, t('ledger.title')), h('p', { class: 'quiet small' }, t('ledger.hint')), list));
    await fill(list, () => get('/v1/booking-reconciliations?limit=200'), ({ items }) => (items.length
      ? h('ul', { class: 'rows' }, items.map(line))
      : empty('check', t('ledger.none'), '')));
  }
};

function line(report) {
  return h('li', { testid: 'ledger-report', 'data-report': report.id },
    h('span', { class: 'strong' }, report.hospital),
    h('span', { class: 'number small' }, longDay(`${report.day}T12:00:00+08:00`)),
    h('span', { class: 'number small' }, dateAndTime(report.at)),
    h('span', { class: 'small' }, t('ledger.counts', { said: report.said, agreed: report.agreed })),
    report.unsettled ? h('span', { class: 'quiet small' }, t('ledger.unsettled', { count: report.unsettled })) : null,
    chip(report.differing ? t('ledger.differing', { count: report.differing }) : t('ledger.alike'), report.differing ? 'warn' : 'good'),
    report.differing ? button(t('ledger.open'), { kind: 'plain', small: true, testid: 'ledger-open', onclick: () => differences(report) }) : null);
}

function differences(report) {
  dialog(t('ledger.title'), 'ledger-dialog', (close) => {
    const list = h('div', { testid: 'ledger-differences' });
    fill(list, () => get(`/v1/booking-reconciliations/${report.id}`), (whole) => h('ul', { class: 'rows' }, whole.differences.map((each) =>
      h('li', null, h('span', { class: 'number small' }, each.appointment), chip(t(`ledger.kind.${each.kind}`), 'warn'),
        h('span', { class: 'small' }, t('ledger.sides', { ours: side('status', each.ours), theirs: side('ledger.theirs', each.theirs) }))))));
    return [h('h2', null, `${report.hospital} ${longDay(`${report.day}T12:00:00+08:00`)}`), list,
      h('div', { class: 'buttons' }, button(t('common.close'), { kind: 'plain', onclick: close }))];
  });
}

const side = (texts, value) => (value ? t(`${texts}.${value}`) : '—');
