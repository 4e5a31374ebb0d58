// What a person chose on this device: language and elder mode. Nothing personal is kept here.
const PREFIX = 'kangka.';

function read(name) {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

function write(name, value) {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // Private mode: the choice lasts as long as the page.
  }
}

export const settings = {
  get language() {
    return read('language') === 'en' ? 'en' : 'zh-CN';
  },
  set language(value) {
    write('language', value);
  },
  get elder() {
    return read('elder') === '1';
  },
  set elder(value) {
    write('elder', value ? '1' : '0');
    applyElder();
  },
  /** Whether this browser had a session when it was last used: saves strangers a needless refusal. */
  get hadSession() {
    return read('session') === '1';
  },
  set hadSession(value) {
    write('session', value ? '1' : '0');
  }
};

export function applyElder() {
  document.documentElement.toggleAttribute('data-elder', settings.elder);
}
