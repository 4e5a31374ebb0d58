import { h, show } from '../dom.js';
import { band, dayOfMonth, hospitalOf, longDay, t, weekday } from '../i18n.js';
import { button, chip, empty, more, pending, section } from '../ui.js';
import { drawTile, ENTERED } from './draws.js';
import { everybodys } from './family.js';
import { statusChip } from './slots.js';
import { WAITS, waitingTile } from './waiting.js';

const OPEN = ['BOOKED', 'CHECKED_IN'];

export default {
  id: 'appointments',
  title: 'appointment.list',
  render(page) {
    show(page, pending(async () => {
      // Bookings are shown also when the lists cannot be read; those have a screen of their own.
      const [booked, waiting, draws] = await Promise.all([everybodys('/v1/me/appointments', 3),
        everybodys('/v1/me/waiting-entries', 1).catch(() => []), everybodys('/v1/me/draw-entries', 1).catch(() => [])]);
      return { booked, waiting: waiting.filter((each) => WAITS.includes(each.status)), draws };
    }, ({ booked, waiting, draws }) => h('div', { class: 'stack', style: { gap: '18px' } },
      draws.length ? section(t('draws.title'), more('/draws'), draws.filter((each) => each.status === ENTERED).map(drawTile)) : null,
      waiting.length ? section(t('waiting.title'), more('/waiting'), waiting.map(waitingTile)) : null,
      view(booked, waiting.length + draws.length))));
  }
};

function view(items, others) {
  if (!items.length) {
    return others ? null : empty('calendar', t('appointment.none'), t('appointment.noneHint'), button(t('home.book'), { href: '/book' }));
  }
  const byStart = (a, b) => a.start.localeCompare(b.start);
  const open = items.filter((each) => OPEN.includes(each.status)).sort(byStart);
  const past = items.filter((each) => !OPEN.includes(each.status)).sort(byStart).reverse();
  return h('div', { class: 'stack', style: { gap: '18px' } },
    open.length ? section(t('appointment.open'), null, open.map(tile)) : null,
    past.length ? section(t('appointment.past'), null, past.map(tile)) : null);
}

function tile(booked) {
  return h('a', { class: 'panel tile', href: `/appointments/${booked.id}`, testid: 'appointment' },
    h('div', { class: 'head' },
      h('div', { class: 'tile__when' },
        h('div', { class: 'calendar', 'aria-hidden': 'true' },
          h('span', null, weekday(booked.start)), h('strong', { class: 'number' }, dayOfMonth(booked.start))),
        h('div', { class: 'stack stack--tight' },
          h('span', { class: 'strong' }, [booked.departmentName, booked.doctorName].filter(Boolean).join(' · ')),
          h('span', { class: 'number' }, `${longDay(booked.start)} ${band(booked.start, booked.end)}`),
          h('span', { class: 'quiet small' }, hospitalOf(booked))))),
    h('div', { class: 'inline' }, statusChip(booked), booked.whose ? chip(t('family.whose', { name: booked.whose })) : null));
}
