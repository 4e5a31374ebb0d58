// Changes the language of the whole app at once.
import { loadTexts, t } from './i18n.js';
import { reload } from './router.js';
import { settings } from './settings.js';
import { button } from './ui.js';

export async function useLanguage(language) {
  settings.language = language;
  await loadTexts();
  await reload();
}

export function languageButton() {
  const other = settings.language === 'en' ? 'zh-CN' : 'en';
  return button(t('settings.otherLanguage'), { lang: other, testid: 'language', onclick: () => useLanguage(other) });
}
