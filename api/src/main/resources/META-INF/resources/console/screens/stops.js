// Stops of clinics: what a stop would touch, the stop itself, and who of its people has to be rung.
import { all, get, hasRole, post } from '../api.js';
import { hospitals } from '../directory.js';
import { h, show } from '../dom.js';
import { dateAndTime, isoDay, longDay, t, time } from '../i18n.js';
import { busy, button, chip, dialog, empty, facts, field, fill, note, refusal } from '../ui.js';

const EVERY = 10000;
const MOST = 200;

export const stopsScreen = {
  id: 'stops',
  title: 'stops.title',
  async render(main, desk, visit) {
    const seat = { visit, list: h('div', { testid: 'stops' }) };
    show(main, hasRole('supervisor') ? form(seat) : null,
      h('section', { class: 'panel stack' }, h('h2', null, t('stops.list')), h('p', { class: 'quiet small' }, t('stops.listHint')), seat.list));
    await look(seat);
    const ticking = setInterval(() => document.hidden || look(seat), EVERY);
    visit.addEventListener('abort', () => clearInterval(ticking));
  }
};

/** Each choice narrows the next; without a department or doctor all of them are meant. */
function form(seat) {
  const hospital = select('stop-hospital');
  const department = select('stop-department');
  const doctor = select('stop-doctor');
  const half = select('stop-half');
  const from = field('stop-from', t('stops.from'), { type: 'date', value: isoDay(), min: isoDay() });
  const to = field('stop-to', t('stops.to'), { type: 'date', value: isoDay(), min: isoDay() });
  const reason = field('stop-reason', t('stops.reason'), { maxlength: 200 });
  const trouble = h('div', { role: 'alert', testid: 'stop-refused' });
  const wanted = () => ({ hospital: hospital.value, department: department.value || null, doctor: doctor.value || null,
    from: from.input.value, to: to.input.value, half: half.value || null, reason: reason.input.value.trim() });
  const choose = async () => {
    const place = hospital.value;
    const [departments, doctors] = await Promise.all(['departments', 'doctors'].map((each) => all(`/v1/hospitals/${encodeURIComponent(place)}/${each}`)));
    if (place !== hospital.value) {
      return; // Another one was chosen meanwhile: its doctors must not be replaced by these.
    }
    show(department, option('', t('stops.all')), departments.map((each) => option(each.id, each.name)));
    show(doctor, option('', t('stops.all')), doctors.map((each) => option(each.id, [each.name, each.title].filter(Boolean).join(' '))));
  };
  hospital.addEventListener('change', () => choose().catch((problem) => show(trouble, refusal(problem))));
  show(half, option('', t('stops.wholeDay')), option('AM', t('book.morning')), option('PM', t('book.afternoon')));
  hospitals().then((places) => {
    show(hospital, places.map((each) => option(each.id, `${each.name} (${each.id})`)));
    return choose();
  }).catch((problem) => show(trouble, refusal(problem)));
  const ask = button(t('stops.preview'), { testid: 'stop-preview', onclick: () => busy(ask, async () => {
    show(trouble);
    reason.tell(null);
    if (!wanted().reason) {
      reason.tell(t('stops.reasonMissing'));
      reason.input.focus();
      return;
    }
    try {
      const touched = await post('/v1/stops/preview', wanted());
      confirm(seat, wanted(), touched, hospital.selectedOptions[0].textContent);
    } catch (problem) {
      show(trouble, refusal(problem));
    }
  }) });
  return h('section', { class: 'panel stack', testid: 'stop-form' }, h('h2', null, t('stops.title')), h('p', { class: 'quiet small' }, t('stops.hint')),
    h('div', { class: 'search' }, labelled('stop-hospital', t('stops.hospital'), hospital), labelled('stop-department', t('stops.department'), department),
      labelled('stop-doctor', t('stops.doctor'), doctor), from.node, to.node, labelled('stop-half', t('stops.half'), half), reason.node),
    trouble, h('div', { class: 'buttons' }, ask));
}

const select = (id) => h('select', { class: 'input', id, testid: id });
const option = (value, text) => h('option', { value }, text);
const labelled = (id, text, node) => h('div', { class: 'field' }, h('label', { for: id }, text), node);

