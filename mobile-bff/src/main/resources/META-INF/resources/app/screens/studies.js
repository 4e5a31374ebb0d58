import { show } from '../dom.js';
import { get } from '../api.js';
import { code, date, hospitalOf, t } from '../i18n.js';
import { chip, disc, empty, note, pending, row, rows } from '../ui.js';

export default {
  id: 'studies',
  title: 'imaging.list',
  render(page) {
    show(page, pending(() => get('/v1/me/imaging?limit=200'), view));
  }
};

function view(answer) {
  return [
    answer.incomplete?.length ? note('warn', 'cloud', t('imaging.incomplete')) : null,
    answer.items?.length
      ? rows(answer.items.map((study) => row({ href: `/imaging/${study.id}`, lead: disc('scan', 'blue'),
        title: study.description || code('modality', study.modality), sub: `${hospitalOf(study)} · ${date(study.date)}`,
        trail: chip(study.modality), testid: 'study' })), 'studies')
      : empty('scan', t('imaging.none'), t('imaging.noneHint'))
  ];
}
