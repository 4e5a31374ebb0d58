import { h, show } from '../dom.js';
import { all } from '../api.js';
import { code, dateAndTime, t } from '../i18n.js';
import { chip, disc, empty, note, pending, row, rows } from '../ui.js';

export default {
  id: 'accesses',
  title: 'access.title',
  render(page) {
    show(page, note('', 'eye', t('access.explained')), pending(() => all('/v1/me/access-log', 1), (items) => (items.length
      ? rows(items.map((entry) => row({
        lead: disc(entry.actorKind === 'CITIZEN' ? 'person' : 'eye', entry.actorKind === 'CITIZEN' ? '' : 'amber'),
        title: `${entry.actor ?? code('actor', entry.actorKind)} · ${code('action', entry.action)}`,
        sub: h('span', { class: 'number' }, dateAndTime(entry.at)),
        trail: entry.outcome && !['OK', 'ALLOWED'].includes(entry.outcome) ? chip(t('access.denied'), 'warn') : null,
        testid: 'access' })), 'accesses')
      : empty('eye', t('access.none'), t('access.noneHint')))));
  }
};
