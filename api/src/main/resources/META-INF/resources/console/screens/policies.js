// Rules of a hospital's own, and what other rules would have done to what was booked.
import { get, post, put } from '../api.js';
import { hospitals } from '../directory.js';
import { h, show } from '../dom.js';
import { code, isoDay, t } from '../i18n.js';
import { busy, button, empty, facts, field, fill, note, refusal, toast } from '../ui.js';

const DAY = 86400000;
const PERIOD = 30;
/** A month of a city is judged in some seconds. */
const PATIENCE = 120000;

export const policiesScreen = {
  id: 'policies',
  title: 'policies.title',
  async render(main) {
    const place = h('div', { testid: 'policies' });
    const choice = h('select', { class: 'input', id: 'policy-hospital', testid: 'policy-hospital',
      onchange: () => open(place, choice.value) });
    show(main, h('section', { class: 'panel stack' }, h('h2', null, t('policies.title')), h('p', { class: 'quiet small' }, t('policies.hint')),
      h('div', { class: 'field' }, h('label', { for: 'policy-hospital' }, t('stops.hospital')), choice)), place);
    try {
      const known = await hospitals();
      show(choice, known.map((each) => h('option', { value: each.id }, `${each.name} (${each.id})`)));
      await open(place, choice.value);
    } catch (problem) {
      show(place, refusal(problem));
    }
  }
};

const open = (place, hospital) => fill(place, () => get(path(hospital)), (policies) => editor(place, policies));

const path = (hospital) => `/v1/hospitals/${encodeURIComponent(hospital)}/policies`;

/** Values of one kind are read and set alike: a time of the day, yes or no, or a number. Nothing chosen is the region's value. */
const KINDS = {
  TIME: {
    shown: (value) => `${String(Math.floor(value / 60)).padStart(2, '0')}:${String(value % 60).padStart(2, '0')}`,
    read: (text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5)),
    input: (each, rest) => h('input', { ...rest, type: 'time', value: each.own === null ? '' : KINDS.TIME.shown(each.own) })
  },
  YES_NO: {
    shown: (value) => t(value ? 'policies.yes' : 'policies.no'),
    read: Number,
    input: (each, rest) => h('select', rest, [['', t('policies.asRegion')], ['1', t('policies.yes')], ['0', t('policies.no')]]
      .map(([value, text]) => h('option', { value, selected: value === String(each.own ?? '') }, text)))
  },
  NUMBER: {
    shown: String,
    read: Number,
    input: (each, rest) => h('input', { ...rest, type: 'number', inputmode: 'numeric', min: each.least, max: each.most, step: 1, placeholder: each.region, value: each.own ?? '' })
  }
};

const kind = (each) => KINDS[each.unit] ?? KINDS.NUMBER;

const inUnit = (each, value) => [kind(each).shown(value), code('unit', each.unit)].filter(Boolean).join(' ');

function range(each) {
  return each.unit === 'YES_NO' ? '' : `${kind(each).shown(each.least)}–${inUnit(each, each.most)}`;
}

function editor(place, policies) {
  const inputs = new Map(policies.items.map((each) => [each.rule, kind(each).input(each, { class: 'input number', id: `policy-${each.rule}`,
    testid: `policy-${each.rule}`, 'aria-describedby': `begins-${each.rule}` })]));
  const own = (each) => (inputs.get(each.rule).value === '' ? null : kind(each).read(inputs.get(each.rule).value));
  const values = () => Object.fromEntries(policies.items.map((each) => [each.rule, own(each)]).filter(([, value]) => value !== null));
  const trouble = h('div', { role: 'alert', testid: 'policies-refused' });
  const save = button(t('policies.save'), { testid: 'save-policies', onclick: () => busy(save, async () => {
    show(trouble);
    try {
      await put(path(policies.hospital), { values: values() }, { version: policies.version });
      toast(t('policies.saved'));
      await open(place, policies.hospital);
    } catch (problem) {
      const wrong = new Map((problem.violations ?? []).map((each) => [each.field.replace(/^values\./, ''), each.message]));
      inputs.forEach((input, rule) => input.setAttribute('aria-invalid', String(wrong.has(rule))));
      show(trouble, refusal(problem), wrong.size ? h('ul', { class: 'small' }, [...wrong].map(([rule, message]) => h('li', null, `${code('setting', rule)}: ${message}`))) : null);
      inputs.get([...wrong.keys()][0])?.focus();
    }
  }) });
  return [
    h('section', { class: 'panel stack' }, h('h2', null, t('policies.values')), h('p', { class: 'quiet small' }, t('policies.valuesHint')),
      h('table', { testid: 'policy-table' },
        h('thead', null, h('tr', null, ['policies.rule', 'policies.region', 'policies.own', 'policies.range', 'policies.begins'].map((key) => h('th', { scope: 'col' }, t(key))))),
        topics(policies.items).map(([topic, items]) => h('tbody', { testid: `policies-${topic}` },
          h('tr', null, h('th', { scope: 'rowgroup', colspan: 5 }, t(`policies.topic.${topic}`))), items.map((each) => line(each, inputs.get(each.rule)))))),
      trouble, h('div', { class: 'buttons' }, save)),
    trial(policies, own)
  ];
}

