import { h, show } from '../dom.js';
import { all } from '../api.js';
import { icon } from '../icons.js';
import { t } from '../i18n.js';
import { disc, empty, pending, row, rows } from '../ui.js';

export default {
  id: 'departments',
  title: 'book.department',
  render(page, { params, setTitle }) {
    show(page, pending(() => all(`/v1/hospitals/${encodeURIComponent(params.hospital)}/departments`),
      (departments) => view(departments, params, setTitle)));
  }
};

function view(departments, params, setTitle) {
  if (departments[0]?.hospitalName) {
    setTitle(departments[0].hospitalName);
  }
  const list = h('div', { 'aria-live': 'polite' });
  const search = h('input', { class: 'input', type: 'search', 'aria-label': t('book.searchDepartment'),
    placeholder: t('book.searchDepartment'), oninput: () => update() });
  const update = () => {
    const wanted = search.value.trim();
    const found = departments.filter((each) => `${each.name}${each.specialty ?? ''}`.includes(wanted));
    show(list, found.length
      ? rows(found.map((each) => row({
        href: `/book/${encodeURIComponent(params.hospital)}/${encodeURIComponent(each.code ?? each.id)}`,
        lead: disc('doctor'), title: each.name, sub: each.specialty === each.name ? null : each.specialty,
        testid: `department-${each.code ?? each.id}` })))
      : empty('search', t('book.noneFound'), t('book.noneFoundHint')));
  };
  update();
  return [departments.length > 8 ? h('div', { class: 'search' }, icon('search'), search) : null, list];
}
