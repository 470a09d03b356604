import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Outcome, outcomes } from '../../../src/domain/progress/outcome.js';
import {
  isActive,
  isTouched,
  nextState,
  type State,
  type StateEvent,
  stateEvents,
  states,
} from '../../../src/domain/progress/state.js';

const all: readonly State[] = [...states, ...outcomes];

/** The whole table, pinned: every event that is not named here cannot happen in that state. */
const pinned: Record<(typeof states)[number], Partial<Record<StateEvent, State>>> = {
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
    'audit-only': 'audited',
    'dry-run': 'planned',
    'already-there': 'already-done',
    'not-allowed': 'ineligible',
    'prerequisite-missing': 'blocked',
    'plan-accepted': 'waiting',
    'not-now': 'deferred',
    stop: 'aborted',
    'guard-tripped': 'aborted',
  },
  waiting: {
    'already-there': 'already-done',
    'not-allowed': 'ineligible',
    'prerequisite-missing': 'blocked',
    'not-now': 'deferred',
    stop: 'aborted',
    'guard-tripped': 'aborted',
    'intent-recorded': 'writing',
  },
  writing: {
    'request-left': 'submitted',
    'seen-failed': 'failed',
    'deadline-seen': 'failed',
    'deadline-unseen': 'unverified',
  },
  submitted: {
    'seen-upgrading': 'upgrading',
    'went-silent': 'restarting',
    'seen-answering': 'submitted',
    'seen-on-load': 'verifying',
    'step-proven': 'continuing',
    'all-proven': 'done',
    'seen-failed': 'failed',
    'deadline-seen': 'failed',
    'deadline-unseen': 'unverified',
  },
  upgrading: {
    'seen-upgrading': 'upgrading',
    'went-silent': 'restarting',
    'seen-answering': 'upgrading',
    'seen-on-load': 'verifying',
    'step-proven': 'continuing',
    'all-proven': 'done',
    'seen-failed': 'failed',
    'deadline-seen': 'failed',
    'deadline-unseen': 'unverified',
  },
  restarting: {
    'seen-upgrading': 'upgrading',
    'went-silent': 'restarting',
    'seen-answering': 'submitted',
    'seen-on-load': 'verifying',
    'step-proven': 'continuing',
    'all-proven': 'done',
    'seen-failed': 'failed',
    'deadline-seen': 'failed',
    'deadline-unseen': 'unverified',
  },
  verifying: {
    'seen-upgrading': 'upgrading',
    'went-silent': 'restarting',
    'seen-answering': 'verifying',
    'seen-on-load': 'verifying',
    'step-proven': 'continuing',
    'all-proven': 'done',
    'seen-failed': 'failed',
    'deadline-seen': 'failed',
    'deadline-unseen': 'unverified',
  },
  continuing: {
    'intent-recorded': 'writing',
    'step-proven': 'continuing',
    'all-proven': 'done',
    'seen-failed': 'failed',
    'went-silent': 'continuing',
    'seen-answering': 'continuing',
    'deadline-seen': 'failed',
    'deadline-unseen': 'unverified',
  },
};

const touchedOutcomes: readonly Outcome[] = ['done', 'failed', 'unverified'];
const untouchedOutcomes = outcomes.filter((outcome) => !touchedOutcomes.includes(outcome));

/** Everything that some row of events leads to, itself included. */
function reachable(from: State): Set<State> {
  const seen = new Set<State>([from]);
  for (const state of seen) {
    for (const event of stateEvents) {
      const next = nextState(state, event);
      if (next !== null) seen.add(next);
    }
  }
  return seen;
}

describe('the state table', () => {
  it.each(states.flatMap((state) => stateEvents.map((event) => [state, event] as const)))(
    '%s on %s',
    (state, event) => {
      expect(nextState(state, event)).toBe(pinned[state][event] ?? null);
    },
  );

  it('leads out of no outcome', () => {
    for (const outcome of outcomes) {
      for (const event of stateEvents) expect(nextState(outcome, event)).toBeNull();
    }
  });

  it('has every state either under way or at an outcome, and never both', () => {
    expect(all.filter(isActive)).toEqual([...states]);
    expect(new Set(all).size).toBe(states.length + outcomes.length);
  });

  it.each(states)('leads from %s to an outcome', (state) => {
    expect([...reachable(state)].some((one) => !isActive(one))).toBe(true);
  });

  it('reaches every state and every outcome from a target', () => {
    expect([...reachable('target')].sort()).toEqual([...all].sort());
  });

  it('gives a touched phone a way to end whatever it does: by a deadline, seen or not', () => {
    for (const state of states.filter(isTouched)) {
      expect(nextState(state, 'deadline-seen')).toBe('failed');
      expect(nextState(state, 'deadline-unseen')).toBe('unverified');
    }
  });

  it('lets every untouched phone be stopped', () => {
    for (const state of states.filter((one) => !isTouched(one))) expect(nextState(state, 'stop')).toBe('aborted');
  });
});

describe('the point of no return', () => {
  it('counts as touched from the intent on', () => {
    expect(all.filter(isTouched)).toEqual([
      'writing',
      'submitted',
      'upgrading',
      'restarting',
      'verifying',
      'continuing',
      ...touchedOutcomes,
    ]);
  });

  it('holds over any walk: touched stays touched, and only an intent on record touches', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...stateEvents), { maxLength: 60 }), (events) => {
        let state: State = 'target';
        let intent = false;
        for (const event of events) {
          const next = nextState(state, event);
          if (next === null) continue;
          if (event === 'intent-recorded') intent = true;
          state = next;
          expect(isTouched(state)).toBe(intent);
        }
        expect((intent ? untouchedOutcomes : touchedOutcomes).filter((outcome) => outcome === state)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('leaves no untouched outcome in reach of a touched phone', () => {
    for (const state of states.filter(isTouched)) {
      const ends = [...reachable(state)].filter((one) => !isActive(one)).sort();
      expect(ends).toEqual([...touchedOutcomes].sort());
    }
  });
});
