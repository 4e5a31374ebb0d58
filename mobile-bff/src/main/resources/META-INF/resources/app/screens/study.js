import { h, show } from '../dom.js';
import { get, image } from '../api.js';
import { date, hospitalOf, t } from '../i18n.js';
import { button, empty, facts, note, panel, pending, said } from '../ui.js';

export default {
  id: 'study',
  title: 'imaging.title',
  render(page, { params, signal, setTitle }) {
    show(page, pending(() => get(`/v1/me/imaging/${params.id}`), (study) => view(study, params.id, signal, setTitle)));
  }
};

function view(study, id, signal, setTitle) {
  setTitle(study.description || t('imaging.title'));
  const uids = (study.series ?? []).flatMap((series) => (series.instances ?? []).map((each) => each.uid ?? each.id));
  if (!uids.length) {
    return empty('scan', t('imaging.empty'), t('imaging.emptyHint'));
  }
  const film = h('div', { class: 'film', testid: 'film' });
  const position = h('span', { class: 'number', 'aria-live': 'polite', testid: 'film-position' });
  const back = button(t('imaging.previous'), { kind: 'soft', onclick: () => turn(-1) });
  const forth = button(t('imaging.next'), { kind: 'soft', onclick: () => turn(1), testid: 'film-next' });
  let at = 0;
  let shown = null;

  const turn = (by) => {
    at = Math.max(0, Math.min(uids.length - 1, at + by));
    load();
  };
  const load = async () => {
    const wanted = at;
    back.disabled = at === 0;
    forth.disabled = at === uids.length - 1;
    position.textContent = `${at + 1} / ${uids.length}`;
    try {
      const url = await image(`/v1/me/imaging/${id}/instances/${encodeURIComponent(uids[wanted])}/rendered`);
      if (wanted !== at || signal.aborted) {
        URL.revokeObjectURL(url);
        return;
      }
      show(film, h('img', { src: url, alt: t('imaging.alt', { title: study.description ?? '', number: wanted + 1 }), testid: 'film-image' }));
      URL.revokeObjectURL(shown);
      shown = url;
    } catch (problem) {
      show(film, h('div', { class: 'empty', role: 'alert' }, h('p', null, said(problem)), button(t('common.retry'), { kind: 'soft', onclick: load })));
    }
  };
  signal.addEventListener('abort', () => URL.revokeObjectURL(shown));
  load();
  return h('div', { class: 'stack', style: { gap: '16px' } },
    film,
    uids.length > 1 ? h('div', { class: 'film__bar' }, back, position, forth) : null,
    panel(facts([
      [t('imaging.what'), study.description],
      [t('report.hospital'), hospitalOf(study)],
      [t('imaging.date'), date(study.date)]
    ])),
    note('', 'scan', t('imaging.notDiagnostic')));
}
