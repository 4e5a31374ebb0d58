import { h, show } from '../dom.js';
import { all } from '../api.js';
import { icon } from '../icons.js';
import { t } from '../i18n.js';
import { disc, empty, pending, row, rows } from '../ui.js';

const PAUSE = 250;

export default {
  id: 'articles',
  title: 'article.list',
  render(page, { query }) {
    const list = h('div', { 'aria-live': 'polite' });
    let timer = null;
    const find = () => {
      const words = search.value.trim();
      history.replaceState(history.state, '', words ? `/articles?q=${encodeURIComponent(words)}` : '/articles');
      const path = `/v1/education/articles${words ? `?q=${encodeURIComponent(words)}` : ''}`;
      show(list, pending(() => all(path, 1), (items) => (items.length
        ? rows(items.map((article) => row({ href: `/articles/${article.id}`, lead: disc('book', 'amber'), title: article.title,
          sub: article.summary, testid: 'article' })), 'articles')
        : empty('search', t('article.none'), t('article.noneHint')))));
    };
    const search = h('input', { class: 'input', type: 'search', 'aria-label': t('article.search'), placeholder: t('article.search'),
      value: query.get('q') ?? '', testid: 'article-search', oninput: () => {
        clearTimeout(timer);
        timer = setTimeout(find, PAUSE);
      } });
    show(page, h('div', { class: 'search' }, icon('search'), search), list);
    find();
  }
};
