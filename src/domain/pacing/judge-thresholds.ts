import { isFailureCode, kindOf } from '../failures/failure-codes.js';
import type { ReadTally, Tally } from './run-tally.js';
import type { Threshold } from './thresholds.js';

/** A threshold that was passed, and by how much. */
export interface Tripped {
  threshold: Threshold;
  /** Phones that count against the threshold. */
  count: number;
  /** Phones they are counted over. */
  over: number;
  /** The arithmetic for people: `4 of 52 phones of wave 3 failed (7.7 %), more than 5 %: 3 authorization-failed, 1 wrong-load.` */
  sentence: string;
}

/** What has happened so far, to be judged. */
export interface Standing {
  /** The wave under way; `number` is as people count, from 1. */
  wave: { number: number; tally: Tally };
  run: Tally;
  /** The results of reading, before anything was written. */
  read: ReadTally;
}

/** The first threshold that is passed; `null` if the run may continue. Called after every ending and between waves. */
export function judgeThresholds(thresholds: readonly Threshold[], standing: Standing): Tripped | null {
  for (const threshold of thresholds) {
    const tally = threshold.scope === 'wave' ? standing.wave.tally : standing.run;
    // What was counted while reading adds up to a count over the run.
    const before =
      threshold.scope === 'run' && threshold.unit === 'phones' ? (standing.read.counts.get(threshold.kind) ?? 0) : 0;
    const count = before + (tally.counts.get(threshold.kind) ?? 0);
    const over = before + tally.ended + (tally.apartCodes.get(threshold.kind) ?? 0);
    if (!isPassed(threshold, count, over, tally)) continue;
    const where = threshold.scope === 'wave' ? `wave ${standing.wave.number}` : 'the run';
    return { threshold, count, over, sentence: sentenceOf(threshold, count, over, where, tally.failedCodes) };
  }
  return null;
}

/** The same while the run only reads: only thresholds that name a code count, over the phones read so far. */
export function judgeReading(thresholds: readonly Threshold[], { phones, counts }: ReadTally): Tripped | null {
  for (const threshold of thresholds) {
    const { kind, unit, limit, minimumSample } = threshold;
    const count = isFailureCode(kind) ? (counts.get(kind) ?? 0) : 0;
    const isTooMuch = unit === 'phones' ? count >= limit : phones >= minimumSample && count * 100 > limit * phones;
    if (count === 0 || !isTooMuch) continue;
    return { threshold, count, over: phones, sentence: sentenceOf(threshold, count, phones, 'those read', new Map()) };
  }
  return null;
}

function isPassed({ unit, limit, minimumSample }: Threshold, count: number, over: number, tally: Tally): boolean {
  if (unit === 'phones') return count >= limit;
  // However the others end, this is more than the allowed share of all phones, so no sample is needed.
  if (count * 100 > limit * tally.size) return true;
  // Once all phones have ended, the sample cannot grow: a wave of one canary that failed has failed.
  const complete = tally.ended + tally.apart >= tally.size;
  if (!complete && over < minimumSample) return false;
  // Multiplied out, so that rounding never makes 5 of 100 more than 5 percent.
  return count * 100 > limit * over;
}

function sentenceOf(
  { unit, limit, kind }: Threshold,
  count: number,
  over: number,
  where: string,
  failedCodes: ReadonlyMap<string, number>,
): string {
  const counted = `${count} of ${over} ${over === 1 ? 'phone' : 'phones'} of ${where} ${verb(kind, count)}`;
  const how =
    unit === 'percent' ? ` (${percentText(count, over, limit)} %), more than ${limit} %` : `; the limit is ${limit}`;
  const codes = [...failedCodes]
    .sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1))
    .map(([code, times]) => `${times} ${code}`);
  return `${counted}${how}${kind === 'failed' ? `: ${codes.join(', ')}` : ''}.`;
}

function verb(kind: Threshold['kind'], count: number): string {
  if (kind === 'failed') return count === 1 ? 'was written to and is not proven' : 'were written to and are not proven';
  if (kind === 'unreachable') return count === 1 ? 'was unreachable' : 'were unreachable';
  return `ended ${kind === 'unverified' ? '' : 'with '}${kind}`;
}

/** One decimal at most, unless that would read as the limit itself. */
function percentText(count: number, over: number, limit: number): string {
  const percent = (count * 100) / over;
  for (let decimals = 1; decimals < 6; decimals += 1) {
    const rounded = Number(percent.toFixed(decimals));
    if (rounded > limit) return String(rounded);
  }
  return String(percent);
}

/**
 * How many phones may be under way at once so that the thresholds can still stop the run before more than they allow are lost: as many as
 * it takes to pass the first of them if all of them end badly. `Infinity` if none counts what happens after a write; never below 1.
 */
export function mostUnderWay(
  thresholds: readonly Threshold[],
  { size, counts }: Pick<Tally, 'size' | 'counts'>,
): number {
  const left = thresholds
    .filter(({ kind }) => isOfWrites(kind))
    .map((threshold) => {
      const { unit, limit, kind } = threshold;
      const passedAt = unit === 'phones' ? limit : Math.floor((limit * size) / 100) + 1;
      return passedAt > size ? Number.POSITIVE_INFINITY : passedAt - (counts.get(kind) ?? 0);
    });
  return Math.max(1, Math.min(Number.POSITIVE_INFINITY, ...left));
}

/** Whether a threshold counts how phones end that were written to. */
export function isOfWrites(kind: Threshold['kind']): boolean {
  const ofCode = kindOf(kind);
  return ofCode === null || ofCode === 'observed';
}
