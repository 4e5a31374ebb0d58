// The one way to the server. Tokens live in this module's memory and nowhere else: a reload is a new login.
import { settings } from './settings.js';

const TIMEOUT = 15000;
const RETRY_AFTER = 700;
const RENEW_BEFORE = 30000;
const NOT_MODIFIED = 304;
const PAGE = 200;

let tokens = null;
let expiresAt = 0;
let renewing = null;
let onOver = () => {};

/** A refusal (RFC 9457), or trouble on the way: then `network` is true. */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail ?? body.title ?? '');
    this.status = status;
    this.name = (body.type ?? '').split('/').pop();
    this.detail = body.detail ?? body.title ?? '';
    this.rule = body.rule;
    this.liftsAt = body.liftsAt;
    this.errors = body.errors ?? [];
    this.violations = body.violations ?? [];
    this.network = status === 0;
  }
}

/** What to do when the session is over. */
export function whenOver(listener) {
  onOver = listener;
}

export const loggedIn = () => tokens !== null;

/** What the token says: what to show, never what is allowed, which is the server's to say. */
function claim(name) {
  const claims = tokens?.accessToken.split('.')[1];
  return (claims && JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/')))[name]) || [];
}

export const hasRole = (role) => claim('groups').includes(role);

/** The institutions that this member of staff works for; none for who works for the region. */
export const institutions = () => claim('sources');

/** Opens a session of a member of staff. */
export async function openSession(username, password) {
  take(await read(await send('POST', '/v1/staff/login', { body: { username, password } })));
}

/** Ends the session on the server too; a page that is going away does not wait for it. */
export async function closeSession({ leaving = false } = {}) {
  const ending = tokens;
  tokens = null;
  if (ending) {
    await send('POST', '/v1/logout', { headers: bearer(ending), body: {}, keepalive: leaving }).catch(() => {});
  }
}

function take(answer) {
  tokens = answer;
  expiresAt = Date.now() + answer.expiresIn * 1000;
}

/** Renews the token, once for all callers: a refresh token is good for one use. */
function renew() {
  renewing ??= (async () => {
    take(await read(await send('POST', '/v1/login/refresh', { body: { refreshToken: tokens.refreshToken } })));
  })().finally(() => {
    renewing = null;
  });
  return renewing;
}

export const get = (path, options) => call('GET', path, options);
export const remove = (path) => call('DELETE', path);
/** Sends a file as it is. */
export const upload = (path, file) => call('POST', path, { raw: file });
/** Replaces a version that was read; `version` is its ETag's, absent for something new. */
export const put = (path, body, { version } = {}) => call('PUT', path, { body, headers: version === undefined ? {} : { 'If-Match': `"${version}"` } });
export const post = (path, body, options) => call('POST', path, { body: body ?? {}, ...options });

/** A UUID: the key of one attempt, so that a retry after a lost answer does nothing twice, or the id of something new. */
export const attemptKey = () => (crypto.randomUUID ? crypto.randomUUID()
  : [...crypto.getRandomValues(new Uint8Array(16))].map((each, i) => ([4, 6, 8, 10].includes(i) ? '-' : '') + each.toString(16).padStart(2, '0')).join(''));

/**
 * Reads what a screen asks for again and again: null while it is as it was. `version` is an object that remembers which one that
 * is.
 */
export async function getIfNew(path, version) {
  const answer = await authorised('GET', path, { headers: version.tag ? { 'If-None-Match': version.tag } : {} });
  if (answer.status === NOT_MODIFIED) {
    return null;
  }
  const body = await read(answer);
  version.tag = answer.headers.get('ETag');
  return body;
}

/** All items of a paged list, at most `pages` pages. */
export async function all(path, pages = 10) {
  const items = [];
  let cursor = null;
  for (let page = 0; page < pages; page++) {
    const query = `${path.includes('?') ? '&' : '?'}limit=${PAGE}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
    const answer = await get(path + query);
    items.push(...(answer.items ?? []));
    cursor = answer.next;
    if (!cursor) {
      break;
    }
  }
  return items;
}

async function call(method, path, options = {}) {
  const attempt = async () => read(await authorised(method, path, options));
  try {
    return await attempt();
  } catch (problem) {
    // Reading again is harmless; so is a create that carries its key.
    if (!(problem.network || problem.status === 503) || !(method === 'GET' || options.key)) {
      throw problem;
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER));
    return attempt();
  }
}

async function authorised(method, path, options) {
  if (tokens && expiresAt - Date.now() < RENEW_BEFORE) {
    await orOver(renew());
  }
  let answer = await send(method, path, withToken(options));
  if (answer.status === 401 && tokens) {
    await orOver(renew());
    answer = await send(method, path, withToken(options));
  }
  if (answer.status === 401) {
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
  if (tokens) {
    tokens = null;
    onOver();
  }
}

const bearer = (of) => ({ Authorization: `Bearer ${of.accessToken}` });

function withToken(options) {
  return {
    ...options,
    headers: { ...options.headers, ...(tokens ? bearer(tokens) : {}), ...(options.key ? { 'Idempotency-Key': options.key } : {}) }
  };
}

async function send(method, path, { headers = {}, body, raw, keepalive = false, timeout = TIMEOUT } = {}) {
  try {
    return await fetch(path, {
      method,
      headers: {
        Accept: 'application/json',
        'Accept-Language': settings.language,
        ...(body ? { 'Content-Type': 'application/json' } : raw ? { 'Content-Type': raw.type || 'application/octet-stream' } : {}),
        ...headers
      },
      body: body ? JSON.stringify(body) : raw,
      signal: AbortSignal.timeout(timeout),
      credentials: 'omit',
      cache: 'no-store',
      keepalive
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
  return new Problem(answer.status, body);
}
