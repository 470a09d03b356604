// The table of a run of the benches, and the same as JSON.
import { cpus } from 'node:os';

const rows = [];
const widths = [58, 12, 30, 10, 18];

/**
 * One figure. `goal` says how much it may be at most or must be at least, of the `value` itself or of its `ratio` to the baseline of the
 * same run, which is how many times more it is, or (`less`) how many times less. A baseline that is not here is a text.
 */
export function say({ what, value, unit, baseline = null, less = false, goal = [] }) {
  const base = typeof baseline === 'object' ? baseline : null;
  const ratio = base === null ? null : less ? base.value / value : value / base.value;
  const goals = [goal].flat();
  const judged = goals.map(({ of, ...bound }) => meets(of === 'ratio' ? ratio : value, bound));
  const met = goals.length === 0 || judged.includes(null) ? null : judged.every(Boolean);
  const row = {
    what,
    value,
    unit,
    baseline: base?.what ?? baseline,
    baselineValue: base?.value ?? null,
    ratio,
    goals,
    met,
  };
  rows.push({ ...row, less });
  if (rows.length === 1) line('figure', 'measured', 'baseline', 'ratio', 'goal', '');
  line(
    what,
    `${shown(value)} ${unit}`,
    base === null ? (baseline ?? '') : `${base.what} ${shown(base.value)} ${base.unit ?? unit}`,
    ratio === null ? '' : `${shown(ratio)}x${less ? ' less' : ''}`,
    goals.map((one) => goalText(one, unit, less)).join(', '),
    met === null ? '' : met ? 'met' : 'NOT MET',
  );
}

/** All figures so far, for a machine to read. */
export function asJson(tookMs) {
  const figures = rows.map(({ less, ratio, ...row }) => ({ ...row, ratio, timesLess: less }));
  return { schema: 'fleet-migrate/bench@1', node: process.version, cpus: cpus().length, tookMs, figures };
}

export function countUnmet() {
  return rows.filter(({ met }) => met === false).length;
}

function meets(number, { most = Number.POSITIVE_INFINITY, least = Number.NEGATIVE_INFINITY }) {
  return number === null || Number.isNaN(number) ? null : number <= most && number >= least;
}

function goalText({ of, most, least }, unit, less) {
  const bound = most === undefined ? `>= ${least}` : `<= ${most}`;
  return of === 'ratio' ? `${bound}x${less ? ' less' : ''}` : `${bound} ${unit}`;
}

function shown(number) {
  return number >= 100 ? number.toFixed(0) : number >= 10 ? number.toFixed(1) : number.toFixed(2);
}

function line(...cells) {
  console.log(
    cells
      .map((cell, at) => (at < 5 ? cell.padEnd(widths[at]) : cell))
      .join(' ')
      .trimEnd(),
  );
}
