/**
 * How a target ended (DESIGN §6). Untouched, touched and unseen are different things: `blocked`, `deferred` and `aborted` say that
 * nothing was written, `failed` that something was and the phone is known not to be where it should, `unverified` that something was
 * and the phone was not seen again.
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

/** Outcomes that make a run's exit code 1. */
export const needsAttention: ReadonlySet<Outcome> = new Set(['failed', 'unverified', 'blocked', 'deferred'] as const);
