// Starts the console and keeps what it is about: who is logged in, which call is open, which screen is shown.
import { closeSession, hasRole, loggedIn, post, whenOver } from './api.js';
import { show } from './dom.js';
import { loadTexts, t } from './i18n.js';
import { appealsScreen } from './screens/appeals.js';
import { callScreen } from './screens/call.js';
import { callersScreen } from './screens/callers.js';
import { deskScreen } from './screens/desk.js';
import { ledgerScreen } from './screens/ledger.js';
import { loginScreen } from './screens/login.js';
import { messagesScreen } from './screens/messages.js';
import { policiesScreen } from './screens/policies.js';
import { reconciliationsScreen } from './screens/reconciliations.js';
import { referralsScreen } from './screens/referrals.js';
import { reviewsScreen } from './screens/reviews.js';
import { schedulesScreen } from './screens/schedules.js';
import { stopsScreen } from './screens/stops.js';
import { templatesScreen } from './screens/templates.js';
import { trafficScreen } from './screens/traffic.js';
import { settings } from './settings.js';
import { frame } from './shell.js';
import { closeDialogs, refusal, toast } from './ui.js';

const HOME = '/console/';
const root = document.getElementById('console');

const SCREENS = { callers: callersScreen, desk: deskScreen, referrals: referralsScreen, templates: templatesScreen, reviews: reviewsScreen, messages: messagesScreen, traffic: trafficScreen, reconciliations: reconciliationsScreen, stops: stopsScreen, appeals: appealsScreen, policies: policiesScreen, schedules: schedulesScreen, ledger: ledgerScreen };

/** `call` is the server's call, `caller` the masked candidate it was opened with; both live as long as the call. */
const state = { username: null, place: 'callers', call: null, caller: null, startedAt: 0, notice: null };

const desk = {
  state,
  enter(username) {
    state.username = username;
    state.place = mine()[0] ?? 'callers';
    open();
  },
  /** Where this member of staff may go besides; the bar offers it. */
  places: () => (mine().length > 1 ? mine() : []),
  go(place) {
    state.place = place;
    open();
  },
  begin(call, caller) {
    Object.assign(state, { call, caller, startedAt: Date.now() });
    open();
  },
  /** The call as the server now has it. */
  know(call) {
    state.call = call;
    open();
  },
  async endCall() {
    await post(`/v1/calls/${state.call.id}/end`).catch(ignoreGone);
    desk.drop('call.ended');
  },
  /** Back to finding a caller, whatever became of the call. */
  drop(text) {
    Object.assign(state, { call: null, caller: null });
    open();
    toast(t(text));
  },
  async logOut() {
    if (state.call) {
      await post(`/v1/calls/${state.call.id}/end`).catch(() => {});
    }
    await closeSession();
    leave(null);
  },
  async useOtherLanguage() {
    settings.language = settings.language === 'en' ? 'zh-CN' : 'en';
    await loadTexts();
    open();
  }
};

const ROLES = { callers: ['agent', 'supervisor'], stops: ['agent', 'supervisor'], appeals: ['supervisor'], policies: ['supervisor'], schedules: ['supervisor'], desk: ['clerk'], referrals: ['clerk'], templates: ['clerk', 'supervisor'], reviews: ['registrar'], messages: ['integration'], traffic: ['integration'], reconciliations: ['integration'], ledger: ['supervisor', 'integration'] };

/** Where this member of staff has something to do. */
const mine = () => Object.keys(ROLES).filter((place) => ROLES[place].some(hasRole));

function ignoreGone(problem) {
  if (problem.status !== 404) {
    throw problem;
  }
}

function leave(notice) {
  Object.assign(state, { username: null, call: null, caller: null, notice });
  open();
}

/** The screen follows from the state; the address only tells which one it is. */
function open() {
  closeDialogs();
  const screen = !loggedIn() ? loginScreen : state.call ? callScreen : SCREENS[state.place];
  history.replaceState(null, '', HOME + screen.id);
  frame(root, desk, screen);
}

async function start() {
  await loadTexts();
  whenOver(() => leave('login.over'));
  // Tokens don't outlive the page, so neither shall the session.
  addEventListener('pagehide', () => closeSession({ leaving: true }));
  addEventListener('pageshow', (event) => event.persisted && location.reload());
  open();
}

start().catch((problem) => show(root, refusal(problem)));
