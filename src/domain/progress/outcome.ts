import type { FailureCodeName } from '../failures/failure-codes.js';
import type { Failure } from '../failures/failure.js';

/**
 * How a target ended. Untouched, touched and unseen are different things: `blocked`, `deferred` and `aborted` say that nothing was written,
 * `failed` that something was and the phone is known not to be where it should be, `unverified` that something was and its effect is not
 * known: mostly the phone was not seen again.
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

/** Outcomes that need attention, but for what was asked to be left alone. So does a phone that was left alone because it had changed. */
export const usuallyNeedsAttention: ReadonlySet<Outcome> = new Set([
  'failed',
  'unverified',
  'blocked',
  'deferred',
  'aborted',
] as const);

/** How an entry of the report ended, and whether its target was named. */
export interface NamedEnding {
  outcome: Outcome;
  failure: Failure | null;
  /** Missing in reports stored by earlier versions. */
  named?: boolean;
}

/** Whether no phone was read at a named target. */
export function isNamedAndNotRead({ outcome, named }: NamedEnding): boolean {
  return named === true && (outcome === 'no-answer' || outcome === 'not-a-phone');
}

/** Whether it was audited without the main finding, because the phone kept it behind a password. */
function isAuditedInPart({ outcome, failure }: NamedEnding): boolean {
  return outcome === 'audited' && failure !== null;
}

const leftOut: ReadonlySet<string> = new Set<FailureCodeName>(['beyond-limit', 'ucm-not-chosen']);

/** Whether it was left to another run because this one was asked to take no more phones (`--limit`), or others of Unified CM. */
export function isBeyondLimit({ outcome, failure }: Pick<NamedEnding, 'outcome' | 'failure'>): boolean {
  return outcome === 'deferred' && leftOut.has(failure?.code ?? '');
}

/** Whether nothing was written to it because somebody said no to the run's question. */
export function isDeclined({ outcome, failure }: Pick<NamedEnding, 'outcome' | 'failure'>): boolean {
  return outcome === 'aborted' && failure?.code === ('not-confirmed' satisfies FailureCodeName);
}

/** Whether it needs attention, which makes the run's exit code 1. */
export function needsAttention(ending: NamedEnding): boolean {
  if (isBeyondLimit(ending) || isDeclined(ending)) return false;
  return usuallyNeedsAttention.has(ending.outcome) || isNamedAndNotRead(ending) || isAuditedInPart(ending);
}
