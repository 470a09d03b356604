import type { FailureCodeName } from '../failures/failure-codes.js';
import type { Outcome } from '../progress/outcome.js';
import { printable } from '../text/printable.js';
import { UsageError } from '../text/usage-error.js';

/** How a target ended, as far as the run's pace depends on it. */
export interface HowItEnded {
  outcome: Outcome;
  /** Its failure code; `null` without one. */
  code: string | null;
  /** Something was, or may have been, written to it. */
  touched: boolean;
}

/**
 * What is known at the end about a phone that was written to. `proven`: it is where it should be · `failed`: it is not, by what it
 * shows · `silent-after-upgrading`: it said that it was upgrading to Enterprise, then vanished · `silent`: it vanished without that sign ·
 * `unwatched`: its watch ended, by us or by a deadline of the user's, before that could be known.
 */
export type Grade = 'proven' | 'failed' | 'silent-after-upgrading' | 'silent' | 'unwatched';

/** Grades that the user may accept as good; plain silence is never among them. */
export const acceptableGrades = ['silent-after-upgrading'] as const satisfies readonly Grade[];

export type AcceptableGrade = (typeof acceptableGrades)[number];

/**
 * Reads a grade of `--accept`.
 * @param place what the message of a UsageError begins with
 * @throws UsageError for every other text; plain silence has a reason of its own
 */
export function parseAcceptable(text: string, place = '--accept'): AcceptableGrade {
  const wanted = text.trim().toLowerCase();
  const grade = acceptableGrades.find((one) => one === wanted);
  if (grade) return grade;
  const why =
    wanted === 'silent'
      ? 'cannot be accepted: a phone that vanished without a sign may be dead'
      : 'is not a result that --accept can take';
  throw new UsageError(`${place} ${printable(text, 60)} ${why}; there is only ${acceptableGrades.join(', ')}.`);
}

const silentCodes: ReadonlySet<string> = new Set<FailureCodeName>([
  'silent',
  'not-recognized',
  'identity-lost',
  'not-registered',
]);

/** The grade of a phone that was written to; `null` for one that was not. */
export function gradeOf({ outcome, code, touched }: HowItEnded): Grade | null {
  if (!touched) return null;
  if (outcome === 'done') return 'proven';
  if (outcome !== 'unverified') return 'failed';
  if (code === 'silent-after-upgrading') return 'silent-after-upgrading';
  return code !== null && silentCodes.has(code) ? 'silent' : 'unwatched';
}

/** Whether a phone of that grade opens gates: it is proven, or its grade was accepted. */
export function isGood(grade: Grade, accepted: readonly AcceptableGrade[]): boolean {
  return grade === 'proven' || accepted.some((one) => one === grade);
}
