// The course of one value: curve, axis and the band that the laboratory calls normal.
import { s } from './dom.js';
import { date, dayAndMonth, t } from './i18n.js';

const WIDTH = 360;
const HEIGHT = 190;
const LEFT = 44;
const RIGHT = 22;
const TOP = 22;
const BOTTOM = 34;
const ROUND = 100;

export function trend(observed) {
  const points = observed.trend.map((each) => ({ at: new Date(each.at).getTime(), value: Number(each.value) }))
    .filter((each) => Number.isFinite(each.at) && Number.isFinite(each.value))
    .sort((a, b) => a.at - b.at);
  const { low, high } = observed.referenceRange ?? {};
  const limits = [low, high].filter((each) => each !== null && each !== undefined).map(Number);
  const scale = scaleOf(points, limits);
  const curve = points.map((each, i) => `${i ? 'L' : 'M'}${scale.x(each.at)} ${scale.y(each.value)}`).join('');
  const outside = (value) => (limits.length && low !== undefined && low !== null && value < low)
    || (high !== undefined && high !== null && value > high);
  const last = points[points.length - 1];
  return s('svg', { class: 'chart', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': described(observed, points) },
    limits.length ? s('rect', { class: 'band', x: LEFT, width: WIDTH - LEFT - RIGHT, ...scale.band(low, high) }) : null,
    scale.ticks.map((value) => [
      s('line', { class: 'grid', x1: LEFT, x2: WIDTH - RIGHT, y1: scale.y(value), y2: scale.y(value) }),
      s('text', { x: LEFT - 6, y: scale.y(value) + 4, 'text-anchor': 'end' }, String(value))
    ]),
    s('path', { class: 'curve', d: curve }),
    points.map((each) => s('circle', { class: `dot${outside(each.value) ? ' dot--out' : ''}`, cx: scale.x(each.at), cy: scale.y(each.value), r: 4.5 })),
    s('text', { class: 'last', x: Math.min(scale.x(last.at), WIDTH - RIGHT), y: scale.y(last.value) + labelShift(points), 'text-anchor': 'end' }, String(last.value)),
    [points[0], last].map((each, i) => s('text', { x: i ? WIDTH - RIGHT : LEFT, y: HEIGHT - 10, 'text-anchor': i ? 'end' : 'start' },
      i ? dayAndMonth(each.at) : date(each.at))));
}

/** The last value stands off the curve: above a rising one, below a falling one. */
function labelShift(points) {
  const before = points[points.length - 2];
  return before && before.value > points[points.length - 1].value ? 20 : -10;
}

function scaleOf(points, limits) {
  const values = [...points.map((each) => each.value), ...limits];
  const smallest = Math.min(...values);
  const largest = Math.max(...values);
  const margin = (largest - smallest || Math.abs(largest) || 1) * 0.18;
  const from = Math.max(smallest - margin, smallest >= 0 ? 0 : -Infinity);
  const to = largest + margin;
  const start = points[0].at;
  const span = points[points.length - 1].at - start || 1;
  const x = (at) => Math.round((LEFT + 8 + ((at - start) / span) * (WIDTH - LEFT - RIGHT - 16)) * ROUND) / ROUND;
  const y = (value) => Math.round((HEIGHT - BOTTOM - ((value - from) / (to - from)) * (HEIGHT - TOP - BOTTOM)) * ROUND) / ROUND;
  return {
    x,
    y,
    ticks: ticksOf(from, to),
    band(low, high) {
      const top = high === null || high === undefined ? TOP : y(high);
      const bottom = low === null || low === undefined ? HEIGHT - BOTTOM : y(low);
      return { y: top, height: Math.max(0, bottom - top) };
    }
  };
}

function ticksOf(from, to) {
  const rough = (to - from) / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((each) => each * power).find((each) => each >= rough);
  const ticks = [];
  for (let value = Math.ceil(from / step) * step; value <= to; value += step) {
    ticks.push(Number(value.toPrecision(6)));
  }
  return ticks;
}

function described(observed, points) {
  return t('report.trendLabel', {
    name: observed.name,
    unit: observed.unit ?? '',
    points: points.map((each) => `${date(each.at)} ${each.value}`).join(t('common.comma'))
  });
}
