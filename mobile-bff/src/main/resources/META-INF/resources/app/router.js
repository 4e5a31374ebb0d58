// Addresses of the app are real addresses: history routes, links that work without it, focus that follows.
import { routes } from './routes.js';

let current = null;
let show = null;

export function startRouter(showScreen) {
  show = showScreen;
  addEventListener('popstate', () => open());
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[href]');
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (link && plain && link.origin === location.origin && !link.target && match(link.pathname)) {
      event.preventDefault();
      go(link.pathname + link.search);
    }
  });
  return open();
}

/** Goes to an address of the app; with `replace` it leaves no step behind. */
export function go(path, { replace = false } = {}) {
  history[replace ? 'replaceState' : 'pushState']({ inApp: true }, '', path);
  return open();
}

/** One step back within the app, or to the parent of a deep link. */
export function back(parent) {
  if (history.state?.inApp) {
    history.back();
  } else {
    go(parent, { replace: true });
  }
}

export function reload() {
  return open();
}

export function match(path) {
  for (const route of routes) {
    const names = [];
    const pattern = route.path.replace(/:(\w+)/g, (whole, name) => {
      names.push(name);
      return '([^/]+)';
    });
    const found = new RegExp(`^${pattern}/?$`).exec(path);
    if (found) {
      return { route, params: Object.fromEntries(names.map((name, i) => [name, decodeURIComponent(found[i + 1])])) };
    }
  }
  return null;
}

async function open() {
  current?.abort();
  const visit = new AbortController();
  current = visit;
  const found = match(location.pathname) ?? match('/');
  const screen = (await loaded(found.route)).default;
  if (!visit.signal.aborted) {
    show(screen, {
      route: found.route,
      params: found.params,
      query: new URLSearchParams(location.search),
      signal: visit.signal
    });
  }
}

/** A screen's code may be out of reach; then a screen that says so takes its place. */
async function loaded(route) {
  try {
    return await route.load();
  } catch {
    return import('./screens/unreachable.js');
  }
}

/** Fetches the code of every screen while nothing else is to do, so that a lost network loses no screen. */
export function prefetch() {
  const wait = globalThis.requestIdleCallback ?? ((work) => setTimeout(work, 1000));
  wait(async () => {
    await import('./screens/unreachable.js').catch(() => {});
    for (const route of routes) {
      await route.load().catch(() => {});
    }
  });
}
