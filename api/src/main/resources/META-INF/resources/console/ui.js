// Small pieces that every part of the console is made of.
import { h, show } from './dom.js';
import { icon } from './icons.js';
import { code, dateAndTime, t } from './i18n.js';

const toasts = h('div', { class: 'toasts', role: 'status', 'aria-live': 'polite' });

export const chip = (text, kind, symbol) =>
  h('span', { class: `chip${kind ? ` chip--${kind}` : ''}` }, symbol ? icon(symbol) : null, text);

export const bones = (count = 3) =>
  h('div', { class: 'stack', 'aria-hidden': 'true' }, Array.from({ length: count }, () => h('div', { class: 'bone' })));

export function facts(entries) {
  return h('dl', { class: 'facts' }, entries.filter(([, value]) => value)
    .map(([name, value]) => h('div', null, h('dt', null, name), h('dd', null, value))));
}

export function note(kind, symbol, ...children) {
  return h('div', { class: `note${kind ? ` note--${kind}` : ''}` }, icon(symbol), h('div', null, ...children));
}

export function empty(symbol, title, text, testid) {
  return h('div', { class: 'empty', testid }, icon(symbol), h('strong', null, title), text ? h('p', { class: 'small' }, text) : null);
}

export function button(text, { kind, wide, small, ...rest } = {}) {
  const style = ['button', kind && `button--${kind}`, wide && 'button--wide', small && 'button--small'].filter(Boolean).join(' ');
  return h('button', { type: 'button', class: style, ...rest }, text);
}

/** Runs work from a button: no second click meanwhile. */
export async function busy(node, work) {
  if (node.disabled) {
    return;
  }
  node.disabled = true;
  node.classList.add('button--busy');
  try {
    await work();
  } finally {
    node.disabled = false;
    node.classList.remove('button--busy');
  }
}

/** A labelled input with a place for its error. */
export function field(id, label, props) {
  const error = h('p', { class: 'error', id: `${id}-error`, role: 'alert' });
  const input = h('input', { class: 'input', id, name: id, autocomplete: 'off', 'aria-describedby': `${id}-error`, testid: id, ...props });
  const node = h('div', { class: 'field' }, h('label', { for: id }, label), input, error);
  return {
    node,
    input,
    tell(text) {
      error.textContent = text ?? '';
      input.setAttribute('aria-invalid', text ? 'true' : 'false');
    }
  };
}

/** A labelled list to choose from; `options` are [value, text]. */
export function choice(id, label, options = [], props = {}) {
  const input = h('select', { class: 'input', id, name: id, testid: id, ...props });
  const offer = (offered, value) => {
    show(input, offered.map(([key, text]) => h('option', { value: key, selected: key === value }, text)));
  };
  offer(options, props.value);
  return { node: h('div', { class: 'field' }, h('label', { for: id }, label), input), input, offer };
}

/** A labelled text of several lines with a place for its error. */
export function area(id, label, props) {
  const error = h('p', { class: 'error', id: `${id}-error`, role: 'alert' });
  const input = h('textarea', { class: 'input', id, name: id, 'aria-describedby': `${id}-error`, testid: id, rows: 3, ...props });
  return {
    node: h('div', { class: 'field search__acts' }, h('label', { for: id }, label), input, error),
    input,
    tell(text) {
      error.textContent = text ?? '';
      input.setAttribute('aria-invalid', text ? 'true' : 'false');
    }
  };
}

/** A problem in the server's own words, the rule it comes from, and when that lifts. */
export function refusal(problem) {
  if (problem.status === undefined) {
    console.error(problem);
  }
  const words = problem.network || problem.status === undefined ? t('error.network') : problem.detail || t('error.unknown');
  return note('bad', problem.network ? 'cloud' : 'shield',
    h('p', { class: 'strong' }, words),
    problem.rule ? h('p', null, t('error.rule', { rule: code('rule', problem.rule) })) : null,
    problem.liftsAt ? h('p', null, t('error.liftsAt', { date: dateAndTime(problem.liftsAt) })) : null);
}

/** Fills a place when its data is there: bones at first, then what `view` makes of it, or the problem and a way to try again. */
export async function fill(place, load, view, count = 3) {
  const turn = {};
  place.turn = turn;
  place.setAttribute('aria-busy', 'true');
  show(place, bones(count));
  // A later turn may begin while this one waits; then it is the later one's place.
  const mine = () => place.turn === turn;
  try {
    const data = await load();
    if (mine()) {
      show(place, view(data));
    }
  } catch (problem) {
    if (mine()) {
      show(place, h('div', { class: 'stack', role: 'alert', testid: 'problem' }, refusal(problem),
        button(t('common.retry'), { kind: 'soft', small: true, testid: 'retry', onclick: () => fill(place, load, view, count) })));
    }
  }
  if (mine()) {
    place.removeAttribute('aria-busy');
  }
}

/** For a panel that is hidden while there is nothing in it: that it cannot be read is no reason to stay hidden. */
export const shownOnTrouble = (panel, load) => async () => {
  try {
    return await load();
  } catch (problem) {
    panel.hidden = false;
    throw problem;
  }
};

/** A dialog over the page; `content` gets a function that closes it. Escape closes it, focus goes back by itself. */
export function dialog(label, testid, content) {
  const node = h('dialog', { 'aria-label': label, testid });
  node.append(h('div', { class: 'stack' }, content(() => node.close())));
  // A key held down must not answer the question that it opened.
  node.addEventListener('keydown', (event) => event.repeat && event.key === 'Enter' && event.preventDefault());
  node.addEventListener('close', () => node.remove());
  document.body.append(node);
  node.showModal();
  return node;
}

/** Leaves no dialog over a page that has changed. */
export const closeDialogs = () => document.querySelectorAll('dialog').forEach((node) => node.close());

export function toast(text) {
  const node = h('div', { class: 'toast', testid: 'toast' }, text);
  document.body.append(toasts);
  show(toasts, node);
  setTimeout(() => node.remove(), 4000);
}

/** Arrow keys go from button to button within a group. */
export function arrows(group) {
  group.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const items = [...group.querySelectorAll('button:not(:disabled)')];
    const at = items.indexOf(document.activeElement);
    if (step && at >= 0) {
      event.preventDefault();
      items[Math.min(items.length - 1, Math.max(0, at + step))].focus();
    }
  });
  return group;
}
