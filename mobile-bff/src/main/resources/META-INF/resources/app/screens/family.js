import { h, show } from '../dom.js';
import { all, get, loggedIn, post, remove } from '../api.js';
import { code, date, t } from '../i18n.js';
import { sheet, toast } from '../shell.js';
import { busy, button, chip, empty, field, note, panel, pending, said, section } from '../ui.js';

const TYPES = ['RESIDENT_ID', 'PASSPORT', 'HK_MACAO_PERMIT', 'TAIWAN_PERMIT', 'HK_MACAO_RESIDENCE_PERMIT',
  'TAIWAN_RESIDENCE_PERMIT', 'FOREIGN_RESIDENT_CARD'];
const RELATIONS = ['CHILD', 'PARENT', 'SPOUSE', 'OTHER'];

export default {
  id: 'family',
  title: 'family.title',
  render(page) {
    show(page, pending(async () => {
      // Who books for me takes level 2; whom I book for is shown without it.
      const [mine, carers] = await Promise.all([get('/v1/me/dependants'), get('/v1/me/carers').catch(() => ({ items: [] }))]);
      return { mine: mine.items, carers: carers.items };
    }, view));
  }
};

function view({ mine, carers }, again) {
  return h('div', { class: 'stack', style: { gap: '18px' } },
    note('', 'shield', t('family.about')),
    section(t('family.mine'), null, mine.length ? mine.map((each) => panel(dependant(each, again)))
      : empty('person', t('family.none'), t('family.noneHint'))),
    button(t('family.add'), { wide: true, testid: 'add-dependant', onclick: () => add(again) }),
    section(t('family.carers'), null, carers.length ? carers.map((each) => panel(carer(each, again)))
      : h('p', { class: 'quiet', testid: 'no-carers' }, t('family.noCarers'))));
}

function dependant(each, again) {
  const pending_ = each.status === 'PENDING';
  return h('div', { class: 'stack', style: { gap: '12px' }, testid: 'dependant', 'data-status': each.status },
    h('div', { class: 'head' },
      h('span', { class: 'strong' }, each.name ?? t('family.unnamed')),
      chip(pending_ ? t('family.pending') : code('relation', each.relation), pending_ ? 'warn' : 'good')),
    h('span', { class: 'quiet small' }, pending_ ? t('family.pendingHint') : t(each.kind === 'MINOR' ? 'family.untilAdult' : 'family.since', { date: date(each.since) })),
    pending_ ? button(t('family.enterCode'), { wide: true, testid: 'enter-code', onclick: () => agree(each, again) }) : null,
    button(t('family.remove'), { kind: 'danger-plain', wide: true, testid: 'remove-dependant',
      onclick: () => end('/v1/me/dependants/', each, 'family.removeTitle', 'family.removeText', again) }));
}

function carer(each, again) {
  return h('div', { class: 'stack', style: { gap: '12px' }, testid: 'carer' },
    h('div', { class: 'head' }, h('span', { class: 'strong' }, each.name ?? t('family.unnamed')), h('span', { class: 'quiet small' }, t('family.since', { date: date(each.since) }))),
    button(t('family.withdraw'), { kind: 'danger-plain', wide: true, testid: 'withdraw',
      onclick: () => end('/v1/me/carers/', each, 'family.withdrawTitle', 'family.withdrawText', again) }));
}

function choice(id, label, values, text) {
  const input = h('select', { class: 'input', id, testid: id }, values.map((each) => h('option', { value: each }, text(each))));
  return { input, node: h('div', { class: 'field' }, h('label', { for: id }, label), input) };
}

function add(again) {
  sheet(t('family.add'), (close) => {
    const trouble = h('div', { role: 'alert', testid: 'family-refused' });
    const relation = choice('relation', t('family.relation'), RELATIONS, (each) => t(`relation.${each}`));
    const name = field('dependant-name', t('identity.name'), { autocomplete: 'off', maxlength: 100 });
    const type = choice('dependant-type', t('identity.type'), TYPES, (each) => t(`idType.${each}`));
    const number = field('dependant-number', t('identity.number'), { autocomplete: 'off', autocapitalize: 'characters', maxlength: 50 });
    const phone = field('dependant-phone', t('family.phone'), { autocomplete: 'off', inputmode: 'tel', maxlength: 20 });
    const yes = button(t('family.addYes'), { wide: true, testid: 'confirm-dependant', onclick: () => {
      const missing = [name, number].find((each) => !each.input.value.trim());
      [name, number].forEach((each) => each.tell(each.input.value.trim() ? '' : t('error.required')));
      if (missing) {
        missing.input.focus();
        return;
      }
      busy(yes, async () => {
        show(trouble);
        try {
          const added = await post('/v1/me/dependants', { name: name.input.value.trim(), idType: type.input.value,
            idNumber: number.input.value.trim().toUpperCase(), relation: relation.input.value, phone: phone.input.value.trim() || null });
          close();
          again();
          if (added.status === 'PENDING') {
            agree(added, again);
          } else {
            toast(t('family.added'));
          }
        } catch (problem) {
          show(trouble, note('bad', 'shield', said(problem)));
        }
      });
    } });
    return [h('h2', null, t('family.add')), note('', 'lock', t('family.how')), relation.node, name.node, type.node, number.node, phone.node,
      h('p', { class: 'small quiet' }, t('family.phoneHint')), trouble,
      h('div', { class: 'buttons' }, yes, button(t('common.close'), { kind: 'plain', wide: true, onclick: close }))];
  });
}

