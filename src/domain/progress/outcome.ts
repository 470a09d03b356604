import type { Failure } from '../failures/failure.js';

/**
 * How a target ended. Untouched, touched and unseen are different things: `blocked`, `deferred` and `aborted` say that
 * nothing was written, `failed` that something was and the phone is known not to be where it should, `unverified` that something was
 * and nobody knows yet: mostly it was not seen again.
 */
export const outcomes = [
  'audited',
  'planned',
  'done',
  'already-done',
  'ineligible',
  'blocked',
  'deferred',
  'aborted',
  'failed',
  'unverified',
  'no-answer',
  'not-a-phone',
] as const;

export type Outcome = (typeof outcomes)[number];

/**
 * Outcomes that somebody is to look at wherever they occur. A phone that was left alone because it had changed, or because nobody said
 * yes, is not what was asked for either.
 */
export const alwaysForSomebody: ReadonlySet<Outcome> = new Set([
  ...(['failed', 'unverified', 'blocked', 'deferred', 'aborted'] as const),
]);

/** How an entry of the report ended, and whether somebody had named its target. */
export interface NamedEnding {
  outcome: Outcome;
  failure: Failure | null;
  /** Missing in what an earlier version stored. */
  named?: boolean;
}

/** Whether no phone was read at a target that somebody named: neither there nor gone is an answer to that. */
export function isNamedAndNotRead({ outcome, named }: NamedEnding): boolean {
  return named === true && (outcome === 'no-answer' || outcome === 'not-a-phone');
}

/** Whether it was audited, but not what the audit is for: the phone kept it behind a password. */
function isAuditedInPart({ outcome, failure }: NamedEnding): boolean {
  return outcome === 'audited' && failure !== null;
}

/** Whether somebody is to look at it, which makes a run's exit code 1. */
export function needsAttention(ending: NamedEnding): boolean {
  return alwaysForSomebody.has(ending.outcome) || isNamedAndNotRead(ending) || isAuditedInPart(ending);
}
