import { h, show } from '../dom.js';
import { post, renew } from '../api.js';
import { t } from '../i18n.js';
import { go } from '../router.js';
import { toast } from '../shell.js';
import { busy, button, field, note, panel, said } from '../ui.js';

const TYPES = ['RESIDENT_ID', 'PASSPORT', 'HK_MACAO_PERMIT', 'TAIWAN_PERMIT', 'HK_MACAO_RESIDENCE_PERMIT',
  'TAIWAN_RESIDENCE_PERMIT', 'FOREIGN_RESIDENT_CARD'];

export default {
  id: 'identity',
  title: 'identity.title',
  render(page) {
    const name = field('name', t('identity.name'), { autocomplete: 'name', maxlength: 100 });
    const number = field('id-number', t('identity.number'), { autocomplete: 'off', autocapitalize: 'characters', maxlength: 50 });
    const type = h('select', { class: 'input', id: 'id-type', testid: 'id-type' },
      TYPES.map((each) => h('option', { value: each }, t(`idType.${each}`))));
    const trouble = h('div', { role: 'alert', testid: 'identity-error' });
    const submit = button(t('identity.submit'), { wide: true, type: 'submit', testid: 'identity-submit' });

    const form = h('form', { class: 'stack', novalidate: true, style: { gap: '16px' }, onsubmit: (event) => {
      event.preventDefault();
      name.tell(name.input.value.trim() ? '' : t('error.required'));
      number.tell(number.input.value.trim() ? '' : t('error.required'));
      const missing = [name, number].find((each) => !each.input.value.trim());
      if (missing) {
        missing.input.focus();
        return;
      }
      busy(submit, async () => {
        show(trouble);
        try {
          await post('/v1/me/identity', {
            name: name.input.value.trim(), idType: type.value, idNumber: number.input.value.trim().toUpperCase()
          });
          await renew();
        } catch (problem) {
          show(trouble, note('bad', 'shield', said(problem)));
          return;
        }
        await go('/', { replace: true });
        toast(t('identity.done'));
      });
    } }, name.node,
    h('div', { class: 'field' }, h('label', { for: 'id-type' }, t('identity.type')), type),
    number.node, trouble, submit);

    show(page,
      note('', 'lock', t('identity.why')),
      panel(form),
      h('p', { class: 'small quiet' }, t('identity.phoneHint')));
  }
};
