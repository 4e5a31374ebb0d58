// Builds DOM nodes. Text is always text: nothing that comes from a server is ever parsed as markup here.
const SVG = 'http://www.w3.org/2000/svg';

/**
 * h('button', {class: 'x', onclick: fn, testid: 'book'}, 'text', node, [nodes]); null and false are left out.
 * `style` takes an object and goes through the CSSOM, which the content security policy allows.
 */
export function h(tag, props, ...children) {
  return fill(document.createElement(tag), props, children);
}

/** The same for SVG. */
export function s(tag, props, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

function fill(node, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) {
    set(node, name, value);
  }
  append(node, children);
  return node;
}

function set(node, name, value) {
  if (value === null || value === undefined || value === false) {
    return;
  }
  if (name.startsWith('on')) {
    node.addEventListener(name.slice(2), value);
  } else if (name === 'style') {
    Object.entries(value).forEach(([key, each]) => node.style.setProperty(key, each));
  } else if (name === 'testid') {
    node.setAttribute('data-testid', value);
  } else if (name === 'value' || name === 'checked' || name === 'disabled') {
    node[name] = value;
  } else {
    node.setAttribute(name, value === true ? '' : value);
  }
}

function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) {
      node.append(child);
    }
  }
}

/** Replaces what is in a node. */
export function show(node, ...children) {
  node.replaceChildren();
  append(node, children);
  return node;
}