function confirm(seat, wanted, touched, hospital) {
  dialog(t('stops.confirmTitle'), 'stop-dialog', (close) => {
    const trouble = h('div', { role: 'alert' });
    const yes = button(t('stops.confirm'), { kind: 'danger', testid: 'confirm-stop', onclick: () => busy(yes, async () => {
      try {
        await post('/v1/stops', wanted);
      } catch (problem) {
        show(trouble, refusal(problem));
        return;
      }
      close();
      await look(seat);
    }) });
    return [h('h2', null, t('stops.confirmTitle')),
      facts([[t('stops.hospital'), hospital], [t('stops.sessions'), h('span', { class: 'number', testid: 'preview-sessions' }, touched.sessions)],
        [t('stops.bookings'), h('span', { class: 'number', testid: 'preview-bookings' }, touched.bookings)],
        [t('stops.waiting'), h('span', { class: 'number' }, touched.waiting)]]),
      note('warn', 'shield', t('stops.confirmText')), trouble,
      h('div', { class: 'buttons' }, button(t('common.close'), { kind: 'plain', autofocus: true, testid: 'close-dialog', onclick: close }), yes)];
  });
}

async function look(seat) {
  try {
    const { items } = await get('/v1/stops?limit=50');
    if (!seat.visit.aborted) {
      show(seat.list, items.length ? h('ul', { class: 'rows' }, items.map((stop) => line(seat, stop))) : empty('check', t('stops.none'), ''));
    }
  } catch (problem) {
    show(seat.list, h('div', { role: 'alert', testid: 'problem' }, refusal(problem)));
  }
}

const days = (stop) => [stop.from === stop.to ? stop.from : `${stop.from} – ${stop.to}`, stop.half ? t(stop.half === 'AM' ? 'book.morning' : 'book.afternoon') : null].filter(Boolean).join(' ');

function line(seat, stop) {
  const done = stop.informed >= stop.bookings;
  return h('li', { testid: 'stop', 'data-stop': stop.id },
    h('span', { class: 'strong' }, [stop.hospitalName, stop.departmentName, stop.doctorName].filter(Boolean).join(' · ')),
    h('span', { class: 'number small' }, days(stop)),
    h('span', { class: 'quiet small' }, `${dateAndTime(stop.at)} · ${stop.reason}`),
    h('span', { class: 'number small' }, t('stops.counts', { sessions: stop.sessions, bookings: stop.bookings, alternatives: stop.alternatives })),
    chip(t('stops.informed', { informed: stop.informed, bookings: stop.bookings }), done ? 'good' : 'warn'),
    button(t('stops.open'), { kind: 'plain', small: true, testid: 'stop-open', onclick: () => people(seat, stop) }));
}

/** Whom to ring: those who have not read it. A phone is shown one at a time, and who looked is kept. */
function people(seat, stop) {
  const place = h('div', { class: 'waiting', testid: 'stop-people' });
  const head = h('p', { class: 'quiet small' });
  const again = () => fill(place, async () => {
    const now = await get(`/v1/stops/${stop.id}`);
    const { items } = await get(`/v1/stops/${stop.id}/people?uninformed=true&limit=${MOST}`);
    return { now, items };
  }, ({ now, items }) => {
    head.textContent = now.informedAt ? t('stops.allInformed', { minutes: Math.ceil((Date.parse(now.informedAt) - Date.parse(now.at)) / 60000) })
      : t('stops.toRing', { count: now.bookings - now.informed });
    return items.length ? h('ul', { class: 'rows' }, items.map((each) => person(stop, each, again))) : empty('check', t('stops.noneToRing'), '');
  });
  dialog(t('stops.people'), 'stop-people-dialog', (close) => [h('h2', null, t('stops.people')), head, place,
    h('div', { class: 'buttons' }, button(t('common.close'), { kind: 'plain', testid: 'close-dialog', onclick: () => {
      close();
      look(seat);
    } }))]);
  again();
}

function person(stop, each, again) {
  const contact = h('span', { class: 'strong number', testid: 'contact' });
  const trouble = h('div', { role: 'alert' });
  const path = `/v1/stops/${stop.id}/people/${each.appointment}`;
  const act = (node, work) => busy(node, async () => {
    try {
      await work();
    } catch (problem) {
      show(trouble, refusal(problem));
    }
  });
  const reveal = button(t('stops.contact'), { kind: 'plain', small: true, testid: 'show-contact', onclick: () => act(reveal, async () => {
    const known = await post(`${path}/contact`);
    show(contact, `${known.name ?? '—'} ${known.phone ?? t('stops.noPhone')}`);
  }) });
  const done = button(t('stops.told'), { kind: 'soft', small: true, testid: 'mark-informed', onclick: () => act(done, async () => {
    await post(`${path}/informed`);
    again();
  }) });
  return h('li', { testid: 'stop-person' },
    h('span', null, [each.departmentName, each.doctorName].filter(Boolean).join(' · ')),
    h('span', { class: 'number small' }, `${longDay(each.start)} ${time(each.start)}`),
    chip(t(each.told ? 'stops.unread' : 'stops.noAccount'), each.told ? 'warn' : 'bad'),
    each.alternative ? h('span', { class: 'small' }, t('stops.alternative', { time: `${longDay(each.alternative)} ${time(each.alternative)}` })) : null,
    contact, reveal, done, trouble);
}
