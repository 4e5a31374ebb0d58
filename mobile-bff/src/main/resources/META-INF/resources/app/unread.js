// How many notices are unread: live while the page is open, in the tab bar and wherever somebody listens.
import { events, get, loggedIn } from './api.js';

const QUIET = 5000;
const LONGEST = 60000;
const listeners = new Set();
let stream = null;
let count = 0;

export const unreadCount = () => count;

export function onUnread(listener, signal) {
  listeners.add(listener);
  signal?.addEventListener('abort', () => listeners.delete(listener));
}

export function startUnread() {
  if (!stream && loggedIn()) {
    stream = new AbortController();
    follow(stream.signal);
  }
}

export function stopUnread() {
  stream?.abort();
  stream = null;
  tell(0);
}

/** Asks once, after something here was read. */
export async function refreshUnread() {
  tell((await get('/v1/me/inbox/unread')).count ?? 0);
}

async function follow(signal) {
  let wait = QUIET;
  await refreshUnread().catch(() => {});
  while (!signal.aborted) {
    try {
      for await (const event of events('/v1/me/inbox/stream', signal)) {
        wait = QUIET;
        await heard(event);
      }
    } catch {
      // Out of reach for now; asked again below.
    }
    await new Promise((resolve) => setTimeout(resolve, wait));
    wait = Math.min(wait * 2, LONGEST);
  }
}

async function heard(event) {
  let data = null;
  try {
    data = JSON.parse(event.data);
  } catch {
    return;
  }
  if (typeof data.count === 'number' || typeof data.unread === 'number') {
    tell(data.count ?? data.unread);
  } else {
    const before = count;
    await refreshUnread().catch(() => {});
    if (count === before) {
      listeners.forEach((listener) => listener(count));
    }
  }
}

function tell(now) {
  const changed = now !== count;
  count = now;
  if (changed) {
    listeners.forEach((listener) => listener(count));
  }
}
