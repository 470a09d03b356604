import type { Clock } from '../../../domain/ports/clock.js';
import type { RunProgress } from '../../../fleet/run/run-fleet.js';
import { hasAnswered } from '../../../fleet/survey/found.js';
import type { LiveLine } from '../../../report/progress/live-line.js';
import type { Fetching, Progress } from '../../../report/progress/progress-line.js';
import type { FetchedBytes } from '../../../store/store-rows.js';
import { fetchingOf } from './fetching.js';

/** How often the records are counted for the live line, in milliseconds. */
const countEvery = 200;
/** How often what phones have fetched is read, in milliseconds. */
const readEvery = 5_000;

/** Keeps the live line up to date during a run. */
export interface ProgressView {
  /** Shows this run from now on. */
  show(progress: RunProgress): void;
  /** Hides the line while a question is open, and brings it back with the answer. */
  without<T>(ask: () => Promise<T>): Promise<T>;
  end(): void;
}

/** How much firmware each client of a file server has fetched since an instant (ISO 8601). */
export type FetchedSince = (at: string) => Promise<readonly FetchedBytes[]>;

/** @param live `null` where there is no terminal: nothing is counted then, and nothing asked for */
export function progressView(
  live: LiveLine | null,
  clock: Clock,
  targets: number,
  fetchedSince: FetchedSince,
): ProgressView {
  const startedAt = clock.monotonic();
  let cancel = (): void => {};
  let shown: RunProgress | null = null;
  /** When the run's phones were known (ISO 8601), and when the first was written to. */
  let knownAt: string | null = null;
  let writingSince: number | null = null;
  let fetching: Fetching | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  let reading = false;

  const readFetched = async (since: string, progress: RunProgress): Promise<void> => {
    reading = true;
    readAt = clock.monotonic();
    try {
      const at = clock.monotonic();
      const found = fetchingOf(progress, await fetchedSince(since), clock.now());
      fetching = found && { ...found, at };
    } catch {
      // The time left is then told by the phones that are finished.
      fetching = null;
    }
    reading = false;
  };
  const draw = (): void => {
    if (!live || !shown) return;
    if (shown.phase === 'migrate') knownAt ??= new Date(clock.now()).toISOString();
    if (shown.started.some(({ touched }) => touched)) writingSince ??= clock.monotonic();
    const isReadDue = writingSince !== null && !reading && clock.monotonic() - readAt >= readEvery;
    if (isReadDue && knownAt !== null) void readFetched(knownAt, shown);
    live.update({ ...counted(shown, targets), startedAt, writingSince, fetching });
    cancel = clock.after(countEvery, draw);
  };
  const hide = (): void => {
    cancel();
    live?.stop();
  };
  return {
    show: (progress) => {
      cancel();
      shown = progress;
      draw();
    },
    without: async (ask) => {
      hide();
      try {
        return await ask();
      } finally {
        draw();
      }
    },
    end: () => {
      shown = null;
      hide();
    },
  };
}

/** A run's progress, counted from its records. */
export function counted(
  { phase, survey, started }: RunProgress,
  targets: number,
): Omit<Progress, 'startedAt' | 'writingSince' | 'fetching'> {
  const answered = survey.records.filter(hasAnswered);
  const base = { targets, probed: survey.settled, found: answered.length };
  if (phase === 'survey') {
    const ended = answered.filter((record) => record.ended).length;
    return { ...base, done: ended, upgrading: 0, waiting: answered.length - ended, failed: 0, total: null };
  }
  const counts = { done: 0, upgrading: 0, waiting: 0, failed: 0 };
  for (const record of started) {
    if (!record.ended) counts[record.touched ? 'upgrading' : 'waiting'] += 1;
    else counts[record.outcome === 'done' || record.outcome === 'already-done' ? 'done' : 'failed'] += 1;
  }
  return { ...base, ...counts, total: started.length };
}
