// Small pieces that every screen is made of.
import { h, show } from './dom.js';
import { icon } from './icons.js';
import { t } from './i18n.js';

export const chip = (text, kind) => h('span', { class: `chip${kind ? ` chip--${kind}` : ''}` }, text);

export const panel = (...children) => h('div', { class: 'panel' }, ...children);

export const disc = (name, kind) => h('span', { class: `disc${kind ? ` disc--${kind}` : ''}` }, icon(name));

/** A line that leads somewhere. */
export function row({ href, onclick, lead, title, sub, trail, testid, class: extra = '' }) {
  const body = [
    lead,
    h('span', { class: 'row__body' },
      h('span', { class: 'strong' }, title),
      sub ? h('span', { class: 'quiet small' }, sub) : null),
    trail,
    href || onclick ? icon('next') : null
  ];
  const props = { class: `row ${extra}`, testid };
  return href ? h('a', { href, ...props }, body)
    : onclick ? h('button', { type: 'button', onclick, ...props }, body)
      : h('div', props, body);
}

/** Lines in one surface. */
export const rows = (items, testid) =>
  h('ul', { class: 'panel panel--flush rows', testid }, items.map((item) => h('li', null, item)));

export function section(title, more, ...children) {
  return h('section', { class: 'section' },
    h('div', { class: 'section__head' }, h('h2', null, title), more),
    ...children);
}

export const more = (href, text = t('common.all')) => h('a', { class: 'more', href }, text, icon('next'));

export function facts(entries) {
  return h('dl', { class: 'facts' }, entries.filter(([, value]) => value)
    .map(([name, value]) => h('div', null, h('dt', null, name), h('dd', null, value))));
}

export function note(kind, name, ...children) {
  return h('div', { class: `note${kind ? ` note--${kind}` : ''}` }, icon(name), h('div', null, ...children));
}

export function empty(name, title, text, action) {
  return h('div', { class: 'empty', testid: 'empty' }, icon(name), h('strong', null, title), text ? h('p', null, text) : null, action);
}

export function button(text, props = {}) {
  const { kind, wide, ...rest } = props;
  const style = ['button', kind ? `button--${kind}` : '', wide ? 'button--wide' : ''].join(' ').trim();
  return rest.href ? h('a', { class: style, ...rest }, text) : h('button', { type: 'button', class: style, ...rest }, text);
}

/** Runs work from a button: no second click meanwhile. */
export async function busy(node, work) {
  if (node.disabled) {
    return;
  }
  node.disabled = true;
  node.classList.add('button--busy');
  node.setAttribute('aria-busy', 'true');
  try {
    await work();
  } finally {
    node.disabled = false;
    node.classList.remove('button--busy');
    node.removeAttribute('aria-busy');
  }
}

export const bones = (count = 3, kind = '') =>
  h('div', { class: 'stack', 'aria-hidden': 'true', testid: 'skeleton' },
    Array.from({ length: count }, () => h('div', { class: `bone ${kind}` })));

/** What to tell a person of a problem: the server's own words, or what stands in the way. */
export function said(problem) {
  if (problem.network || problem.status === undefined) {
    return navigator.onLine === false ? t('error.offline') : t('error.network');
  }
  return problem.detail || t('error.unknown');
}

/**
 * A place that is filled when its data is there: bones at first, then what `view` makes of it, or the problem and a way
 * to try again. `load` is called with nothing.
 */
export function pending(load, view, skeleton = () => bones()) {
  const place = h('div', { class: 'section', 'aria-busy': 'true' });
  const attempt = async () => {
    place.setAttribute('aria-busy', 'true');
    show(place, skeleton(), h('p', { class: 'visually-hidden', role: 'status' }, t('common.loading')));
    try {
      const data = await load();
      show(place, view(data, attempt));
    } catch (problem) {
      if (problem.status === undefined) {
        console.error(problem);
      }
      show(place, failed(problem, attempt));
    }
    place.removeAttribute('aria-busy');
  };
  attempt();
  return place;
}

export function failed(problem, again) {
  const locked = problem.status === 403;
  return h('div', { class: 'panel', role: 'alert' },
    empty(locked ? 'lock' : problem.network ? 'cloud' : problem.status === 404 ? 'search' : 'refresh',
      locked ? t('error.level') : problem.status === 404 ? t('error.missing') : t('error.title'),
      locked ? t('error.levelHint') : said(problem),
      locked ? button(t('identity.go'), { href: '/identity' })
        : problem.status === 404 ? null : button(t('common.retry'), { kind: 'soft', onclick: again, testid: 'retry' })));
}

/** Arrows, Home and End move between the buttons of a group that are seen. */
export function arrows(group) {
  group.addEventListener('keydown', (event) => {
    const items = [...group.querySelectorAll('button:not(:disabled)')].filter((item) => item.checkVisibility());
    const at = items.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined && at >= 0) {
      event.preventDefault();
      items[Math.min(items.length - 1, Math.max(0, to))].focus();
    }
  });
  return group;
}

/** A labelled input with a place for its error. */
export function field(id, label, props) {
  const error = h('p', { class: 'error', id: `${id}-error`, role: 'alert' });
  const input = h('input', { class: 'input', id, name: id, 'aria-describedby': `${id}-error`, testid: id, ...props });
  const node = h('div', { class: 'field' }, h('label', { for: id }, label), input, error);
  return {
    node,
    input,
    error,
    tell(text) {
      error.textContent = text ?? '';
      input.setAttribute('aria-invalid', text ? 'true' : 'false');
    }
  };
}
