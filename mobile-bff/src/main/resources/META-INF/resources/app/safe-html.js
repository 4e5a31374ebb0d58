// Markup of articles, taken over element by element: what is not on the list is left out with its attributes.
import { h } from './dom.js';

const KEPT = new Set(['h2', 'h3', 'h4', 'p', 'ul', 'ol', 'li', 'strong', 'em', 'b', 'i', 'br', 'hr', 'blockquote', 'table',
  'thead', 'tbody', 'tr', 'th', 'td', 'a', 'code', 'sub', 'sup', 'dl', 'dt', 'dd']);
const DROPPED = new Set(['script', 'style', 'iframe', 'object', 'template', 'noscript', 'svg', 'math']);

/** Nodes of a text that the server calls safe, and that is made safe here again. */
export function safe(html) {
  return children(new DOMParser().parseFromString(html, 'text/html').body);
}

function children(node) {
  return [...node.childNodes].flatMap((child) => {
    if (child.nodeType === Node.TEXT_NODE) {
      return [document.createTextNode(child.data)];
    }
    const name = child.nodeType === Node.ELEMENT_NODE ? child.localName : '';
    if (!name || DROPPED.has(name)) {
      return [];
    }
    if (!KEPT.has(name)) {
      return name === 'h1' ? [h('h2', null, children(child))] : children(child);
    }
    return [h(name, name === 'a' ? link(child) : null, children(child))];
  });
}

function link(node) {
  const href = node.getAttribute('href') ?? '';
  return /^(https:\/\/|\/)/.test(href) ? { href, rel: 'noopener', target: href.startsWith('/') ? null : '_blank' } : null;
}
