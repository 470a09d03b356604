import type { Log } from '../../domain/ports/log.js';
import type { RunReport } from '../../domain/report/report.js';
import { type RunFigures, successCodes } from '../../domain/report/run-figures.js';
import { messageOf } from '../../domain/text/error-reason.js';
import { isUsageError } from '../../domain/text/usage-error.js';
import type { Store } from '../../store/store.js';
import { exitCodes } from '../exit-code.js';
import { systemClock } from '../system-clock.js';

/** The metrics of one run, kept in a file while it lasts. Nothing here throws. */
export interface KeptMetrics {
  /** The run is on record and begins. */
  begin(): void;
  /** It has ended and its command will end with this code. */
  end(report: RunReport, exitCode: number): Promise<void>;
  /** It broke off. Does nothing where it never began or has ended. */
  fail(error: unknown): Promise<void>;
}

/** Keeps the file of `--metrics`; without one, nothing. */
export async function keepMetrics(path: string | null, runId: string, store: Store, log: Log): Promise<KeptMetrics> {
  if (path === null) return { begin: () => {}, end: () => Promise.resolve(), fail: () => Promise.resolve() };
  const { metricsFile } = await import('../../report/metrics/metrics-file.js');
  const file = metricsFile({
    path,
    read: () => store.figures(runId),
    clock: systemClock,
    onTrouble: (error) =>
      log.warn('the metrics file cannot be kept up to date; the run continues without it', { why: messageOf(error) }),
  });
  let isOpen = false;
  const close = async (last: (figures: RunFigures) => RunFigures): Promise<void> => {
    if (isOpen) await file.end(last);
    isOpen = false;
  };
  return {
    begin: () => {
      isOpen = true;
      file.begin();
    },
    end: (report, exitCode) => close((figures) => ended(figures, report, exitCode)),
    fail: (error) => {
      const exitCode = isUsageError(error) ? exitCodes.usage : exitCodes.internal;
      const now = systemClock.now();
      return close((figures) => ({ ...figures, goesOn: false, exitCode, endedAt: now, toldAt: now }));
    },
  };
}

/** The end as the report has it: a store that broke does not know of it. */
function ended(figures: RunFigures, { run, totals }: RunReport, exitCode: number): RunFigures {
  const endedAt = Date.parse(run.finishedAt);
  const isGood = successCodes.includes(exitCode) && run.declined !== true;
  return {
    ...figures,
    ...{ goesOn: false, endedAt, toldAt: endedAt, exitCode },
    interrupted: run.interrupted !== null,
    stoppedItself: run.abortedBy !== null,
    targets: totals.targets,
    byOutcome: totals.byOutcome,
    lastSuccessAt: isGood ? endedAt : figures.lastSuccessAt,
  };
}
