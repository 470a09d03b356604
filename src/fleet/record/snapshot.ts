import type { Clock } from '../../domain/ports/clock.js';
import type { FailureCodeName } from '../../domain/failures/failure-codes.js';
import { shownNames } from '../../domain/phone/fields.js';
import type { State } from '../../domain/progress/state.js';
import { PhoneRecord, type RecordListener, type RecordSnapshot } from './phone-record.js';
import type { PhoneFacts } from '../../domain/phone/facts.js';
import type { PlanStep } from '../../domain/plan/plan.js';
import type { Target } from '../../inventory/target.js';
import type { WrittenStep } from './written-step.js';
import type { RunEvent } from '../../domain/report/report.js';
import type { Evidence } from '../../domain/failures/failure.js';

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

/**
 * A snapshot as it is stored: what it says twice is said once. A row that keeps its size from its first snapshot to its report stays in
 * its place in the file; one that doubles in between moves its neighbors, and that was most of what the store cost.
 */
export type PackedSnapshot = Omit<RecordSnapshot, 'target' | 'facts' | 'underWay'> & {
  /** A store of 0.1.0 does not tell which targets were named. */
  target: Omit<Target, 'named'> & { named?: boolean };
  /** Whole, or where there is a baseline: only what differs from it. */
  facts: Partial<PhoneFacts> | null;
  /** Without its step where that is the plan's. */
  underWay: (Omit<WrittenStep, 'step'> & { step?: PlanStep }) | null;
};

/** The same snapshot in fewer words. */
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

/** What `pack` was given, also from a store in which nothing was packed yet. */
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

/** What a store of 0.1.0 does not tell of a step under way: no further way is tried then. */
const ofEarlierVersions = { tried: [], more: false, seenUpgrading: false } as const;

function differing(facts: PhoneFacts, baseline: PhoneFacts): Partial<PhoneFacts> {
  if (facts === baseline) return {};
  const names = Object.keys(facts) as (keyof PhoneFacts)[];
  const differs = names.filter((name) => JSON.stringify(facts[name]) !== JSON.stringify(baseline[name]));
  return Object.fromEntries(differs.map((name) => [name, facts[name]]));
}

/** What the events of a phone tell of it since its last intent. */
export interface Since {
  evidence: Evidence[];
  state: State | null;
  /** It was seen on its load. */
  seenOnLoad: boolean;
  /** The last word on whether it is upgrading; `null` where there was none. */
  seenUpgrading: boolean | null;
}

/** Kind of the evidence that a phone which had said it was upgrading lies idle on its old firmware. */
export const idleAgain = 'idle-again';

/** Reads what each phone's events tell since its last intent, by MAC. */
export async function sinceIntents(events: AsyncIterable<RunEvent>): Promise<Map<string, Since>> {
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