/** The code that the other person was sent: they tell it, if they agree. */
function agree(each, again) {
  sheet(t('family.codeTitle'), (close) => {
    const trouble = h('div', { role: 'alert' });
    const input = field('agreement-code', t('family.code'), { inputmode: 'numeric', autocomplete: 'off', maxlength: 6 });
    const yes = button(t('family.codeYes'), { wide: true, testid: 'confirm-code', onclick: () => busy(yes, async () => {
      try {
        await post(`/v1/me/dependants/${each.id}/agreement`, { code: input.input.value.trim() });
      } catch (problem) {
        show(trouble, note('bad', 'shield', said(problem)));
        return;
      }
      close();
      toast(t('family.added'));
      again();
    }) });
    return [h('h2', null, t('family.codeTitle')), h('p', null, t('family.codeText')), input.node, trouble,
      h('div', { class: 'buttons' }, yes, button(t('common.close'), { kind: 'plain', wide: true, onclick: close }))];
  });
}

function end(path, each, title, text, again) {
  sheet(t(title), (close) => {
    const trouble = h('div', { role: 'alert' });
    const yes = button(t('family.endYes'), { kind: 'danger', wide: true, testid: 'confirm-end', onclick: () => busy(yes, async () => {
      try {
        await remove(`${path}${each.id}`);
      } catch (problem) {
        show(trouble, note('bad', 'shield', said(problem)));
        return;
      }
      close();
      toast(t('family.ended'));
      again();
    }) });
    return [h('h2', null, t(title)), h('p', null, t(text)), trouble,
      h('div', { class: 'buttons' }, yes, button(t('common.no'), { kind: 'plain', wide: true, onclick: close }))];
  });
}

/**
 * Of a list under /v1/me, one's own entries and those of whom one books for, each with the name in `whose`; null is oneself. What
 * cannot be asked of one of them, as while it is in doubt who they are, hides no other's.
 */
export async function everybodys(path, pages) {
  const people = [{ person: null }, ...await bookedFor()];
  const lists = await Promise.all(people.map(({ person, name }) => all(`${path}${person ? `?personId=${person}` : ''}`, pages)
    .then((items) => items.map((each) => ({ ...each, whose: person && (name ?? t('family.unnamed')) })))
    .catch((problem) => (person ? [] : Promise.reject(problem)))));
  return lists.flat();
}

/** A request for whoever was chosen, or for the person it is kept for. */
export const withPerson = (body, whom, person) => ((person ?? whom?.chosen()) ? { ...body, personId: person ?? whom.chosen() } : body);

/** Those for whom one can book; nobody when it cannot be asked. */
export async function bookedFor() {
  if (!loggedIn()) {
    return [];
  }
  const { items } = await get('/v1/me/dependants').catch(() => ({ items: [] }));
  return items.filter((each) => each.status === 'ACTIVE');
}

/**
 * "For whom?": nothing to choose for who books for nobody else. `chosen()` is a personId, or null for oneself; `first` is chosen as
 * soon as it is known that one books for them.
 */
export function forWhom(label = t('family.forWhom'), first = null) {
  const input = h('select', { class: 'input', id: 'for-whom', testid: 'for-whom' }, h('option', { value: '' }, t('family.self')));
  const node = h('div', { class: 'field', hidden: true }, h('label', { for: 'for-whom' }, label), input);
  bookedFor().then((people) => {
    people.forEach((each) => input.append(h('option', { value: each.person }, `${each.name ?? t('family.unnamed')} · ${code('relation', each.relation)}`)));
    if (people.some((each) => each.person === first)) {
      input.value = first;
    }
    node.hidden = people.length === 0;
  });
  return { node, input, chosen: () => input.value || null };
}
