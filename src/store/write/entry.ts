import type { EndedPhone } from '../schema/phone-columns.js';
import type { EventsTable, StoreTables, TargetsTable } from '../schema/tables.js';
import type { Deferral } from '../store-rows.js';
import type { StoreError } from '../store-error.js';
import type { TakenJob } from '../work.js';

/** One thing to be stored, ready as it goes into its row. */
export type Operation =
  | { kind: 'target'; row: TargetsTable; phone: EndedPhone | null }
  | { kind: 'event'; row: Omit<EventsTable, 'run_id' | 'seq'> }
  | { kind: 'waves'; waves: string }
  | { kind: 'progress'; progress: string }
  | { kind: 'deferral'; mac: string; deferral: Deferral | null }
  | { kind: 'duration'; row: StoreTables['durations'] };

/** One thing that waits to be stored. */
export interface Entry {
  operation: Operation;
  /** Part of an intent: it is stored only while its caller waits for it. */
  ofIntent: boolean;
  /** Whose it is at a worker; `null`: the run's own. */
  job: TakenJob | null;
}

/** Why what belongs to a job is not stored. */
export interface Refusal {
  error: StoreError;
  /** What was seen of its phone is stored all the same. */
  intentsOnly: boolean;
}

/** By job; what belongs to all others is stored. */
export type Refusals = ReadonlyMap<TakenJob, Refusal>;

/** Whether something that waited is not stored. */
export function isRefused({ job, ofIntent }: Pick<Entry, 'job' | 'ofIntent'>, refusals: Refusals): boolean {
  const refusal = job === null ? undefined : refusals.get(job);
  return refusal !== undefined && (ofIntent || !refusal.intentsOnly);
}
