import { h, show } from '../dom.js';
import { get, post } from '../api.js';
import { code as text, dateAndTime, t } from '../i18n.js';
import { hospitalNames } from '../places.js';
import { qr } from '../qr.js';
import { sheet, toast } from '../shell.js';
import { bones, busy, button, chip, disc, empty, note, pending, row, rows, said, section } from '../ui.js';

const LIFE = 60000;
const EARLY = 2000;
// Hospitals confirm within seconds; one that is down, when it is up again.
const UNTOLD = 3000;

export default {
  id: 'card',
  title: 'card.title',
  render(page, { signal }) {
    show(page,
      pending(load, ([cards, nameOf], again) => view(cards.items ?? [], nameOf, again, signal), () => bones(1, 'bone--tall')));
  }
};

const load = () => Promise.all([get('/v1/me/cards'), hospitalNames()]);

function view(cards, nameOf, again, signal) {
  const regional = cards.find((card) => card.kind === 'REGIONAL' && !['CANCELLED', 'REPLACED'].includes(card.status));
  const others = cards.filter((card) => card.kind === 'HOSPITAL');
  if (!regional) {
    return empty('card', t('card.none'), t('card.coming'), button(t('common.retry'), { kind: 'soft', onclick: again }));
  }
  return h('div', { class: 'stack', style: { gap: '18px' } },
    regional.status === 'ACTIVE' ? dynamic(regional, signal) : stopped(regional, nameOf, again, signal),
    regional.status === 'ACTIVE'
      ? button(t('card.reportLoss'), { kind: 'danger-plain', wide: true, testid: 'report-loss', onclick: () => confirmLoss(regional, again) })
      : null,
    others.length ? section(t('card.others'), null, rows(others.map((card) => row({
      lead: disc('hospital', 'blue'), title: nameOf(card.source), sub: card.number, trail: chip(text('cardStatus', card.status))
    })))) : null,
    section(t('card.uses'), null, pending(() => get('/v1/me/card-uses?limit=20'), (page) => uses(page, nameOf), () => bones(2))));
}

function stopped(card, nameOf, again, signal) {
  const untold = card.untold ?? [];
  if (untold.length) {
    const asking = setTimeout(again, UNTOLD);
    signal.addEventListener('abort', () => clearTimeout(asking));
  }
  return h('div', { class: 'panel code', testid: 'card-stopped' },
    chip(text('cardStatus', card.status), 'bad'),
    h('h2', null, t('card.stopped')),
    h('p', { class: 'quiet' }, card.status === 'LOST' ? t('card.lostHint') : t('card.stoppedHint')),
    card.untold ? h('p', { class: 'small', testid: 'card-untold' },
      untold.length ? t('card.untold', { hospitals: untold.map(nameOf).join('、') }) : t('card.told')) : null);
}

/** The code that is shown at a counter: renewed by itself while somebody looks at it. */
function dynamic(card, signal) {
  const picture = h('div', { class: 'code__frame', testid: 'qr' }, h('div', { class: 'qr bone', style: { height: '264px' } }));
  const left = h('p', { class: 'quiet small number', testid: 'countdown' });
  const bar = h('div', { class: 'countdown__left' });
  const trouble = h('div', { role: 'alert' });
  let until = 0;
  let asking = false;

  const renew = async () => {
    if (asking) {
      return;
    }
    asking = true;
    try {
      const issued = await post(`/v1/me/cards/${card.id}/code`);
      // The phone's clock may be wrong: what counts is the time since the answer, never more than the server said.
      const lasts = new Date(issued.expiresAt).getTime() - Date.now();
      until = Date.now() + Math.min(LIFE, lasts > 5000 ? lasts : LIFE);
      picture.classList.remove('code__frame--old');
      picture.dataset.code = issued.code;
      show(picture, qr(issued.code, t('card.qrLabel')));
      show(trouble);
    } catch (problem) {
      until = 0;
      picture.classList.add('code__frame--old');
      show(trouble, note('bad', 'cloud', said(problem)),
        button(t('common.retry'), { kind: 'soft', onclick: renew, testid: 'code-retry' }));
    }
    asking = false;
  };
  const tick = () => {
    const rest = until - Date.now();
    left.textContent = rest > 0 ? t('card.renewsIn', { seconds: Math.ceil(rest / 1000) }) : '';
    bar.style.setProperty('transform', `scaleX(${Math.max(0, Math.min(1, rest / LIFE))})`);
    if (until && rest < EARLY && document.visibilityState === 'visible') {
      renew();
    }
  };
  const timer = setInterval(tick, 500);
  document.addEventListener('visibilitychange', tick, { signal });
  signal.addEventListener('abort', () => clearInterval(timer));
  renew().then(tick);

  return h('div', { class: 'panel code' },
    h('p', { class: 'strong' }, t('card.hint')),
    picture,
    trouble,
    h('div', { class: 'countdown' },
      h('div', { class: 'countdown__track', 'aria-hidden': 'true' }, bar), left),
    h('div', { class: 'inline' },
      button(t('card.renew'), { kind: 'soft', onclick: renew, testid: 'renew-code' })),
    note('', 'sun', t('card.brightness')));
}

function confirmLoss(card, again) {
  const { close } = sheet(t('card.reportLoss'), () => {
    const trouble = h('div', { role: 'alert' });
    const yes = button(t('card.lossYes'), { kind: 'danger', wide: true, testid: 'confirm-loss', onclick: () => busy(yes, async () => {
      try {
        await post(`/v1/me/cards/${card.id}/loss`);
      } catch (problem) {
        show(trouble, note('bad', 'shield', said(problem)));
        return;
      }
      close();
      toast(t('card.lossDone'));
      again();
    }) });
    return [
      h('h2', null, t('card.lossTitle')),
      h('p', null, t('card.lossText')),
      trouble,
      h('div', { class: 'buttons' }, yes, button(t('common.no'), { kind: 'plain', wide: true, onclick: () => close() }))
    ];
  });
}

function uses(page, nameOf) {
  const items = page.items ?? [];
  return items.length
    ? rows(items.map((use) => row({
      lead: disc('check'), title: text('scene', use.scene), sub: `${nameOf(use.source)} · ${dateAndTime(use.at)}`
    })), 'card-uses')
    : empty('clock', t('card.noUses'), t('card.noUsesHint'));
}
