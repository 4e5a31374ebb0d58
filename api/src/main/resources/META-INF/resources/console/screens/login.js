import { openSession } from '../api.js';
import { h, show } from '../dom.js';
import { t } from '../i18n.js';
import { busy, button, field, note, refusal } from '../ui.js';

export const loginScreen = {
  id: 'login',
  title: 'login.title',
  render(main, desk) {
    const username = field('username-input', t('login.username'), { autocomplete: 'username', spellcheck: 'false', autocapitalize: 'off', maxlength: 200 });
    const password = field('password-input', t('login.password'), { type: 'password', autocomplete: 'current-password', maxlength: 200 });
    const trouble = h('div', { role: 'alert', testid: 'login-error' });
    if (desk.state.notice) {
      show(trouble, note('warn', 'lock', t(desk.state.notice)));
      desk.state.notice = null;
    }
    const enter = button(t('login.enter'), { wide: true, type: 'submit', testid: 'login' });
    const form = h('form', { class: 'stack', novalidate: true, onsubmit: (event) => {
      event.preventDefault();
      const empty = [username, password].filter((each) => {
        each.tell(each.input.value ? '' : t('error.required'));
        return !each.input.value;
      });
      if (empty.length) {
        empty[0].input.focus();
        return;
      }
      busy(enter, async () => {
        show(trouble);
        try {
          await openSession(username.input.value.trim(), password.input.value);
        } catch (problem) {
          show(trouble, refusal(problem));
          password.input.value = '';
          password.input.focus();
          return;
        }
        desk.enter(username.input.value.trim());
      });
    } }, username.node, password.node, trouble, enter);
    show(main, h('div', { class: 'door' },
      h('div', { class: 'door__head' },
        h('span', { class: 'seal', 'aria-hidden': 'true' }, '康'),
        h('h1', null, t('app.title')),
        h('p', { class: 'quiet' }, t('login.about'))),
      h('div', { class: 'panel' }, form),
      h('p', { class: 'small quiet' }, t('login.legal'))));
    username.input.focus();
  }
};
