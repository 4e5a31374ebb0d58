// What an agent chose on this device: the language. Nothing else is kept, and nothing personal ever.
const LANGUAGE = 'kangka.console.language';

export const settings = {
  get language() {
    try {
      return localStorage.getItem(LANGUAGE) === 'en' ? 'en' : 'zh-CN';
    } catch {
      return 'zh-CN';
    }
  },
  set language(value) {
    try {
      localStorage.setItem(LANGUAGE, value);
    } catch {
      // Private mode: the choice lasts as long as the page.
    }
  }
};
