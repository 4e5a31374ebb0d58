import { h, show } from '../dom.js';
import { get } from '../api.js';
import { icon } from '../icons.js';
import { band, code, dayAndMonth, dayOfMonth, hospitalOf, longDay, t, time, weekday } from '../i18n.js';
import { onUnread } from '../unread.js';
import { bones, button, chip, disc, more, note, pending, row, rows, section } from '../ui.js';

const ACTIONS = [
  ['/book', 'doctor', 'home.book', ''],
  ['/reports', 'report', 'home.reports', 'blue'],
  ['/imaging', 'scan', 'home.imaging', 'blue'],
  ['/articles', 'book', 'home.articles', 'amber']
];

export default {
  id: 'home',
  title: 'tabs.home',
  ownHead: true,
  render(page, { signal }) {
    show(page, pending(() => get('/v1/home'), (home, again) => view(home, again, signal),
      () => [h('div', { class: 'hello' }, h('div', { class: 'bone bone--line' })), bones(1, 'bone--tall'), bones(3)]));
  }
};

function view(home, again, signal) {
  return h('div', { class: 'stack', style: { gap: '18px' } },
    hello(home),
    degraded(home, again),
    alerts(home),
    card(home),
    actions(),
    next(home),
    newest(home),
    notices(home, signal));
}

function hello(home) {
  const hour = Number(time(new Date()).slice(0, 2));
  const part = hour < 5 ? 'night' : hour < 11 ? 'morning' : hour < 14 ? 'noon' : hour < 18 ? 'afternoon' : 'evening';
  return h('header', { class: 'hello' },
    h('div', { class: 'hello__text' },
      h('p', { class: 'quiet small' }, longDay(new Date())),
      h('h1', { testid: 'greeting' },
        home.name ? t('home.greetingName', { part: t(`home.${part}`), name: home.name }) : t(`home.${part}`))),
    h('span', { class: 'seal seal--small', 'aria-hidden': 'true' }, '康'));
}

function degraded(home, again) {
  if (!home.degraded?.length) {
    return null;
  }
  return h('div', { role: 'status', testid: 'degraded' }, note('warn', 'cloud',
    h('p', null, t('home.degraded', { parts: home.degraded.map((part) => t(`home.part.${part}`)).join(t('common.comma')) })),
    button(t('common.retry'), { kind: 'plain', onclick: again })));
}

function alerts(home) {
  return home.alerts
    ? rows([row({ href: '/alerts', lead: disc('shield', 'seal'), title: t('home.alerts', { count: home.alerts }),
      sub: t('home.alertsHint'), testid: 'home-alerts' })])
    : null;
}

function card(home) {
  if (home.level < 2) {
    return h('section', { class: 'healthcard healthcard--off', 'aria-label': t('card.title'), testid: 'home-card' },
      cardHead(null),
      h('p', null, home.level === 1 ? t('card.needPhone') : t('card.needName')),
      h('a', { class: 'healthcard__show', href: '/identity', testid: 'go-identity' }, icon('person'), t('identity.go')));
  }
  if (!home.card) {
    return home.degraded?.includes('cards') ? null
      : h('section', { class: 'healthcard healthcard--off', testid: 'home-card' }, cardHead(null), h('p', null, t('card.coming')));
  }
  const active = home.card.status === 'ACTIVE';
  return h('section', { class: `healthcard${active ? '' : ' healthcard--off'}`, 'aria-label': t('card.title'), testid: 'home-card' },
    cardHead(chip(code('cardStatus', home.card.status))),
    h('div', { class: 'healthcard__bottom' },
      h('div', { class: 'stack stack--tight' },
        h('span', { class: 'healthcard__name' }, home.name ?? ''),
        h('span', { class: 'small number' }, home.card.number ?? t('card.region'))),
      h('a', { class: 'healthcard__show', href: '/card', testid: 'show-code' }, icon('scan'), active ? t('card.show') : t('card.open'))));
}

function cardHead(status) {
  return h('div', { class: 'healthcard__top' },
    h('div', { class: 'healthcard__title' },
      h('span', { class: 'seal seal--small', 'aria-hidden': 'true' }, '康'),
      h('h2', null, t('card.title'))),
    status);
}

function actions() {
  return h('nav', { class: 'actions', 'aria-label': t('home.actions') }, ACTIONS.map(([href, symbol, text, kind]) =>
    h('a', { class: 'action', href, testid: `action-${href.slice(1)}` }, disc(symbol, kind), t(text))));
}

function next(home) {
  const booked = home.nextAppointment;
  if (!booked) {
    return null;
  }
  return section(t('home.next'), more('/appointments'),
    h('a', { class: 'panel tile', href: `/appointments/${booked.id}`, testid: 'home-appointment' },
      h('div', { class: 'tile__when' },
        h('div', { class: 'calendar', 'aria-hidden': 'true' },
          h('span', null, weekday(booked.start)), h('strong', { class: 'number' }, dayOfMonth(booked.start))),
        h('div', { class: 'stack stack--tight' },
          h('span', { class: 'strong number' }, `${dayAndMonth(booked.start)} ${weekday(booked.start)} ${band(booked.start, booked.end)}`),
          h('span', null, [booked.departmentName, booked.doctorName].filter(Boolean).join(' · ')),
          h('span', { class: 'quiet small' }, hospitalOf(booked)))),
      booked.hospitalStatus
        ? h('div', { class: 'inline' }, chip(code('hospitalStatus', booked.hospitalStatus), booked.hospitalStatus === 'ACCEPTED' ? 'good' : 'warn'))
        : null));
}

function newest(home) {
  const report = home.newestReport;
  if (!report) {
    return null;
  }
  return section(t('home.newest'), more('/reports'),
    rows([row({ href: `/reports/${report.id}`, lead: disc('report', 'blue'), title: report.title,
      sub: `${hospitalOf(report)} · ${dayAndMonth(report.issuedAt)}`, trail: abnormal(report), testid: 'home-report' })]));
}

export function abnormal(report) {
  const count = report.abnormal === true ? '' : Number(report.abnormal);
  if (report.abnormal === undefined || report.abnormal === null) {
    return null;
  }
  return count === 0 || report.abnormal === false
    ? chip(t('report.normal'), 'good')
    : chip(count === '' ? t('report.abnormal') : t('report.abnormalCount', { count }), 'bad');
}

function notices(home, signal) {
  if (home.unread === null || home.unread === undefined) {
    return null;
  }
  const place = h('div', { testid: 'home-unread' });
  const update = (count) => show(place, count
    ? rows([row({ href: '/inbox', lead: disc('bell', 'amber'), title: t('home.unread', { count }), sub: t('home.unreadHint') })])
    : null);
  update(home.unread);
  onUnread(update, signal);
  return place;
}
