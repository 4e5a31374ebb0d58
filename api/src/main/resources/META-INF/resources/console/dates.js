// Dates as agents type them while somebody speaks: 19900307, 1990-3-7, 1990.03.07, 1990年3月7日.
const TYPED = /^(\d{4})[-./年]?(\d{1,2})[-./月]?(\d{1,2})日?$/;
const DOCUMENT = /^(?=.*\d)[0-9A-Za-z()/-]{6,30}$/;
const WITHIN = /(\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?|\d{8})/;

/** YYYY-MM-DD, or null when it is no date. */
export function dateOf(text) {
  const found = TYPED.exec(text.trim());
  if (!found) {
    return null;
  }
  const [year, month, day] = found.slice(1).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? date.toISOString().slice(0, 10) : null;
}

/** What one box of text asks for: a phone, an id number, or a name with a birth date if one is there. */
export function readSearch(text) {
  const plain = text.trim();
  const packed = plain.replace(/[\s-]/g, '');
  if (!plain) {
    return { kind: 'nothing' };
  }
  if (/^\d{11}$/.test(packed)) {
    return { kind: 'phone', phone: packed };
  }
  if (/^\d{17}[\dXx]$/.test(packed)) {
    return { kind: 'idNumber', idNumber: packed.toUpperCase() };
  }
  const written = WITHIN.exec(plain)?.[0] ?? '';
  const birthDate = dateOf(written);
  if (!birthDate && DOCUMENT.test(packed)) {
    return { kind: 'idNumber', idNumber: packed.toUpperCase() };
  }
  const name = (birthDate ? plain.replace(written, '') : plain).replace(/[\s,,]+$/, '').trim();
  return !name || /\d/.test(name) ? { kind: 'unclear' } : { kind: 'name', name, birthDate };
}
