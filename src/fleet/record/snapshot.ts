import type { Clock } from '../../domain/ports/clock.js';
import { type FailureCodeName, mayBeWatchedOn } from '../../domain/failures/failure-codes.js';
import { shownNames } from '../../domain/phone/fields.js';
import type { State } from '../../domain/progress/state.js';
import { PhoneRecord, type RecordListener, type RecordSnapshot } from './phone-record.js';
import type { PhoneFacts } from '../../domain/phone/facts.js';
import type { PlanStep } from '../../domain/plan/plan.js';
import type { Target } from '../../inventory/target.js';
import type { WrittenStep } from './written-step.js';
import type { AnyEvent } from '../../domain/report/events.js';
import type { Evidence } from '../../domain/failures/failure.js';

/** A snapshot of a record as it is now. */
export function snapshotOf(record: PhoneRecord): RecordSnapshot {
  const { target, address, state, facts, eligibility, plan, changes, failure, evidence, stepIndex } = record;
  const { startedAt, wave, underWay, traffic } = record;
  return {
    target,
    address,
    state,
    facts,
    eligibility,
    plan,
    changes,
    failure,
    evidence: [...evidence],
    stepIndex,
    startedAt,
    wave,
    underWay,
    traffic: { ...traffic },
  };
}

/** Failures of a touched phone that only say its run ended, or that its next step waits for its files: a resume continues from where the phone was, as it does where nobody could look (`mayBeWatchedOn`). */
const stoppedMidway: ReadonlySet<string> = new Set([
  'stopped-watching',
  'stopped-between-steps',
  'left-on-transition-load',
  'files-gone-between-steps',
  'store-failed',
] satisfies FailureCodeName[]);

/**
 * The snapshot to store besides a record's report, for a resume. While the phone is under way: as it is now. If it ended only because the
 * run was stopped: as it was before that. `null` if it has really ended.
 */
export function snapshotToKeep(record: PhoneRecord): RecordSnapshot | null {
  if (!record.ended) return snapshotOf(record);
  const { failure } = record;
  if (!record.touched || failure === null) return null;
  if (!stoppedMidway.has(failure.code) && !mayBeWatchedOn(failure)) return null;
  return { ...snapshotOf(record), state: record.lastActive, failure: null };
}

/** States from which a resume starts over: nothing about them needs to be stored. */
const notWorthKeeping: ReadonlySet<State> = new Set(['target', 'identified', 'assessed'] as const);

/** States whose changes are stored as events only; `catchUp` applies those to the snapshot. */
const watchedStates: ReadonlySet<State> = new Set(['submitted', 'upgrading', 'restarting', 'verifying'] as const);

/**
 * What a new snapshot would tell beyond the last one and the events, as text to compare; `null` if the record needs no snapshot. Snapshots
 * are the largest thing a run stores, and most polls of a phone under way bring only an event.
 */
export function newsOf(record: PhoneRecord, now: Partial<Pick<PhoneRecord, 'state' | 'underWay'>> = {}): string | null {
  const { state = record.state, underWay = record.underWay } = now;
  if (notWorthKeeping.has(state)) return null;
  const { facts, address, stepIndex, wave, failure, nextAttemptAt } = record;
  const shown = facts && [facts.family, ...shownNames.map((name) => facts[name])];
  const where = watchedStates.has(state) ? 'watched' : state;
  return JSON.stringify([where, address, stepIndex, wave, underWay?.unread, failure?.code, nextAttemptAt, shown]);
}

/** The snapshot brought up to date with the events since it was made. */
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

/** The record of a snapshot. Sends no event. */
export function restoreRecord(snapshot: RecordSnapshot, clock: Clock, listener: RecordListener): PhoneRecord {
  const record = new PhoneRecord(snapshot.target, clock, listener, snapshot.startedAt);
  record.restore(snapshot);
  return record;
}

/**
 * A snapshot as it is stored, without repetition. A row that keeps its size from its first snapshot to its report stays in its place in the
 * file; one that doubles in between displaces its neighbors, which would be most of the store's cost.
 */
export type PackedSnapshot = Omit<RecordSnapshot, 'target' | 'facts' | 'underWay'> & {
  /** A store of 0.1.0 does not tell which targets were named. */
  target: Omit<Target, 'named'> & { named?: boolean };
  /** Complete, or, if there is a baseline, only what differs from it. */
  facts: Partial<PhoneFacts> | null;
  /** Without its step if that is the plan's. */
  underWay: (Omit<WrittenStep, 'step'> & { step?: PlanStep }) | null;
};

/** The same snapshot without repetition. */
export function pack(snapshot: RecordSnapshot): PackedSnapshot {
  const { underWay, facts, plan, stepIndex } = snapshot;
  if (!underWay) return snapshot;
  const { step, ...rest } = underWay;
  return {
    ...snapshot,
    facts: facts && differing(facts, underWay.baseline),
    underWay: step === plan[stepIndex] ? rest : underWay,
  };
}

/** The snapshot that `pack` was given; also reads snapshots that an earlier version stored unpacked. */
export function unpack(packed: PackedSnapshot): RecordSnapshot {
  const { facts, underWay, plan, stepIndex } = packed;
  const step = underWay?.step ?? plan[stepIndex];
  const target = { ...packed.target, named: packed.target.named ?? !packed.target.source.startsWith('--subnet ') };
  if (!underWay) return { ...packed, target, facts: facts as PhoneFacts | null, underWay: null };
  if (!step) throw new Error(`the snapshot of ${packed.address} has no step ${stepIndex}`);
  return {
    ...packed,
    target,
    facts: facts && { ...underWay.baseline, ...facts },
    underWay: { ...ofEarlierVersions, ...underWay, step },
  };
}

/** For a step under way in a store of 0.1.0, which lacks these: no further write method is tried. */
const ofEarlierVersions = { tried: [], more: false, seenUpgrading: false } as const;

function differing(facts: PhoneFacts, baseline: PhoneFacts): Partial<PhoneFacts> {
  if (facts === baseline) return {};
  const names = Object.keys(facts) as (keyof PhoneFacts)[];
  const differs = names.filter((name) => JSON.stringify(facts[name]) !== JSON.stringify(baseline[name]));
  return Object.fromEntries(differs.map((name) => [name, facts[name]]));
}

/** What a phone's events since its last intent say about it. */
export interface Since {
  evidence: Evidence[];
  state: State | null;
  /** It was seen running its load. */
  seenOnLoad: boolean;
  /** Whether it was upgrading when last seen; `null` if no event says. */
  seenUpgrading: boolean | null;
}

/** Evidence kind: the phone had said that it was upgrading, and now is idle on its old firmware. */
export const idleAgain = 'idle-again';

/** Reads what each phone's events since its last intent say, by MAC. */
export async function sinceIntents(events: AsyncIterable<AnyEvent>): Promise<Map<string, Since>> {
  const byMac = new Map<string, Since>();
  for await (const { event, at, mac, kind, text, state } of events) {
    if (mac === null) continue;
    if (event === 'intent') byMac.set(mac, { evidence: [], state: null, seenOnLoad: false, seenUpgrading: null });
    const since = byMac.get(mac);
    if (!since) continue;
    if (event === 'evidence') since.evidence.push({ at, kind: String(kind), text: String(text) });
    if (event === 'state') since.state = state as State;
    if (event === 'state' && state === 'verifying') since.seenOnLoad = true;
    if (event === 'evidence' && kind === 'upgrade-status') since.seenUpgrading = true;
    if (event === 'evidence' && kind === idleAgain) since.seenUpgrading = false;
  }
  return byMac;
}
