// The code that people at the clinic check in with, as large as the screen: digits to type and a QR code for the phone's camera.
import { get } from '../api.js';
import { h, show } from '../dom.js';
import { t } from '../i18n.js';
import { qr } from '../qr.js';
import { button, dialog, refusal } from '../ui.js';

const SOON = 500;
/** Asked again by then at the latest, because this device's clock may be wrong. */
const AGAIN = 5000;

/** Shown until it is closed. */
export function wallCode(queue, visit) {
  const place = h('div', { class: 'wall__code', 'aria-live': 'polite', testid: 'wall-code' });
  let timer = 0;
  const node = dialog(t('desk.code'), 'wall-dialog', (close) => [
    h('div', { class: 'split' }, h('h2', null, `${queue.hospitalName} · ${queue.departmentName}`), button(t('common.close'), { kind: 'plain', small: true, testid: 'close-dialog', onclick: close })),
    place]);
  node.classList.add('wall');
  const ask = async () => {
    let wait = AGAIN;
    try {
      const shown = await get(`/v1/check-in-places/${queue.department}/code`);
      if (place.dataset.url !== shown.url) {
        show(place, qr(shown.url, t('wall.qr')), h('strong', { class: 'wall__digits number', testid: 'wall-digits' }, shown.code), h('p', null, t('wall.hint')));
        place.dataset.url = shown.url;
      }
      wait = Math.min(AGAIN, Math.max(SOON, Date.parse(shown.shownUntil) - Date.now() + SOON));
    } catch (problem) {
      // An old code would only refuse people.
      show(place, h('div', { role: 'alert' }, refusal(problem)));
      delete place.dataset.url;
    }
    if (node.open && !visit.aborted) {
      timer = setTimeout(ask, wait);
    }
  };
  node.addEventListener('close', () => clearTimeout(timer));
  ask();
}
