// The frame around every screen: bar, tabs, toasts, what stands in the way of the network.
import { h, show } from './dom.js';
import { icon } from './icons.js';
import { t } from './i18n.js';
import { back } from './router.js';
import { onUnread, unreadCount } from './unread.js';

const TABS = [
  ['home', '/', 'home'],
  ['book', '/book', 'calendar'],
  ['card', '/card', 'card'],
  ['inbox', '/inbox', 'bell'],
  ['me', '/me', 'person']
];

let toasts = null;

/** Shows a screen in its frame and moves the focus to its title; a sheet of the screen before does not stay over it. */
export function frame(root, screen, visit) {
  document.querySelectorAll('dialog[open]').forEach((each) => each.close());
  const title = t(screen.title);
  const page = h('div', { class: `page${visit.route.bare ? ' page--bare' : ''}` });
  const heading = h('h1', { tabindex: '-1', testid: 'title' }, title);
  const head = screen.ownHead ? null : h('header', { class: 'bar' },
    visit.route.parent
      ? h('button', { type: 'button', class: 'bar__back', 'aria-label': t('common.back'), testid: 'back',
        onclick: () => back(visit.route.parent) }, icon('back'))
      : null,
    heading);
  const main = h('main', { tabindex: '-1', testid: `screen-${screen.id}` }, head, page);
  toasts = h('div', { class: 'toasts', role: 'status', 'aria-live': 'polite' });
  show(root, offlineBanner(visit.signal), main, visit.route.bare ? null : tabs(visit), toasts);
  document.title = `${title} · ${t('app.title')}`;
  scrollTo(0, 0);
  screen.render(page, { ...visit, setTitle: (text) => {
    heading.textContent = text;
    document.title = `${text} · ${t('app.title')}`;
  } });
  (screen.ownHead ? main : heading).focus({ preventScroll: true });
}

function tabs(visit) {
  const badge = h('span', { class: 'badge number', 'aria-hidden': 'true', testid: 'unread-badge' });
  const spoken = h('span', { class: 'visually-hidden' });
  const update = (count) => {
    badge.hidden = !count;
    badge.textContent = count > 99 ? '99+' : String(count);
    spoken.textContent = count ? t('inbox.unreadCount', { count }) : '';
  };
  update(unreadCount());
  onUnread(update, visit.signal);
  return h('nav', { class: 'tabs', 'aria-label': t('tabs.label') }, TABS.map(([name, href, symbol]) =>
    h('a', { class: 'tab', href, testid: `tab-${name}`, 'aria-current': visit.route.tab === name ? 'page' : null },
      icon(symbol), h('span', null, t(`tabs.${name}`)), name === 'inbox' ? [badge, spoken] : null)));
}

function offlineBanner(signal) {
  const banner = h('div', { class: 'offline', role: 'status', testid: 'offline' }, icon('cloud'), t('error.offlineBanner'));
  const update = () => {
    banner.hidden = navigator.onLine !== false;
  };
  update();
  addEventListener('online', update, { signal });
  addEventListener('offline', update, { signal });
  return banner;
}

export function toast(text) {
  const node = h('div', { class: 'toast', testid: 'toast' }, text);
  toasts.append(node);
  setTimeout(() => node.remove(), 4000);
}

/** A sheet from below; `fill` gets a function that closes it. Escape closes it too, focus goes back by itself. */
export function sheet(label, fill) {
  const dialog = h('dialog', { class: 'sheet', 'aria-label': label, testid: 'sheet' });
  const close = () => dialog.close();
  dialog.append(h('div', { class: 'sheet__body' }, fill(close)));
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', (event) => event.target === dialog && close());
  document.body.append(dialog);
  dialog.showModal();
  return { close, dialog };
}
