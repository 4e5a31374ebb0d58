import { post } from '../api.js';
import { dateOf, readSearch } from '../dates.js';
import { h, show } from '../dom.js';
import { icon } from '../icons.js';
import { code, t } from '../i18n.js';
import { arrows, bones, busy, button, empty, field, refusal } from '../ui.js';

const COLUMNS = ['name', 'sex', 'birthDate', 'phone', 'idNumber'];

export const callersScreen = {
  id: 'callers',
  title: 'callers.title',
  render(main, desk, visit) {
    const results = h('div', { 'aria-live': 'polite', testid: 'candidates' },
      empty('search', t('callers.start'), t('callers.startHint')));
    show(main, h('div', { class: 'panel' }, searchForm(desk, results, visit)), results);
  }
};

function searchForm(desk, results, visit) {
  const box = field('search', t('callers.search'), { placeholder: t('callers.placeholder'), maxlength: 130, spellcheck: 'false' });
  const birth = field('search-birth-date', t('callers.birthDate'), { placeholder: '19900307', inputmode: 'numeric', maxlength: 12 });
  const hint = h('p', { class: 'quiet small', role: 'status', testid: 'search-kind' });
  const submit = button([icon('search'), t('callers.find')], { type: 'submit', testid: 'search-submit' });
  const read = () => {
    const asked = readSearch(box.input.value);
    birth.node.hidden = asked.kind !== 'name' || Boolean(asked.birthDate);
    hint.textContent = t(`callers.by.${asked.kind}`);
    return asked;
  };
  box.input.addEventListener('input', () => {
    box.tell('');
    read();
  });
  read();
  addEventListener('keydown', (event) => {
    if (event.key === '/' && event.target.tagName !== 'INPUT') {
      event.preventDefault();
      box.input.select();
    }
  }, { signal: visit });
  box.input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' && !event.isComposing) {
      event.preventDefault();
      results.querySelector('button')?.focus();
    }
  });
  setTimeout(() => box.input.focus());
  return h('form', { class: 'find', novalidate: true, onsubmit: (event) => {
    event.preventDefault();
    const wish = wishOf(read(), box, birth);
    if (wish) {
      busy(submit, () => search(wish, desk, results));
    }
  } }, h('div', { class: 'find__line' }, box.node, birth.node, submit), hint);
}

/** What to ask the server for; null when something is missing, which is then said. */
function wishOf(asked, box, birth) {
  birth.tell('');
  if (asked.kind === 'nothing' || asked.kind === 'unclear') {
    box.tell(t(`callers.wrong.${asked.kind}`));
    box.input.focus();
    return null;
  }
  if (asked.kind !== 'name') {
    return asked.kind === 'phone' ? { phone: asked.phone } : { idNumber: asked.idNumber };
  }
  const birthDate = asked.birthDate ?? dateOf(birth.input.value);
  if (!birthDate) {
    birth.tell(birth.input.value ? t('error.date') : t('callers.wrong.birthDate'));
    birth.input.focus();
    return null;
  }
  return { name: asked.name, birthDate };
}

async function search(wish, desk, results) {
  show(results, h('div', { class: 'panel' }, bones()));
  try {
    const { items } = await post('/v1/calls/candidates', wish);
    show(results, items.length ? table(items, desk) : empty('search', t('callers.none'), t('callers.noneHint'), 'no-candidates'));
    results.querySelector('button')?.focus();
  } catch (problem) {
    show(results, h('div', { role: 'alert', testid: 'problem' }, refusal(problem)));
  }
}

function table(items, desk) {
  const trouble = h('div', { role: 'alert', testid: 'problem' });
  const open = (candidate, node) => busy(node, async () => {
    try {
      desk.begin(await post('/v1/calls', { person: candidate.person }), candidate);
    } catch (problem) {
      show(trouble, refusal(problem));
    }
  });
  return h('div', { class: 'panel stack' },
    h('div', { class: 'split' }, h('h2', null, t('callers.found', { count: items.length })),
      h('span', { class: 'quiet small' }, h('kbd', null, '↑'), ' ', h('kbd', null, '↓'), ' ', h('kbd', null, '↵'), ' ', t('callers.keys'))),
    h('div', { class: 'people__head people__row', 'aria-hidden': 'true' }, COLUMNS.map((name) => h('span', null, t(`person.${name}`))), h('span')),
    arrows(h('ul', { class: 'people' }, items.map((candidate) => h('li', null, row(candidate, open))))),
    trouble);
}

function row(candidate, open) {
  const cells = COLUMNS.map((name) => h('span', { class: name === 'name' ? 'strong' : 'number' },
    name === 'sex' ? code('sex', candidate.sex) : candidate[name] ?? '—'));
  const node = h('button', { type: 'button', class: 'people__row', testid: 'candidate', 'data-person': candidate.person, onclick: () => open(candidate, node) },
    cells, h('span', { class: 'people__open' }, t('callers.open')));
  return node;
}
