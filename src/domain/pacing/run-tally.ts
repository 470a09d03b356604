import { type FailureCodeName, isFailureCode } from '../failures/failure-codes.js';
import { type AcceptableGrade, type Grade, gradeOf, type HowItEnded, isGood } from './grades.js';
import type { ThresholdKind } from './thresholds.js';

/** The failure codes that a threshold for `unreachable` counts, such as `unreachable:10%`. */
export const unreachableCodes: ReadonlySet<string> = new Set<FailureCodeName>([
  'silent-after-upgrading',
  'silent',
  'not-recognized',
  'identity-lost',
  'connect-refused',
  'connect-timeout',
  'connect-reset',
  'host-unreachable',
]);

/** How the phones of a wave or of a run have ended so far, as thresholds see it. */
export interface Tally {
  /** Phones that belong to it, ended or not. */
  size: number;
  /** Phones whose end says how the run is going: those that were written to, and those that could not be, for a reason that counts. */
  ended: number;
  /** Phones that ended in another way, deferred or blocked: they must not dilute the share of failures. */
  apart: number;
  /** How many that were written to ended in each grade. */
  readonly grades: Map<Grade, number>;
  /** How many ended as each kind; a phone may be of several. */
  readonly counts: Map<ThresholdKind, number>;
  /** The failure codes of those counted as `failed`, with how many had each. */
  readonly failedCodes: Map<string, number>;
  /** The same for those that ended in another way: a threshold for `busy` is judged over the phones that ended and the busy ones. */
  readonly apartCodes: Map<string, number>;
}

/** A tally of `size` phones of which none has ended. */
export function newTally(size: number): Tally {
  return {
    size,
    ended: 0,
    apart: 0,
    grades: new Map(),
    counts: new Map(),
    failedCodes: new Map(),
    apartCodes: new Map(),
  };
}

/**
 * Counts a phone that has ended. `failed` is every phone that was written to and is not proven, silence included, unless its grade was
 * accepted; and a bug of ours, wherever it hits.
 */
export function countEnding(tally: Tally, ending: HowItEnded, accepted: readonly AcceptableGrade[]): void {
  const { outcome, code } = ending;
  const grade = gradeOf(ending);
  const good = grade !== null && isGood(grade, accepted);
  const bad = (grade !== null && !good) || code === 'internal-error';
  const unreachable = code !== null && unreachableCodes.has(code) && !good;
  if (grade !== null) add(tally.grades, grade);
  if (grade !== null || bad || unreachable) tally.ended += 1;
  else {
    tally.apart += 1;
    if (code !== null) add(tally.apartCodes, code);
  }
  if (code !== null && isFailureCode(code) && !good) add(tally.counts, code);
  if (outcome === 'unverified' && !good) add(tally.counts, 'unverified');
  if (unreachable) add(tally.counts, 'unreachable');
  if (!bad) return;
  add(tally.counts, 'failed');
  add(tally.failedCodes, code ?? outcome);
}

/** The results of reading so far, for thresholds that name a reading code. */
export interface ReadTally {
  /** Targets that were read, or could not be, and are listed. */
  phones: number;
  readonly counts: Map<ThresholdKind, number>;
}

/** Nothing read yet. */
export function newReadTally(): ReadTally {
  return { phones: 0, counts: new Map() };
}

/** Counts a target that was read, with the code it ended with, if it did. */
export function countRead(read: ReadTally, code: string | null): void {
  read.phones += 1;
  if (code !== null && isFailureCode(code)) add(read.counts, code);
}

/** `Written to 12: 3 proven, 4 failed, 5 silent, 2 still under way.` */
export function standingText({ grades }: Tally, underWay: number): string {
  const count = (grade: Grade): number => grades.get(grade) ?? 0;
  const parts = [
    `${count('proven')} proven`,
    `${count('failed')} failed`,
    `${count('silent') + count('silent-after-upgrading')} silent`,
    ...(count('silent-after-upgrading') > 0
      ? [`${count('silent-after-upgrading')} of them after they said they were upgrading`]
      : []),
    ...(count('unwatched') > 0 ? [`${count('unwatched')} not watched for long enough`] : []),
    ...(underWay > 0 ? [`${underWay} still under way`] : []),
  ];
  const total = [...grades.values()].reduce((sum, one) => sum + one, underWay);
  return `Written to ${total}: ${parts.join(', ')}.`;
}

function add<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
