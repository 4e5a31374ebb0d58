// A hospital's sessions as a file: checked first, saved as a whole or not at all, with every error by row and column.
import { upload } from '../api.js';
import { hospitals } from '../directory.js';
import { h, show } from '../dom.js';
import { t } from '../i18n.js';
import { busy, button, facts, field, note, refusal } from '../ui.js';

const MOST_BYTES = 2 * 1024 * 1024;

export const schedulesScreen = {
  id: 'schedules',
  title: 'schedules.title',
  async render(main) {
    const choice = h('select', { class: 'input', id: 'import-hospital', testid: 'import-hospital' });
    const file = field('import-file', t('schedules.file'), { type: 'file', accept: '.csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' });
    const result = h('div', { 'aria-live': 'polite', testid: 'import-result' });
    const act = (node, dryRun) => busy(node, async () => {
      file.tell(null);
      const chosen = file.input.files[0];
      if (!chosen || chosen.size > MOST_BYTES) {
        file.tell(t(chosen ? 'schedules.tooLarge' : 'schedules.missing'));
        file.input.focus();
        return;
      }
      try {
        show(result, report(await upload(`/v1/schedule-imports?hospital=${encodeURIComponent(choice.value)}&dryRun=${dryRun}`, chosen)));
      } catch (problem) {
        show(result, problem.errors.length ? report({ saved: false, errors: problem.errors }) : refusal(problem));
      }
    });
    const check = button(t('schedules.check'), { kind: 'soft', testid: 'check-import', onclick: () => act(check, true) });
    const save = button(t('schedules.save'), { testid: 'save-import', onclick: () => act(save, false) });
    show(main, h('section', { class: 'panel stack' }, h('h2', null, t('schedules.title')), h('p', { class: 'quiet small' }, t('schedules.hint')),
      h('div', { class: 'search' }, h('div', { class: 'field' }, h('label', { for: 'import-hospital' }, t('stops.hospital')), choice), file.node),
      h('div', { class: 'buttons' }, check, save), result));
    try {
      show(choice, (await hospitals()).map((each) => h('option', { value: each.id }, `${each.name} (${each.id})`)));
    } catch (problem) {
      show(result, refusal(problem));
    }
  }
};

function report(said) {
  if (said.errors.length) {
    return h('div', { class: 'stack', role: 'alert' }, note('bad', 'shield', h('p', { class: 'strong' }, t('schedules.refused', { count: said.errors.length }))),
      h('table', { testid: 'import-errors' },
        h('thead', null, h('tr', null, ['schedules.row', 'schedules.column', 'schedules.rule'].map((key) => h('th', { scope: 'col' }, t(key))))),
        h('tbody', null, said.errors.map((each) => h('tr', null, h('td', { class: 'number' }, each.row), h('td', null, each.column ?? ''), h('td', null, each.message))))));
  }
  return h('div', { class: 'stack', testid: 'import-good' }, note('', 'check', h('p', { class: 'strong' }, t(said.saved ? 'schedules.saved' : 'schedules.good'))),
    facts([['schedules.sessions', said.sessions], ['schedules.created', said.created], ['schedules.departments', said.departments], ['schedules.doctors', said.doctors]]
      .map(([key, count]) => [t(key), h('span', { class: 'number' }, count)])));
}
