import type { Evidence, Failure } from '../../domain/failures/failure.js';
import type { PhoneFacts } from '../../domain/phone/facts.js';
import type { Eligibility } from '../../domain/plan/eligibility.js';
import type { Change, PlanStep } from '../../domain/plan/plan.js';
import type { State } from '../../domain/progress/state.js';
import type { Target } from '../../inventory/target.js';
import type { WrittenStep } from './written-step.js';

/** A record as JSON can hold it: all that is needed to go on with a phone after a crash. */
export interface RecordSnapshot {
  target: Target;
  address: string;
  state: State;
  facts: PhoneFacts | null;
  eligibility: Eligibility | null;
  plan: PlanStep[];
  changes: Change[];
  failure: Failure | null;
  evidence: Evidence[];
  stepIndex: number;
  startedAt: number;
  wave: number | null;
  underWay: WrittenStep | null;
}
