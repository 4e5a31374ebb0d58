// QR codes (ISO/IEC 18004), byte mode, error correction M, versions 1 to 20; drawn as SVG on the device. The same as in the citizen app.
import { s } from './dom.js';

const ECC_PER_BLOCK = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26];
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];
const QUIET = 4;

/** The text as a matrix of booleans (true is dark). */
export function encode(text) {
  const bytes = new TextEncoder().encode(text);
  const version = smallest(bytes.length);
  const codewords = interleave(dataOf(bytes, version), version);
  let best = null;
  for (let mask = 0; mask < 8; mask++) {
    const symbol = drawn(codewords, version, mask);
    const penalty = penaltyOf(symbol);
    if (!best || penalty < best.penalty) {
      best = { penalty, symbol };
    }
  }
  return best.symbol;
}

/** The text as an SVG image with its quiet zone. */
export function qr(text, label) {
  const matrix = encode(text);
  const size = matrix.length + 2 * QUIET;
  let path = '';
  matrix.forEach((row, y) => row.forEach((dark, x) => {
    if (dark) {
      path += `M${x + QUIET} ${y + QUIET}h1v1h-1z`;
    }
  }));
  return s('svg', { class: 'qr', viewBox: `0 0 ${size} ${size}`, role: 'img', 'aria-label': label,
    'shape-rendering': 'crispEdges' },
  s('rect', { width: size, height: size, fill: '#fff' }), s('path', { d: path, fill: '#000' }));
}

function rawModules(version) {
  let result = (16 * version + 128) * version + 64;
  if (version >= 2) {
    const patterns = Math.floor(version / 7) + 2;
    result -= (25 * patterns - 10) * patterns - 55;
    if (version >= 7) {
      result -= 36;
    }
  }
  return result;
}

const totalCodewords = (version) => Math.floor(rawModules(version) / 8);
const dataCodewords = (version) => totalCodewords(version) - ECC_PER_BLOCK[version - 1] * BLOCKS[version - 1];

function smallest(length) {
  for (let version = 1; version <= BLOCKS.length; version++) {
    const header = 4 + (version < 10 ? 8 : 16);
    if (Math.ceil((header + length * 8) / 8) <= dataCodewords(version)) {
      return version;
    }
  }
  throw new RangeError('too long for a QR code');
}

function dataOf(bytes, version) {
  const bits = [];
  const push = (value, length) => {
    for (let i = length - 1; i >= 0; i--) {
      bits.push((value >>> i) & 1);
    }
  };
  push(4, 4);
  push(bytes.length, version < 10 ? 8 : 16);
  bytes.forEach((each) => push(each, 8));
  const capacity = dataCodewords(version) * 8;
  push(0, Math.min(4, capacity - bits.length));
  push(0, (8 - (bits.length % 8)) % 8);
  for (let pad = 0xec; bits.length < capacity; pad ^= 0xec ^ 0x11) {
    push(pad, 8);
  }
  const data = [];
  for (let i = 0; i < bits.length; i += 8) {
    data.push(parseInt(bits.slice(i, i + 8).join(''), 2));
  }
  return data;
}

function interleave(data, version) {
  const blocks = BLOCKS[version - 1];
  const ecc = ECC_PER_BLOCK[version - 1];
  const total = totalCodewords(version);
  const short = blocks - (total % blocks);
  const shortLength = Math.floor(total / blocks) - ecc;
  const divisor = generator(ecc);
  const parts = [];
  for (let i = 0, at = 0; i < blocks; i++) {
    const part = data.slice(at, at + shortLength + (i < short ? 0 : 1));
    at += part.length;
    parts.push({ data: part, ecc: remainder(part, divisor) });
  }
  const result = [];
  for (let i = 0; i <= shortLength; i++) {
    parts.forEach((part) => i < part.data.length && result.push(part.data[i]));
  }
  for (let i = 0; i < ecc; i++) {
    parts.forEach((part) => result.push(part.ecc[i]));
  }
  return result;
}

function multiply(x, y) {
  let z = 0;
  for (let i = 7; i >= 0; i--) {
    z = (z << 1) ^ ((z >>> 7) * 0x11d);
    z ^= ((y >>> i) & 1) * x;
  }
  return z;
}

function generator(degree) {
  const result = new Array(degree).fill(0);
  result[degree - 1] = 1;
  let root = 1;
  for (let i = 0; i < degree; i++) {
    for (let j = 0; j < degree; j++) {
      result[j] = multiply(result[j], root) ^ (j + 1 < degree ? result[j + 1] : 0);
    }
    root = multiply(root, 2);
  }
  return result;
}

function remainder(data, divisor) {
  const result = new Array(divisor.length).fill(0);
  for (const each of data) {
    const factor = each ^ result.shift();
    result.push(0);
    divisor.forEach((coefficient, i) => {
      result[i] ^= multiply(coefficient, factor);
    });
  }
  return result;
}

