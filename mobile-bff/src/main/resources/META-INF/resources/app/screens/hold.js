// A unit is kept for whoever fills in a sheet: taken when it opens, counted down meanwhile, given back when it closes.
import { h, show } from '../dom.js';
import { letGo, loggedIn, newKey, post, remove } from '../api.js';
import { t } from '../i18n.js';
import { button, note } from '../ui.js';

const TICK = 500;
const SECOND = 1000;
/** For how long a request that got no answer is asked again with its key; after that, what it may have taken comes back by itself. */
const SAME_KEY = 60 * SECOND;

/** What is still on its way back: who opens the same sheet again must not meet their own hold. */
let returning = Promise.resolve();

const unsure = (problem) => problem.network || problem.status === 503 || problem.name === 'idempotency-key-in-progress';
const passing = (problem) => unsure(problem) || problem.status === 429 || problem.name === 'too-many-holds';

function giveBack(id) {
  returning = loggedIn() ? remove(`/v1/holds/${id}`).catch(() => {}) : returning; // Else it comes back by itself.
  return returning;
}

/** "4:59" */
function clock(milliseconds) {
  const seconds = Math.ceil(milliseconds / SECOND);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/**
 * Keeps a unit from now on. `wish()` is the request; `ready(kept, problem, hold)` is told whether a unit is kept now, and why not where
 * there was a refusal, and what is promised with it. In `node` people see for how long, that it is over, and a way to try again.
 */
export function keep(wish, ready) {
  const node = h('div', { class: 'stack', testid: 'hold' });
  const left = h('span', { class: 'number', role: 'timer', testid: 'hold-left' });
  let id = null;
  let until = 0;
  let key = null;
  let asked = 0;
  let asking = null;
  let confirming = false;
  let closed = false;
  let timer = null;

  const say = (state, ...shown) => {
    node.dataset.state = state;
    node.setAttribute('aria-busy', String(state === 'asking'));
    show(node, ...shown);
  };
  const again = () => button(t('hold.again'), { kind: 'soft', wide: true, testid: 'hold-again', onclick: ask });
  const forget = () => {
    clearInterval(timer);
    id = null;
    key = null;
  };
  const over = () => {
    forget();
    say('ended', h('div', { role: 'alert' }, note('warn', 'clock', t('hold.ended'))), again());
    ready(false);
  };
  const tick = () => {
    const rest = until - Date.now();
    if (rest > 0) {
      left.textContent = t('hold.kept', { left: clock(rest) });
    } else if (!confirming) {
      over(); // While a booking is on its way, its answer says more than the clock.
    }
  };
  const kept = (answer) => {
    id = answer.id;
    // The phone's clock may be wrong, and an answer may come late: counted from the asking, it never promises too much.
    until = asked + answer.expiresIn * SECOND;
    say('held', note('good', 'clock', left));
    timer = setInterval(tick, TICK);
    ready(true, null, answer);
    tick();
  };
  const refused = (problem) => {
    say('refused', passing(problem) ? again() : null);
    ready(false, problem);
  };

  /** One answer of the server, for the person who is meant when it comes. */
  const answered = async () => {
    for (;;) {
      if (!key || Date.now() - asked > SAME_KEY) {
        key = newKey();
        asked = Date.now();
      }
      const wanted = wish();
      try {
        return { answer: await post('/v1/holds', wanted, { key }) };
      } catch (problem) {
        const same = JSON.stringify(wish()) === JSON.stringify(wanted);
        key = same && unsure(problem) ? key : null;
        if (same || closed) {
          return { problem };
        }
      }
    }
  };
  const take = async () => {
    say('asking', h('p', { class: 'quiet small', role: 'status' }, t('hold.asking')));
    ready(false);
    await returning;
    const { answer, problem } = await answered();
    if (closed) {
      await (answer ? giveBack(answer.id) : null);
    } else if (answer) {
      kept(answer);
    } else {
      refused(problem);
    }
  };
  function ask() {
    if (!asking && !id && !closed) {
      asking = take().finally(() => {
        asking = null;
      });
    }
  }

  const leaving = () => {
    if (id && !confirming) {
      letGo(`/v1/holds/${id}`);
      over(); // The page may come back as it was.
    }
  };
  addEventListener('pagehide', leaving);

  ask();
  return {
    node,
    id: () => id,
    ended: () => node.dataset.state === 'ended',
    over,

    /** For somebody else: what is kept stays kept, what was refused is asked for anew. */
    afresh() {
      key = id || asking ? key : null;
      ask();
    },

    /** The answer to `send`, which confirms what is kept; until it is there the hold does not end by the clock. */
    async confirm(send) {
      confirming = true;
      try {
        const answer = await send();
        forget();
        return answer;
      } finally {
        confirming = false;
        if (closed && id) {
          giveBack(id);
        }
      }
    },

    /** The sheet is closed; done when the unit is back. */
    close() {
      closed = true;
      removeEventListener('pagehide', leaving);
      if (id && !confirming) {
        giveBack(id);
        forget();
      } else if (asking) {
        returning = asking;
      }
      clearInterval(timer);
      return returning;
    }
  };
}
