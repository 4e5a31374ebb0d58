import { h, show } from '../dom.js';
import { closeSession, get } from '../api.js';
import { icon } from '../icons.js';
import { code, t } from '../i18n.js';
import { useLanguage } from '../language.js';
import { go } from '../router.js';
import { settings } from '../settings.js';
import { stopUnread } from '../unread.js';
import { bones, busy, button, chip, disc, panel, pending, row, rows, section } from '../ui.js';

export default {
  id: 'me',
  title: 'me.title',
  render(page) {
    show(page,
      pending(() => get('/v1/me'), who, () => bones(1)),
      rows([
        row({ href: '/appointments', lead: disc('calendar'), title: t('appointment.list'), testid: 'me-appointments' }),
        row({ href: '/referrals', lead: disc('hospital'), title: t('referral.title'), testid: 'me-referrals' }),
        row({ href: '/family', lead: disc('person'), title: t('family.title'), sub: t('family.sub'), testid: 'me-family' }),
        row({ href: '/reports', lead: disc('report', 'blue'), title: t('report.list') }),
        row({ href: '/me/limits', lead: disc('shield', 'amber'), title: t('limits.title'), sub: t('limits.sub'), testid: 'me-limits' }),
        row({ href: '/me/access-log', lead: disc('eye', 'amber'), title: t('access.title'), sub: t('access.about'), testid: 'me-access-log' })
      ]),
      section(t('settings.title'), null, languages(), elder()),
      leave());
  }
};

function who(me) {
  return panel(h('div', { class: 'whoami', testid: 'whoami' },
    h('span', { class: 'avatar', 'aria-hidden': 'true' }, me.name ? [...me.name][0] : icon('person')),
    h('div', { class: 'row__body' },
      h('span', { class: 'strong' }, me.name ?? t('me.noName')),
      h('span', { class: 'quiet small number' }, me.phone ?? '')),
    me.level >= 2 ? chip(code('level', me.level), 'good')
      : button(t('identity.go'), { kind: 'soft', href: '/identity', testid: 'me-identity' })));
}

function languages() {
  return h('div', { class: 'segments', role: 'group', 'aria-label': t('settings.language') },
    [['zh-CN', '简体中文'], ['en', 'English']].map(([language, name]) => h('button', {
      type: 'button', class: 'segment', lang: language, testid: `language-${language}`,
      'aria-pressed': String(settings.language === language), onclick: () => useLanguage(language)
    }, name)));
}

function elder() {
  const node = h('button', { type: 'button', class: 'row panel', role: 'switch', 'aria-checked': String(settings.elder), testid: 'elder',
    onclick: () => {
      settings.elder = !settings.elder;
      node.setAttribute('aria-checked', String(settings.elder));
    } },
  disc('text'),
  h('span', { class: 'row__body' }, h('span', { class: 'strong' }, t('settings.elder')), h('span', { class: 'quiet small' }, t('settings.elderHint'))),
  h('span', { class: 'switch', 'aria-hidden': 'true' }));
  return node;
}

function leave() {
  const node = button(t('me.logout'), { kind: 'plain', wide: true, testid: 'logout', onclick: () => busy(node, async () => {
    stopUnread();
    await closeSession().catch(() => {});
    await go('/login', { replace: true });
  }) });
  return node;
}
