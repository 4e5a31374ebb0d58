// Where the QR code on a clinic's wall leads: the bookings of these hours, to check in to with its code.
import { h, show } from '../dom.js';
import { get } from '../api.js';
import { band, hospitalOf, t } from '../i18n.js';
import { go } from '../router.js';
import { button, chip, empty, panel, pending } from '../ui.js';
import { everybodys } from './family.js';
import { checkIn, nearClinic } from './queue.js';

const MAY = ['OPEN', 'LATE', 'PASSED'];

export default {
  id: 'check-in',
  title: 'queue.checkIn',
  render(page, { params }) {
    show(page, pending(load, (items) => view(items, params.code)));
  }
};

/** Those that may be checked in to now, one's own and of those whom one brings; what cannot be asked hides no other. */
async function load() {
  const near = (await everybodys('/v1/me/appointments', 2)).filter(nearClinic);
  const queues = await Promise.allSettled(near.map((each) => get(`/v1/appointments/${each.id}/queue`)));
  if (queues.length && queues.every((each) => each.status === 'rejected')) {
    throw queues[0].reason;
  }
  return near.filter((each, i) => MAY.includes(queues[i].value?.state));
}

function view(items, code) {
  return items.length
    ? items.map((each) => panel(h('div', { class: 'stack', style: { gap: '12px' }, testid: 'check-in-choice' },
      h('span', { class: 'strong' }, [each.departmentName, each.doctorName].filter(Boolean).join(' · ')),
      h('span', { class: 'number' }, band(each.start, each.end)),
      h('span', { class: 'quiet small' }, hospitalOf(each)),
      each.whose ? h('div', { class: 'inline' }, chip(t('family.whose', { name: each.whose }))) : null,
      button(t('queue.checkIn'), { wide: true, testid: 'check-in', onclick: () => checkIn(each, code, () => go(`/appointments/${each.id}`)) }))))
    : empty('calendar', t('queue.none'), t('queue.noneHint'), button(t('appointment.list'), { href: '/appointments' }));
}
