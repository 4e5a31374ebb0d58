// Asks why, and does something with the reason: looking at people's data and touching queues are kept with who and why.
import { h, show } from './dom.js';
import { t } from './i18n.js';
import { busy, button, dialog, field, refusal } from './ui.js';

/** `act` gets the reason; its problem is shown in the dialog, its success closes it. */
export function askReason(title, hint, act) {
  dialog(title, 'reason-dialog', (close) => {
    const why = field('reason', t('message.reason'), { maxlength: 200 });
    const place = h('div', { role: 'alert' });
    const confirm = button(t('message.confirm'), { testid: 'reason-confirm', onclick: () => busy(confirm, go) });
    const go = async () => {
      why.tell(null);
      if (!why.input.value.trim()) {
        why.tell(t('message.reasonMissing'));
        why.input.focus();
        return;
      }
      try {
        await act(why.input.value.trim());
        close();
      } catch (problem) {
        show(place, refusal(problem));
      }
    };
    why.input.addEventListener('keydown', (event) => event.key === 'Enter' && confirm.click());
    return [h('h2', null, title), hint ? h('p', { class: 'quiet' }, hint) : null,
      why.node, h('p', { class: 'quiet small' }, t('message.reasonHint')), place,
      h('div', { class: 'buttons' }, confirm, button(t('common.close'), { kind: 'plain', onclick: close }))];
  });
}
