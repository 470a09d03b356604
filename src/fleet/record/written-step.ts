import type { PhoneFacts } from '../../domain/phone/facts.js';
import type { Change, PlanStep } from '../../domain/plan/plan.js';
import type { TriedMethod } from '../../domain/plan/write-methods.js';

/** A step that was posted, and what its watch must know. */
export interface WrittenStep {
  step: PlanStep;
  /** The phone as it was read in the same session, just before the first post. */
  baseline: PhoneFacts;
  authorizationUrl: string | null;
  /** What was sent; empty where no setting was. */
  changes: readonly Change[];
  /** The ways in which it was sent so far. */
  tried: readonly TriedMethod[];
  /** Another way is left, should the phone show that it took nothing. */
  more: boolean;
  /** The phone was not seen to hold what was sent, yet. */
  unread: boolean;
  /** When it was written last (ms since the epoch). */
  writtenAt: number;
  /** It was seen on its load once; the next such look proves it. */
  seenOnLoad: boolean;
  /** It has said since that it was upgrading. */
  seenUpgrading: boolean;
}
