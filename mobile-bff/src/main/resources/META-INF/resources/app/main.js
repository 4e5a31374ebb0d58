// Starts the app: texts, the session of an earlier visit, then the screen that the address names.
import { onSessionOver, loggedIn, restoreSession } from './api.js';
import { h, show } from './dom.js';
import { loadTexts } from './i18n.js';
import { go, prefetch, startRouter } from './router.js';
import { applyElder } from './settings.js';
import { frame } from './shell.js';
import { failed } from './ui.js';
import { startUnread, stopUnread } from './unread.js';

const root = document.getElementById('app');

function enter(screen, visit) {
  if (!visit.route.open && !loggedIn()) {
    toLogin();
    return;
  }
  startUnread();
  frame(root, screen, visit);
}

function toLogin() {
  const here = location.pathname + location.search;
  go(here === '/' ? '/login' : `/login?then=${encodeURIComponent(here)}`, { replace: true });
}

async function start() {
  applyElder();
  await loadTexts();
  onSessionOver(() => {
    stopUnread();
    toLogin();
  });
  await restoreSession();
  await startRouter(enter);
  prefetch();
}

function attempt() {
  start().catch((problem) => {
    if (problem.status === undefined) {
      console.error(problem);
    }
    show(root, h('main', { class: 'page' }, failed(problem, attempt)));
  });
}

attempt();
