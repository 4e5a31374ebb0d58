// The frame around every screen: the bar with the call and its timer, the screen, and what hospitals have not answered.
import { h, show } from './dom.js';
import { icon } from './icons.js';
import { t } from './i18n.js';
import { settings } from './settings.js';
import { busy, button, refusal, dialog } from './ui.js';
import { unansweredList } from './unanswered.js';

const SECOND = 1000;
const SOON = 5 * 60 * SECOND;
// Below this the two clocks disagree, and only the server knows when the call ends.
const SHORTEST = 60 * SECOND;

let shown = null;

export function frame(root, desk, screen) {
  shown?.abort();
  shown = new AbortController();
  const visit = shown.signal;
  const { username, call } = desk.state;
  const main = h('main', { class: 'desk__main', tabindex: '-1', testid: `screen-${screen.id}` });
  document.title = `${t(screen.title)} · ${t('app.title')}`;
  if (!username) {
    show(root, h('div', { class: 'corner' }, languageButton(desk)), main);
  } else if (desk.state.place !== 'callers') {
    show(root, bar(desk, null, visit), h('div', { class: 'desk' }, main));
  } else {
    const aside = h('aside', { class: `desk__aside${call ? ' desk__aside--over' : ''}`, 'aria-label': t('unanswered.title'), hidden: Boolean(call) });
    const count = h('span', { class: 'count number', testid: 'unanswered-count' });
    unansweredList(aside, count, visit);
    show(root, bar(desk, unansweredButton(aside, count), visit), h('div', { class: 'desk' }, main, aside));
  }
  screen.render(main, desk, visit);
}

function unansweredButton(aside, count) {
  const toggle = button([icon('clock'), t('unanswered.title'), count], {
    kind: 'plain', small: true, testid: 'unanswered-toggle', 'aria-expanded': String(!aside.hidden),
    onclick: () => {
      aside.hidden = !aside.hidden;
      toggle.setAttribute('aria-expanded', String(!aside.hidden));
    }
  });
  return toggle;
}

function bar(desk, toggle, visit) {
  const { username, call, place } = desk.state;
  const out = button(t('bar.logOut'), { kind: 'plain', small: true, testid: 'log-out', onclick: () => busy(out, desk.logOut) });
  return h('header', { class: 'bar' },
    h('span', { class: 'seal seal--small', 'aria-hidden': 'true' }, '康'),
    h('h1', null, t('app.title')),
    call ? null : desk.places().map((each) => button(t(`bar.${each}`), { kind: each === place ? 'soft' : 'plain', small: true, testid: `go-${each}`, onclick: () => desk.go(each) })),
    call ? callLine(desk, visit) : h('span', { class: 'bar__call' }),
    toggle, languageButton(desk),
    h('span', { class: 'quiet small', testid: 'username' }, username), out);
}

function callLine(desk, visit) {
  const timer = h('span', { class: 'bar__timer number', role: 'timer', testid: 'call-timer' });
  const soon = h('span', { class: 'small bar__soon', role: 'status' });
  const end = button([t('call.end'), h('kbd', { 'aria-hidden': 'true' }, 'F9')], {
    kind: 'danger', small: true, testid: 'end-call',
    onclick: () => busy(end, () => desk.endCall().catch((problem) => tell(problem)))
  });
  const { startedAt } = desk.state;
  const expiresAt = Date.parse(desk.state.call.expiresAt);
  const known = expiresAt - startedAt > SHORTEST;
  const paint = () => {
    const left = expiresAt - Date.now();
    timer.textContent = clock(Date.now() - startedAt);
    soon.textContent = known && left < SOON ? t('call.endsIn', { time: clock(left) }) : '';
    return left;
  };
  const tick = () => {
    if (paint() <= 0 && known) {
      desk.drop('call.expired');
    }
  };
  const ticking = setInterval(tick, SECOND);
  visit.addEventListener('abort', () => clearInterval(ticking));
  addEventListener('keydown', (event) => {
    if (event.key === 'F9' && !document.querySelector('dialog')) {
      event.preventDefault();
      end.click();
    }
  }, { signal: visit });
  paint();
  return h('div', { class: 'bar__call bar__call--on' }, h('span', { class: 'pulse', 'aria-hidden': 'true' }),
    h('span', { class: 'strong' }, t('call.on')), timer, soon, end);
}

function tell(problem) {
  dialog(t('call.end'), 'end-refused', (close) => [refusal(problem), button(t('common.close'), { kind: 'plain', onclick: close })]);
}

function clock(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / SECOND));
  const two = (number) => String(number).padStart(2, '0');
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}

function languageButton(desk) {
  return button(t('bar.otherLanguage'), {
    kind: 'plain', small: true, lang: settings.language === 'en' ? 'zh-CN' : 'en', testid: 'language', onclick: desk.useOtherLanguage
  });
}
