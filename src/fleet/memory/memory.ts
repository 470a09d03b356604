import type { Change } from '../../domain/plan/plan.js';
import type { RunEvent } from '../../domain/report/events.js';
import type { Failure } from '../../domain/failures/failure.js';
import type { PhoneRecord, RecordListener } from '../record/phone-record.js';
import type { StepDuration } from '../../store/store-rows.js';
import type { WrittenStep } from '../record/written-step.js';

/** A step that is proven. */
type ProvenStep = Omit<StepDuration, 'profile'>;

/**
 * What a run needs of its memory (docs/architecture.md#8-on-record-first): an intent is on record before its request leaves. `storeMemory`
 * keeps it in the store.
 */
export interface RunMemory {
  /** Called whenever a record has changed; it is saved soon. */
  recordChanged(record: PhoneRecord): void;
  event(event: RunEvent): void;
  /** Resolves once the intent and everything before it are safe on the disk. If it rejects, nothing may be written to the phone. */
  intend(record: PhoneRecord, written: WrittenStep, changes: readonly Change[]): Promise<void>;
  /** Whether a request whose intent is on record may still leave now. Absent: it may. */
  maySend?: () => boolean;
  /**
   * Locks the phone for this run; does nothing if it is locked by this run already. `null`: this run has the lock. Otherwise the phone must
   * not be written to: another run has the lock, or it is not known whether one has.
   */
  claim(mac: string): Promise<Failure | null>;
  /** Unlocks a phone that has ended. Never throws. */
  release(mac: string): void;
  /** Keeps how long a proven step took on a phone, from its write to its proof. */
  stepDuration(done: ProvenStep): void;
  /**
   * Defers a phone, and returns when to try it again (ISO 8601); `null`: the next run takes it at once.
   * @param opensAt when it can be started at the earliest (ms since the epoch); `null`: not known, so it waits longer each time
   */
  defer(mac: string, code: string, opensAt: number | null): string | null;
  /** Forgets a phone's deferral: it has been written to. */
  forget(mac: string): void;
  /** Until when an earlier run deferred the phone (ms since the epoch); `null` if it did not. */
  deferredUntil(mac: string): number | null;
  /** Saves which wave each phone is in, before the first wave starts. */
  freezeWaves(waves: Readonly<Record<string, number>>): Promise<void>;
}

/** Remembers nothing: what a run remembers is in its store. */
export const noopMemory: RunMemory = {
  recordChanged: () => {},
  event: () => {},
  intend: () => Promise.resolve(),
  claim: () => Promise.resolve(null),
  release: () => {},
  stepDuration: () => {},
  defer: () => new Date(0).toISOString(),
  forget: () => {},
  deferredUntil: () => null,
  freezeWaves: () => Promise.resolve(),
};

/** What the records of a run report to: its listener and its memory. */
export function listenerOf({
  notify,
  memory,
}: {
  notify: RecordListener['notify'];
  memory: RunMemory;
}): RecordListener {
  return { notify, recordChanged: (record) => memory.recordChanged(record) };
}

/** Notes when a deferred phone is to be tried again: each time after a longer wait. Does nothing for other phones. */
export function rememberDeferral(record: PhoneRecord, memory: RunMemory): void {
  if (record.outcome !== 'deferred' || record.mac === null || !record.failure) return;
  record.nextAttemptAt = memory.defer(record.mac, record.failure.code, record.opensAt);
  memory.recordChanged(record);
}