function topics(items) {
  const byTopic = new Map();
  items.forEach((each) => byTopic.set(each.topic, [...(byTopic.get(each.topic) ?? []), each]));
  return [...byTopic];
}

const line = (each, input) => h('tr', null,
  h('td', null, h('label', { for: `policy-${each.rule}` }, code('setting', each.rule))),
  h('td', { class: 'number' }, inUnit(each, each.region)), h('td', null, input),
  h('td', { class: 'number quiet small' }, range(each)), h('td', { class: 'quiet small', id: `begins-${each.rule}` }, code('policies.begins', each.begins)));

/** Tries the limits that stand in the fields and differ from what holds: of the other values nobody can tell what they would have done. */
function trial(policies, own) {
  const from = field('trial-from', t('stops.from'), { type: 'date', value: isoDay(Date.now() - PERIOD * DAY), max: isoDay() });
  const to = field('trial-to', t('stops.to'), { type: 'date', value: isoDay(), max: isoDay() });
  const where = h('select', { class: 'input', id: 'trial-where', testid: 'trial-where' },
    h('option', { value: policies.hospital }, t('policies.here')), h('option', { value: '' }, t('policies.everywhere')));
  const result = h('div', { 'aria-live': 'polite', testid: 'trial-result' });
  const changed = () => Object.fromEntries(policies.items.filter((each) => each.topic === 'LIMITS').map((each) => [each, own(each) ?? each.region])
    .filter(([each, value]) => value !== each.value).map(([each, value]) => [each.rule, value]));
  const ask = button(t('policies.try'), { kind: 'soft', testid: 'try-policies', onclick: () => busy(ask, async () => {
    const settings = changed();
    if (!Object.keys(settings).length) {
      show(result, note('', 'shield', t('policies.nothingChanged')));
      return;
    }
    show(result, h('p', { class: 'quiet', role: 'status' }, t('policies.trying')));
    try {
      const run = await post('/v1/policy-dry-runs', { settings, hospital: where.value || null, from: from.input.value, to: to.input.value }, { timeout: PATIENCE });
      show(result, outcome(run));
    } catch (problem) {
      show(result, refusal(problem));
    }
  }) });
  return h('section', { class: 'panel stack' }, h('h2', null, t('policies.trial')), h('p', { class: 'quiet small' }, t('policies.trialHint')),
    h('div', { class: 'search' }, h('div', { class: 'field' }, h('label', { for: 'trial-where' }, t('policies.where')), where), from.node, to.node),
    h('div', { class: 'buttons' }, ask), result);
}

function outcome(run) {
  const row = (name, pick) => h('tr', null, h('th', { scope: 'row' }, name), h('td', { class: 'number' }, pick(run.now)), h('td', { class: 'number' }, pick(run.tried)));
  const rules = [...new Set([...run.now.rules, ...run.tried.rules].map((each) => each.rule))];
  const ofRule = (effect, rule) => effect.rules.find((each) => each.rule === rule);
  return h('div', { class: 'stack' },
    facts([[t('policies.bookings'), h('span', { class: 'number' }, run.bookings)], [t('policies.people'), h('span', { class: 'number' }, run.people)]]),
    h('table', { testid: 'trial-table' },
      h('thead', null, h('tr', null, h('th', { scope: 'col' }, ''), h('th', { scope: 'col' }, t('policies.now')), h('th', { scope: 'col' }, t('policies.tried')))),
      h('tbody', null,
        row(t('policies.stopped'), (effect) => effect.stopped),
        row(t('policies.stoppedPeople'), (effect) => effect.people),
        row(t('policies.pauses'), (effect) => effect.pauses),
        rules.map((rule) => row(code('rule', rule), (effect) => ofRule(effect, rule)?.bookings ?? 0)))),
    run.tried.ages.length ? facts(run.tried.ages.map((each) => [t('policies.age', { band: each.band === 'unknown' ? t('policies.ageUnknown') : each.band }),
      h('span', { class: 'number' }, each.people)])) : empty('check', t('policies.nobody'), ''));
}
