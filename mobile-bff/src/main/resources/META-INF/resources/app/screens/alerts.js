import { h, show } from '../dom.js';
import { all } from '../api.js';
import { code, date, hospitalOf, t } from '../i18n.js';
import { chip, disc, empty, facts, note, panel, pending } from '../ui.js';

export default {
  id: 'alerts',
  title: 'alert.list',
  render(page) {
    show(page, pending(() => all('/v1/me/alerts', 3), (items) => (items.length
      ? h('div', { class: 'stack', style: { gap: '14px' } }, note('', 'shield', t('alert.about')), items.map(view))
      : empty('shield', t('alert.none'), t('alert.noneHint')))));
  }
};

function view(alert) {
  const first = String(alert.tier) === '1';
  return panel(h('article', { class: 'stack', testid: 'alert' },
    h('div', { class: 'head' },
      h('div', { class: 'doctor__who' }, disc('shield', first ? 'seal' : 'amber'), h('h2', null, alert.title)),
      chip(code('tier', alert.tier), first ? 'bad' : 'warn')),
    h('p', null, alert.text),
    facts([
      [t('alert.medication'), alert.medication],
      [t('alert.allergy'), alert.allergy?.text],
      [t('alert.status'), alert.status === 'RESOLVED' ? t('alert.resolved') : null]
    ]),
    h('p', { class: 'quiet small' }, [hospitalOf(alert), date(alert.at)].filter(Boolean).join(' · '))));
}
