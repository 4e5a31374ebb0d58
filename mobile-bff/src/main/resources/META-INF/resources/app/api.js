// The one way to the server: the access token lives in this module's memory and nowhere else.
import { settings } from './settings.js';

const TIMEOUT = 15000;
const RETRY_AFTER = 700;
const RENEW_BEFORE = 30000;
const OURS = { 'X-Requested-With': 'kangka' };

let token = null;
let expiresAt = 0;
let renewing = null;
const listeners = new Set();

/** A refusal (RFC 9457), or trouble on the way: then `network` is true. */
export class Problem extends Error {
  constructor(status, body, retryAfter) {
    super(body.detail ?? body.title ?? '');
    this.status = status;
    this.name = (body.type ?? '').split('/').pop();
    this.detail = body.detail ?? body.title ?? '';
    this.rule = body.rule;
    this.liftsAt = body.liftsAt;
    this.violations = body.violations ?? [];
    this.retryAfter = Number(retryAfter) || 0;
    this.network = status === 0;
  }
}

/** Called when the session is over. */
export function onSessionOver(listener) {
  listeners.add(listener);
}

export const loggedIn = () => token !== null;

/** Opens a session by phone code. */
export async function openSession(phone, code) {
  take(await read(await send('POST', '/session', { headers: OURS, body: { phone, code } })));
}

/** Takes up the session of an earlier visit; false when there is none. */
export async function restoreSession() {
  if (!settings.hadSession) {
    return false;
  }
  try {
    await renew();
    return true;
  } catch (problem) {
    if (problem.status === 401) {
      settings.hadSession = false;
      return false;
    }
    throw problem;
  }
}

export async function closeSession() {
  try {
    await send('DELETE', '/session', { headers: OURS });
  } finally {
    forget();
  }
}

/** Renews the token, once for all callers and all tabs: a rotated token must not be used twice. */
export function renew() {
  renewing ??= inTurn(async () => {
    take(await read(await send('POST', '/session/refresh', { headers: OURS })));
  }).finally(() => {
    renewing = null;
  });
  return renewing;
}

function inTurn(work) {
  return navigator.locks ? navigator.locks.request('kangka-session', work) : work();
}

function take(session) {
  token = session.accessToken;
  expiresAt = Date.now() + session.expiresIn * 1000;
  settings.hadSession = true;
}

function forget() {
  token = null;
  settings.hadSession = false;
}

/** Gives something back while the page is left: it outlives the page, and nobody is told what came of it. */
export function letGo(path) {
  if (token) {
    fetch(path, { method: 'DELETE', keepalive: true, headers: withToken({ headers: { Accept: 'application/json' } }).headers, credentials: 'same-origin' })
      .catch(() => {});
  }
}

export const get = (path, options) => call('GET', path, options);
export const remove = (path) => call('DELETE', path);
export const post = (path, body, options) => call('POST', path, { body: body ?? {}, ...options });

/** An `Idempotency-Key`: one for all tries of one attempt. */
export const newKey = () => (crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random()}`);

/** All items of a paged list, at most `pages` pages. */
export async function all(path, pages = 10) {
  const items = [];
  let cursor = null;
  for (let page = 0; page < pages; page++) {
    const query = `${path.includes('?') ? '&' : '?'}limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
    const answer = await get(path + query);
    items.push(...(answer.items ?? []));
    cursor = answer.next;
    if (!cursor) {
      break;
    }
  }
  return items;
}

/** An image that needs the token, as an object URL; revoke it when it is no longer shown. */
export async function image(path) {
  const answer = await authorised('GET', path, { headers: { Accept: 'image/jpeg, image/png' } });
  if (!answer.ok) {
    throw await problemOf(answer);
  }
  return URL.createObjectURL(await answer.blob());
}

/** An open stream of server-sent events; ends by the signal. */
export async function* events(path, signal) {
  const answer = await authorised('GET', path, { headers: { Accept: 'text/event-stream' }, signal, timeout: 0 });
  if (!answer.ok) {
    throw await problemOf(answer);
  }
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    const blocks = (rest + value).split(/\r?\n\r?\n/);
    rest = blocks.pop();
    for (const block of blocks) {
      const event = { type: 'message', data: '' };
      for (const line of block.split(/\r?\n/)) {
        if (line.startsWith('event:')) {
          event.type = line.slice(6).trim();
        } else if (line.startsWith('data:')) {
          event.data += line.slice(5).trim();
        }
      }
      if (event.data) {
        yield event;
      }
    }
  }
}

async function call(method, path, options = {}) {
  const attempt = async () => read(await authorised(method, path, options));
  try {
    return await attempt();
  } catch (problem) {
    // Reading again is harmless; so is a create that carries its key.
    const again = (problem.network || problem.status === 503) && (method === 'GET' || options.key);
    if (!again || options.signal?.aborted) {
      throw problem;
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER));
    return attempt();
  }
}

async function authorised(method, path, options) {
  if (token && expiresAt - Date.now() < RENEW_BEFORE) {
    await orOver(renew());
  }
  let answer = await send(method, path, withToken(options));
  if (answer.status === 401 && token) {
    await orOver(renew());
    answer = await send(method, path, withToken(options));
  }
  if (answer.status === 401 && options.anonymous !== true) {
    over();
  }
  return answer;
}

async function orOver(renewal) {
  try {
    await renewal;
  } catch (problem) {
    if (problem.status === 401) {
      over();
    }
    throw problem;
  }
}

function over() {
  forget();
  listeners.forEach((listener) => listener());
}

function withToken(options) {
  const headers = { ...options.headers };
  if (token) {
    headers.Authorization = `Bearer ${token}`;
  }
  if (options.key) {
    headers['Idempotency-Key'] = options.key;
  }
  return { ...options, headers };
}

async function send(method, path, { headers = {}, body, signal, timeout = TIMEOUT } = {}) {
  const limits = [signal, timeout ? AbortSignal.timeout(timeout) : null].filter(Boolean);
  try {
    return await fetch(path, {
      method,
      headers: {
        Accept: 'application/json',
        'Accept-Language': settings.language,
        ...(body ? { 'Content-Type': 'application/json' } : {}),
        ...headers
      },
      body: body ? JSON.stringify(body) : undefined,
      signal: limits.length > 1 ? AbortSignal.any(limits) : limits[0],
      credentials: 'same-origin',
      cache: 'no-store'
    });
  } catch {
    throw new Problem(0, {});
  }
}

async function read(answer) {
  if (!answer.ok) {
    throw await problemOf(answer);
  }
  const text = await answer.text();
  return text ? JSON.parse(text) : null;
}

async function problemOf(answer) {
  let body = {};
  try {
    body = await answer.json();
  } catch {
    // Not ours; the status says enough.
  }
  return new Problem(answer.status, body, answer.headers.get('Retry-After'));
}
