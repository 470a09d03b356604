import type { Clock } from '../../../domain/ports/clock.js';
import type { RunNow } from '../../../domain/progress/run-now.js';
import { type RunProgress, RunStanding } from '../../../fleet/run/progress.js';
import type { LiveView } from '../../../report/progress/live-view.js';
import type { Fetching } from '../../../report/progress/told-run.js';
import type { FetchedBytes } from '../../../store/store-rows.js';
import { fetchingOf } from './fetching.js';

/** How often what phones have fetched is read (ms). */
const readEvery = 5_000;
/** Most phones under way that are told. */
const mostLongest = 4;

/** Tells how far a run is while it lasts. */
export interface ProgressView {
  /** Shows this run from now on. */
  show(progress: RunProgress): void;
  /** Hides the view while a question is open, and brings it back with the answer. */
  without<T>(ask: () => Promise<T>): Promise<T>;
  end(): void;
}

/** How much firmware each client of a file server has fetched since an instant (ISO 8601). */
export type FetchedSince = (at: string) => Promise<readonly FetchedBytes[]>;

/** @param view `null` where nothing is to be told: nothing is counted then, and nothing asked for */
export function progressView(view: LiveView | null, clock: Clock, fetchedSince: FetchedSince): ProgressView {
  let cancel = (): void => {};
  let standing: RunStanding | null = null;
  /** The last moment at which nothing had been written (ISO 8601): what phones fetched before it is not of this run. */
  let fetchedFrom: string | null = null;
  let fetching: Fetching | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  let reading = false;

  const readFetched = async (from: string, progress: RunProgress, now: number, since: number): Promise<void> => {
    reading = true;
    readAt = clock.monotonic();
    try {
      const found = fetchingOf(progress, await fetchedSince(from));
      const grewAt = fetching !== null && fetching.bytes === found?.bytes ? fetching.grewAt : now;
      fetching = found && { ...found, at: now, since, grewAt };
    } catch {
      // The time left is then told by the phones that are finished.
      fetching = null;
    }
    reading = false;
  };
  const readIfDue = ({ phones, now }: RunNow, progress: RunProgress): void => {
    if (reading || fetchedFrom === null || clock.monotonic() - readAt < readEvery) return;
    const since = phones.reduce(
      (first, { writtenAt }) => Math.min(first, writtenAt ?? first),
      Number.POSITIVE_INFINITY,
    );
    if (since !== Number.POSITIVE_INFINITY) void readFetched(fetchedFrom, progress, now, since);
  };
  const draw = (): void => {
    if (!view || !standing) return;
    const run = standing.now();
    if (run.phase !== 'migrate' || fetchedFrom === null) fetchedFrom = new Date(clock.now()).toISOString();
    readIfDue(run, standing.progress);
    view.update({ run, longest: standing.longest(run, mostLongest), problems: standing.problems(), fetching });
    cancel = clock.after(view.everyMs, draw);
  };
  const hide = (): void => {
    cancel();
    view?.stop();
  };
  return {
    show: (progress) => {
      cancel();
      standing = new RunStanding(progress, clock);
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
      standing = null;
      hide();
    },
  };
}
