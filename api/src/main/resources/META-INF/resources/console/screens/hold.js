// A unit is kept while it is read back to the caller: taken when the dialog opens, counted down, given back when it closes.
import { attemptKey, loggedIn, post, remove } from '../api.js';
import { h, show } from '../dom.js';
import { t } from '../i18n.js';
import { button, note } from '../ui.js';

const SECOND = 1000;
/** For how long a request that got no answer is asked again with its key; after that, what it may have taken comes back by itself. */
const SAME_KEY = 60 * SECOND;

/** What is still on its way back: who opens the same slot again must not meet their own hold. */
let returning = Promise.resolve();

function giveBack(id) {
  returning = loggedIn() ? remove(`/v1/holds/${id}`).catch(() => {}) : returning; // Else it comes back by itself.
  return returning;
}

/** What another try may cure. */
const passing = (problem) => problem.network || problem.status === 503 || problem.status === 429
  || ['idempotency-key-in-progress', 'too-many-holds'].includes(problem.name);

/** "4:59" */
function clock(milliseconds) {
  const seconds = Math.ceil(milliseconds / SECOND);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/**
 * Keeps a unit from now on. `wish` is the request; `ready(hold, problem)` is told what is kept now, null while nothing is, and why not
 * where it was refused for good.
 */
export function keep(wish, ready) {
  const node = h('div', { class: 'stack stack--tight', testid: 'hold' });
  const left = h('span', { class: 'number', role: 'timer', testid: 'hold-left' });
  let hold = null;
  let until = 0;
  let key = null;
  let asked = 0;
  let asking = null;
  let confirming = false;
  let closed = false;
  let timer = null;

  const say = (state, ...shown) => {
    node.dataset.state = state;
    show(node, ...shown);
  };
  const again = () => button(t('hold.again'), { kind: 'soft', small: true, testid: 'hold-again', onclick: ask });
  const forget = () => {
    clearInterval(timer);
    hold = null;
    key = null;
  };
  const over = () => {
    forget();
    say('ended', h('div', { role: 'alert' }, note('warn', 'clock', t('hold.ended'))), again());
    ready(null);
  };
  const tick = () => {
    const rest = until - Date.now();
    if (rest > 0) {
      left.textContent = t('hold.kept', { left: clock(rest) });
    } else if (!confirming) {
      over(); // While a booking is on its way, its answer says more than the clock.
    }
  };
  const take = async () => {
    say('asking', h('p', { class: 'quiet small', role: 'status' }, t('hold.asking')));
    ready(null);
    await returning;
    if (!key || Date.now() - asked > SAME_KEY) {
      key = attemptKey();
      asked = Date.now();
    }
    try {
      hold = await post('/v1/holds', wish, { key });
    } catch (problem) {
      key = passing(problem) ? key : null;
      say('refused', passing(problem) ? again() : null);
      ready(null, problem);
      return;
    }
    if (closed) {
      await giveBack(hold.id);
      return;
    }
    // Counted from the asking, whatever this machine's clock says, it never promises too much.
    until = asked + hold.expiresIn * SECOND;
    say('held', note('good', 'clock', left));
    timer = setInterval(tick, SECOND / 2);
    tick();
    ready(hold);
  };
  function ask() {
    if (!asking && !hold && !closed) {
      asking = take().finally(() => {
        asking = null;
      });
    }
  }

  ask();
  return {
    node,
    passing,
    over,

    /** The answer to `send`, which confirms what is kept; until it is there the hold does not end by the clock. */
    async confirm(send) {
      confirming = true;
      try {
        const answer = await send(hold.id);
        forget();
        return answer;
      } finally {
        confirming = false;
        if (closed && hold) {
          giveBack(hold.id);
        }
      }
    },

    close() {
      closed = true;
      clearInterval(timer);
      if (hold && !confirming) {
        giveBack(hold.id);
      } else if (asking) {
        returning = asking;
      }
    }
  };
}
