import type { RunReport } from './report.js';

/** One run in the list of `fleet-migrate runs`. */
export interface RunListEntry {
  id: string;
  /** ISO 8601. */
  startedAt: string;
  /** ISO 8601; `null` while it is under way, and for a run that was killed. */
  finishedAt: string | null;
  profile: string | null;
  dryRun: boolean;
  totals: Pick<RunReport['totals'], 'targets' | 'byOutcome'>;
  /** `finished`, `running`, `interrupted`, or `cut off`: on record as running, but its process is dead. */
  state: string;
}
