import type { Change } from '../../domain/plan/plan.js';
import type { StepName } from '../../domain/plan/plan.js';
import type { RunEvent } from '../../domain/report/report.js';
import type { Failure } from '../../domain/failures/failure.js';
import type { PhoneRecord } from '../record/phone-record.js';
import type { WrittenStep } from '../record/written-step.js';

/**
 * The run's memory, as the fleet needs it (docs/architecture.md#8-on-record-first): what it says must be on record is so before a request
 * leaves. The store implements it.
 */
export interface RunMemory {
  /** The record as it stands now; written down soon. */
  recordChanged(record: PhoneRecord): void;
  event(event: RunEvent): void;
  /** Resolves when the intent and everything before it are safe on the disk; when it rejects, nothing may be written to the phone. */
  intend(record: PhoneRecord, written: WrittenStep, changes: readonly Change[]): Promise<void>;
  /**
   * Takes the phone for this run, also where it has it already. `null`: it is ours; else why it is not, and it must not be written to:
   * another run has it, or that could not be found out.
   */
  claim(mac: string): Promise<Failure | null>;
  /** The phone has ended: other runs may have it. Never throws. */
  release(mac: string): void;
  /** A proven step took so long on this phone, from its write to its proof (ms). */
  stepDuration(mac: string, step: StepName, ms: number): void;
  /**
   * A phone is put off: when to try again, as ISO 8601.
   * @param opensAt when it can be started at the earliest (ms since the epoch), where that is known; else it waits longer each time
   */
  defer(mac: string, code: string, opensAt: number | null): string;
  /** It was done, or is no longer put off. */
  forget(mac: string): void;
  /** Until when the phone was put off by an earlier run, in ms since the epoch; `null` when it was not. */
  deferredUntil(mac: string): number | null;
  /** Which wave each phone is in, frozen when the first one starts. */
  freezeWaves(waves: Readonly<Record<string, number>>): Promise<void>;
}

/** Remembers nothing. @internal for tests and benches: what a run remembers is in its store */
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
