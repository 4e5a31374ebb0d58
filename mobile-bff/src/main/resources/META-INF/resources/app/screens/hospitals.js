import { h, show } from '../dom.js';
import { all } from '../api.js';
import { icon } from '../icons.js';
import { code, t } from '../i18n.js';
import { rememberRules } from '../rules.js';
import { disc, empty, pending, row, rows } from '../ui.js';
import { findings, nearby } from './find.js';

export default {
  id: 'hospitals',
  title: 'book.title',
  render(page) {
    show(page, pending(() => all('/v1/hospitals'), view));
  }
};

function view(hospitals) {
  rememberRules(hospitals);
  let kind = 'HOSPITAL';
  const list = h('div', { 'aria-live': 'polite' });
  const more = findings();
  const close = nearby();
  const search = h('input', { class: 'input', type: 'search', 'aria-label': t('book.search'), placeholder: t('book.search'),
    testid: 'hospital-search', maxlength: 40, oninput: () => {
      update();
      more.ask(search.value.trim());
    } });
  const kinds = ['HOSPITAL', 'CENTRE'].map((each) => h('button', { type: 'button', class: 'segment', testid: `kind-${each}`,
    onclick: () => {
      kind = each;
      update();
    } }, code('kind', each)));

  const update = () => {
    const wanted = search.value.trim().toLowerCase();
    kinds.forEach((node, i) => node.setAttribute('aria-pressed', String(['HOSPITAL', 'CENTRE'][i] === kind && !wanted)));
    const found = hospitals.filter((each) => (wanted
      ? [each.name, each.address, ...(each.aliases ?? [])].some((text) => text?.toLowerCase().includes(wanted))
      : (each.kind ?? 'HOSPITAL') === kind));
    close.hidden = Boolean(wanted) || kind !== 'CENTRE';
    show(list, found.length
      ? rows(found.map((each) => row({ href: `/book/${encodeURIComponent(each.id)}`, lead: disc('hospital', each.kind === 'CENTRE' ? 'amber' : ''),
        title: each.name, sub: [each.level, each.address].filter(Boolean).join(' · '), testid: `hospital-${each.id}` })), 'hospitals')
      : wanted ? null : empty('search', t('book.noneFound'), t('book.noneFoundHint')));
  };
  update();
  return [h('div', { class: 'search' }, icon('search'), search), h('div', { class: 'segments', role: 'group', 'aria-label': t('book.kind') }, kinds), close, more.place, list];
}
