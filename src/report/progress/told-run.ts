import type { LongUnderWay, Problem, RunNow } from '../../domain/progress/run-now.js';

/** What a person who watches a run is told of it. */
export interface ToldRun {
  run: RunNow;
  /** Phones that have been under way the longest, the longest first. */
  longest: readonly LongUnderWay[];
  /** The last phones that ended so that somebody should look, the latest first. */
  problems: readonly Problem[];
  /** How far phones are with their firmware; `null` where no file server tells. */
  fetching: Fetching | null;
}

/** How far the phones of a run are with fetching their firmware. */
export interface Fetching {
  /** When it was so (ms since the epoch). */
  at: number;
  /** When the first phone was written to (ms since the epoch). */
  since: number;
  /** Fetched so far, in bytes. */
  bytes: number;
  /** About so many bytes are left. */
  left: number;
  /** When that last became more (ms since the epoch). */
  grewAt: number;
}
