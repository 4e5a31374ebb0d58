import { h, show } from '../dom.js';
import { openSession, post } from '../api.js';
import { t } from '../i18n.js';
import { go, match } from '../router.js';
import { languageButton } from '../language.js';
import { busy, button, field, note, said } from '../ui.js';

const WAIT = 60;

export default {
  id: 'login',
  title: 'login.title',
  ownHead: true,
  render(page, { query, signal }) {
    const phone = field('phone', t('login.phone'), {
      type: 'tel', inputmode: 'numeric', autocomplete: 'tel-national', maxlength: 11, placeholder: t('login.phoneHint')
    });
    const code = field('code', t('login.code'), {
      type: 'text', inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: 6, placeholder: t('login.codeHint')
    });
    const trouble = h('div', { role: 'alert', testid: 'login-error' });
    const send = button(t('login.send'), { kind: 'soft', testid: 'send-code' });
    code.node.insertBefore(h('div', { class: 'with-button' }, code.input, send), code.error);

    const wait = (seconds) => {
      const until = Date.now() + seconds * 1000;
      const tick = () => {
        const left = Math.ceil((until - Date.now()) / 1000);
        send.disabled = left > 0;
        send.textContent = left > 0 ? t('login.again', { seconds: left }) : t('login.send');
        if (left <= 0) {
          clearInterval(timer);
        }
      };
      const timer = setInterval(tick, 500);
      signal.addEventListener('abort', () => clearInterval(timer));
      tick();
    };
    const tell = (problem) => show(trouble, note('bad', 'shield', said(problem)));
    const phoneOk = () => {
      const ok = /^1\d{10}$/.test(phone.input.value.trim());
      phone.tell(ok ? '' : t('login.phoneWrong'));
      if (!ok) {
        phone.input.focus();
      }
      return ok;
    };

    send.addEventListener('click', () => phoneOk() && busy(send, async () => {
      show(trouble);
      try {
        await post('/v1/login/codes', { phone: phone.input.value.trim() }, { anonymous: true });
        show(trouble, note('', 'check', t('login.sent')));
        code.input.focus();
        setTimeout(() => wait(WAIT));
      } catch (problem) {
        tell(problem);
        if (problem.retryAfter) {
          setTimeout(() => wait(problem.retryAfter));
        }
      }
    }));

    const enter = button(t('login.enter'), { wide: true, type: 'submit', testid: 'login' });
    const form = h('form', { class: 'stack', novalidate: true, style: { gap: '16px' }, onsubmit: (event) => {
      event.preventDefault();
      if (!phoneOk()) {
        return;
      }
      const six = code.input.value.trim();
      code.tell(/^\d{6}$/.test(six) ? '' : t('login.codeWrong'));
      if (!/^\d{6}$/.test(six)) {
        code.input.focus();
        return;
      }
      busy(enter, async () => {
        show(trouble);
        try {
          await openSession(phone.input.value.trim(), six);
        } catch (problem) {
          tell(problem);
          return;
        }
        const then = query.get('then') ?? '/';
        await go(match(then.split('?')[0]) ? then : '/', { replace: true });
      });
    } }, phone.node, code.node, trouble, enter);

    show(page,
      h('div', { class: 'corner' }, languageButton()),
      h('div', { class: 'welcome' },
        h('span', { class: 'seal', 'aria-hidden': 'true' }, '康'),
        h('h1', null, t('login.welcome')),
        h('p', { class: 'quiet' }, t('login.about'))),
      h('div', { class: 'panel' }, form),
      h('p', { class: 'small quiet' }, t('login.legal')),
      h('div', { class: 'buttons' },
        button(t('login.findDoctor'), { kind: 'plain', href: '/book' }),
        button(t('login.readArticles'), { kind: 'plain', href: '/articles' })));
  }
};
