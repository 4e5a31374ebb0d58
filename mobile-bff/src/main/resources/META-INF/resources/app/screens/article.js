import { h, show } from '../dom.js';
import { get } from '../api.js';
import { date, t } from '../i18n.js';
import { safe } from '../safe-html.js';
import { note, panel, pending } from '../ui.js';

export default {
  id: 'article',
  title: 'article.title',
  render(page, { params, setTitle }) {
    show(page, pending(() => get(`/v1/education/articles/${params.id}`), (article) => view(article, setTitle)));
  }
};

function view(article, setTitle) {
  setTitle(article.title);
  const sources = [article.sources ?? []].flat();
  return h('div', { class: 'stack', style: { gap: '16px' } },
    h('p', { class: 'quiet' }, article.summary),
    panel(h('div', { class: 'article', testid: 'article-text' }, safe(article.html ?? ''))),
    sources.length ? h('div', { class: 'small quiet stack stack--tight' },
      h('p', { class: 'strong' }, t('article.sources')), sources.map((each) => h('p', null, each.title ?? each)),
      article.reviewedOn ? h('p', null, t('article.reviewed', { date: date(article.reviewedOn) })) : null) : null,
    note('', 'book', t('article.disclaimer')));
}
