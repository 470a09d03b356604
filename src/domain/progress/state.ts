import type { Outcome } from './outcome.js';

/** Where one target stands on its way (docs/architecture.md#a-phones-way). Outcomes are the states nothing leads out of. */
export const states = [
  'target',
  'identified',
  'assessed',
  'waiting',
  'writing',
  'submitted',
  'upgrading',
  'restarting',
  'verifying',
  'continuing',
] as const;

export type ActiveState = (typeof states)[number];
export type State = ActiveState | Outcome;

/** What can happen to a target. */
export const stateEvents = [
  'nobody-there',
  'something-else-there',
  'phone-there',
  'judged',
  'audit-only',
  'dry-run',
  'already-there',
  'not-allowed',
  'prerequisite-missing',
  'plan-accepted',
  'not-now',
  'stop',
  'guard-tripped',
  'intent-recorded',
  'request-left',
  'seen-upgrading',
  'went-silent',
  'seen-answering',
  'seen-on-load',
  'step-proven',
  'all-proven',
  'seen-failed',
  'deadline-seen',
  'deadline-unseen',
] as const;

export type StateEvent = (typeof stateEvents)[number];

type Row = Partial<Record<StateEvent, State>>;

/** Before the request leaves nothing is written, so every way out is an untouched outcome. */
const untouched: Row = {
  stop: 'aborted',
  'guard-tripped': 'aborted',
  'not-now': 'deferred',
  'prerequisite-missing': 'blocked',
};

/** After it, a phone is only observed: until its proof, its own report of failure, or its deadline. */
const observed: Row = {
  'seen-upgrading': 'upgrading',
  'went-silent': 'restarting',
  'seen-answering': 'submitted',
  'seen-on-load': 'verifying',
  'step-proven': 'continuing',
  'all-proven': 'done',
  'seen-failed': 'failed',
  'deadline-seen': 'failed',
  'deadline-unseen': 'unverified',
};

const table: Record<ActiveState, Row> = {
  target: {
    'nobody-there': 'no-answer',
    'something-else-there': 'not-a-phone',
    'phone-there': 'identified',
    'prerequisite-missing': 'blocked',
    'not-now': 'deferred',
    stop: 'aborted',
  },
  identified: { judged: 'assessed', 'prerequisite-missing': 'blocked', stop: 'aborted' },
  assessed: {
    ...untouched,
    'audit-only': 'audited',
    'dry-run': 'planned',
    'already-there': 'already-done',
    'not-allowed': 'ineligible',
    'plan-accepted': 'waiting',
  },
  waiting: { ...untouched, 'already-there': 'already-done', 'not-allowed': 'ineligible', 'intent-recorded': 'writing' },
  // Once the intent is on record the request may have left, whatever we saw: only observation from here.
  writing: {
    'request-left': 'submitted',
    'seen-failed': 'failed',
    'deadline-seen': 'failed',
    'deadline-unseen': 'unverified',
  },
  submitted: observed,
  upgrading: { ...observed, 'seen-answering': 'upgrading' },
  restarting: { ...observed, 'went-silent': 'restarting' },
  verifying: { ...observed, 'seen-answering': 'verifying' },
  // Between two steps the phone is touched: it can go on, fail, or be lost, but never count as untouched again.
  continuing: {
    'intent-recorded': 'writing',
    // It has already taken what its next step would give it.
    'step-proven': 'continuing',
    'all-proven': 'done',
    'seen-failed': 'failed',
    'went-silent': 'continuing',
    'seen-answering': 'continuing',
    'deadline-seen': 'failed',
    'deadline-unseen': 'unverified',
  },
};

/** The state that follows, or `null` when the event cannot happen there (which is a bug of the caller). */
export function nextState(state: State, event: StateEvent): State | null {
  return isActive(state) ? (table[state][event] ?? null) : null;
}

/** Whether a target in this state is still under way. */
export function isActive(state: State): state is ActiveState {
  return (states as readonly string[]).includes(state);
}

const touchedStates: ReadonlySet<State> = new Set([
  'writing',
  'submitted',
  'upgrading',
  'restarting',
  'verifying',
  'continuing',
  'done',
  'failed',
  'unverified',
] as const);

/** Whether something was, or may have been, written to a phone in this state. */
export function isTouched(state: State): boolean {
  return touchedStates.has(state);
}