function drawn(codewords, version, mask) {
  const size = version * 4 + 17;
  const dark = Array.from({ length: size }, () => new Array(size).fill(false));
  const fixed = Array.from({ length: size }, () => new Array(size).fill(false));
  const set = (x, y, value) => {
    dark[y][x] = value;
    fixed[y][x] = true;
  };
  patterns(set, version, size);
  format(set, mask, size);
  versionBits(set, version, size);
  place(codewords, dark, fixed, size);
  masked(dark, fixed, mask, size);
  return dark;
}

function patterns(set, version, size) {
  for (let i = 0; i < size; i++) {
    set(6, i, i % 2 === 0);
    set(i, 6, i % 2 === 0);
  }
  for (const [cx, cy] of [[3, 3], [size - 4, 3], [3, size - 4]]) {
    for (let dy = -4; dy <= 4; dy++) {
      for (let dx = -4; dx <= 4; dx++) {
        const x = cx + dx;
        const y = cy + dy;
        if (x >= 0 && x < size && y >= 0 && y < size) {
          const distance = Math.max(Math.abs(dx), Math.abs(dy));
          set(x, y, distance !== 2 && distance !== 4);
        }
      }
    }
  }
  const positions = alignment(version, size);
  const last = positions.length - 1;
  positions.forEach((cx, i) => positions.forEach((cy, j) => {
    if ((i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0)) {
      return;
    }
    for (let dy = -2; dy <= 2; dy++) {
      for (let dx = -2; dx <= 2; dx++) {
        set(cx + dx, cy + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
      }
    }
  }));
}

function alignment(version, size) {
  if (version === 1) {
    return [];
  }
  const count = Math.floor(version / 7) + 2;
  const step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  const result = [6];
  for (let at = size - 7; result.length < count; at -= step) {
    result.splice(1, 0, at);
  }
  return result;
}

function format(set, mask, size) {
  let rest = mask;
  for (let i = 0; i < 10; i++) {
    rest = (rest << 1) ^ ((rest >>> 9) * 0x537);
  }
  const bits = ((mask << 10) | rest) ^ 0x5412;
  const bit = (i) => ((bits >>> i) & 1) !== 0;
  for (let i = 0; i <= 5; i++) {
    set(8, i, bit(i));
  }
  set(8, 7, bit(6));
  set(8, 8, bit(7));
  set(7, 8, bit(8));
  for (let i = 9; i < 15; i++) {
    set(14 - i, 8, bit(i));
  }
  for (let i = 0; i < 8; i++) {
    set(size - 1 - i, 8, bit(i));
  }
  for (let i = 8; i < 15; i++) {
    set(8, size - 15 + i, bit(i));
  }
  set(8, size - 8, true);
}

function versionBits(set, version, size) {
  if (version < 7) {
    return;
  }
  let rest = version;
  for (let i = 0; i < 12; i++) {
    rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25);
  }
  const bits = (version << 12) | rest;
  for (let i = 0; i < 18; i++) {
    const value = ((bits >>> i) & 1) !== 0;
    const a = size - 11 + (i % 3);
    const b = Math.floor(i / 3);
    set(a, b, value);
    set(b, a, value);
  }
}

function place(codewords, dark, fixed, size) {
  let i = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    const column = right <= 6 ? right - 1 : right;
    const up = ((column + 1) & 2) === 0;
    for (let step = 0; step < size; step++) {
      for (let j = 0; j < 2; j++) {
        const x = column - j;
        const y = up ? size - 1 - step : step;
        if (!fixed[y][x] && i < codewords.length * 8) {
          dark[y][x] = ((codewords[i >>> 3] >>> (7 - (i & 7))) & 1) !== 0;
          i++;
        }
      }
    }
  }
}

const MASKS = [
  (x, y) => (x + y) % 2 === 0,
  (x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0
];

function masked(dark, fixed, mask, size) {
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (!fixed[y][x] && MASKS[mask](x, y)) {
        dark[y][x] = !dark[y][x];
      }
    }
  }
}

function penaltyOf(dark) {
  const size = dark.length;
  let penalty = 0;
  let count = 0;
  for (let a = 0; a < size; a++) {
    penalty += runs((b) => dark[a][b], size) + runs((b) => dark[b][a], size);
    for (let b = 0; b < size; b++) {
      count += dark[a][b] ? 1 : 0;
      if (a > 0 && b > 0 && dark[a][b] === dark[a - 1][b] && dark[a][b] === dark[a][b - 1]
          && dark[a][b] === dark[a - 1][b - 1]) {
        penalty += 3;
      }
    }
  }
  return penalty + Math.floor(Math.abs(count * 20 - size * size * 10) / (size * size)) * 10;
}

function runs(at, size) {
  let penalty = 0;
  let line = '';
  let length = 0;
  for (let i = 0; i < size; i++) {
    length = i > 0 && at(i) === at(i - 1) ? length + 1 : 1;
    penalty += length === 5 ? 3 : length > 5 ? 1 : 0;
    line += at(i) ? '1' : '0';
  }
  for (const finder of ['10111010000', '00001011101']) {
    for (let from = line.indexOf(finder); from >= 0; from = line.indexOf(finder, from + 1)) {
      penalty += 40;
    }
  }
  return penalty;
}
