import { h, show } from '../dom.js';
import { all, post } from '../api.js';
import { dateAndTime, t } from '../i18n.js';
import { go, match } from '../router.js';
import { onUnread, refreshUnread } from '../unread.js';
import { empty, pending, row, rows } from '../ui.js';

export default {
  id: 'inbox',
  title: 'inbox.title',
  render(page, { signal }) {
    const place = h('div', null);
    const fill = () => show(place, pending(() => all('/v1/me/inbox', 2), list));
    fill();
    onUnread(() => fill(), signal);
    show(page, place);
  }
};

function list(items) {
  return items.length
    ? rows(items.map((notice) => row({
      onclick: () => open(notice),
      lead: notice.readAt ? h('span', { class: 'read' }) : h('span', { class: 'unread' }, h('span', { class: 'visually-hidden' }, t('inbox.unread'))),
      title: notice.title,
      sub: h('span', { class: 'stack stack--tight' }, h('span', null, notice.body), h('span', { class: 'number' }, dateAndTime(notice.at))),
      testid: 'notice' })), 'inbox')
    : empty('bell', t('inbox.none'), t('inbox.noneHint'));
}

async function open(notice) {
  const read = notice.readAt ? null : post(`/v1/me/inbox/${notice.id}/read`).then(refreshUnread).catch(() => {});
  notice.readAt ??= new Date().toISOString();
  if (notice.link && match(notice.link)) {
    await go(notice.link);
  }
  await read;
}
