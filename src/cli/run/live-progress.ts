import type { Clock } from '../../domain/ports/clock.js';
import type { RunProgress } from '../../fleet/run/run-fleet.js';
import { hasAnswered } from '../../fleet/survey/survey.js';
import type { LiveLine } from '../../report/progress/live-line.js';
import type { Progress } from '../../report/progress/progress-line.js';

/** How often the records are counted for the live line, in milliseconds. */
const countEvery = 200;

/** Keeps the live line up to date during a run. */
export interface ProgressView {
  /** Shows this run from now on. */
  show(progress: RunProgress): void;
  /** Hides the line while a question is open, and brings it back with the answer. */
  without<T>(ask: () => Promise<T>): Promise<T>;
  end(): void;
}

/** @param live `null` where there is no terminal: nothing is counted then */
export function progressView(live: LiveLine | null, clock: Clock, targets: number): ProgressView {
  const startedAt = clock.monotonic();
  let cancel = (): void => {};
  let shown: RunProgress | null = null;
  const draw = (): void => {
    if (!live || !shown) return;
    live.update(liveProgress(shown, targets, startedAt));
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
export function liveProgress({ phase, survey, started }: RunProgress, targets: number, startedAt: number): Progress {
  const answered = survey.records.filter(hasAnswered);
  const base = { targets, probed: survey.settled, found: answered.length, startedAt };
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
