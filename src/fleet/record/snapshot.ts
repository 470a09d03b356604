import type { Clock } from '../../domain/ports/clock.js';
import type { FailureCodeName } from '../../domain/failures/failure-codes.js';
import { shownNames } from '../../domain/phone/fields.js';
import type { State } from '../../domain/progress/state.js';
import type { Target } from '../../inventory/target.js';
import { PhoneRecord, type RecordListener } from './phone-record.js';
import type { RecordSnapshot } from './record-snapshot.js';
import type { Since } from './since-intent.js';

/** How a record stands now. */
export function snapshotOf(record: PhoneRecord): RecordSnapshot {
  const { target, address, state, facts, eligibility, plan, changes, failure, evidence, stepIndex } = record;
  const { startedAt, wave, underWay } = record;
  return {
    ...{ target, address, state, facts, eligibility, plan, changes, failure, evidence: [...evidence], stepIndex },
    ...{ startedAt, wave, underWay },
  };
}

/** Endings of a touched phone that are none: the run was stopped, and the phone can be gone on with from where it was. */
const stoppedMidway: ReadonlySet<string> = new Set([
  'stopped-watching',
  'stopped-between-steps',
  'store-failed',
  'local-resources',
  'local-refused',
] satisfies FailureCodeName[]);

/**
 * What is kept of a record besides its report, for a run that goes on with it: how it stands, while it is under way; of one that ended
 * only because the run was stopped, how it stood before; `null` for one that has really ended.
 */
export function snapshotToKeep(record: PhoneRecord): RecordSnapshot | null {
  if (!record.ended) return snapshotOf(record);
  if (!record.touched || !stoppedMidway.has(record.failure?.code ?? '')) return null;
  return { ...snapshotOf(record), state: record.lastActive, failure: null };
}

/** States that a resume begins anew: nothing of them needs to be kept. */
const notWorthKeeping: ReadonlySet<State> = new Set(['target', 'identified', 'assessed'] as const);

/** States between which only events are told: `catchUp` takes them from there. */
const watchedStates: ReadonlySet<State> = new Set(['submitted', 'upgrading', 'restarting', 'verifying'] as const);

/**
 * What a new snapshot would say that neither the last one nor the events tell, as a text to be compared; `null` when the record needs
 * none at all. A snapshot is the dearest thing that a run stores, and most looks at a phone under way bring only an event.
 */
export function newsOf(record: PhoneRecord, now: Partial<Pick<PhoneRecord, 'state' | 'underWay'>> = {}): string | null {
  const { state = record.state, underWay = record.underWay } = now;
  if (notWorthKeeping.has(state)) return null;
  const { facts, address, stepIndex, wave, failure } = record;
  const shown = facts && [facts.family, ...shownNames.map((name) => facts[name])];
  const where = watchedStates.has(state) ? 'watched' : state;
  return JSON.stringify([where, address, stepIndex, wave, underWay?.unread, failure?.code, shown]);
}

/** The snapshot with what has happened since it was made. */
export function catchUp(snapshot: RecordSnapshot, since: Since | undefined): RecordSnapshot {
  if (!since || !watchedStates.has(snapshot.state)) return snapshot;
  const known = new Set(snapshot.evidence.map(({ at, kind, text }) => JSON.stringify([at, kind, text])));
  const later = since.evidence.filter(({ at, kind, text }) => !known.has(JSON.stringify([at, kind, text])));
  const { underWay } = snapshot;
  return {
    ...snapshot,
    state: since.state !== null && watchedStates.has(since.state) ? since.state : snapshot.state,
    evidence: [...snapshot.evidence, ...later],
    underWay: underWay && {
      ...underWay,
      seenOnLoad: underWay.seenOnLoad || since.seenOnLoad,
      seenUpgrading: since.seenUpgrading ?? underWay.seenUpgrading,
    },
  };
}

/** The record of a snapshot, with nothing told to anybody. */
export function restoreRecord(snapshot: RecordSnapshot, clock: Clock, listener: RecordListener): PhoneRecord {
  const record = new PhoneRecord(snapshot.target, clock, listener, snapshot.startedAt);
  record.restore(snapshot);
  return record;
}

/** Names a target within its run: as it was asked for, because one MAC may answer at two addresses. */
export function targetKey(target: Target): string {
  return target.host ?? target.address;
}
