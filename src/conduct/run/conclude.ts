import type { Log } from '../../domain/ports/log.js';
import type { RunReport } from '../../domain/report/report.js';
import type { Background } from '../../report/html/html-report.js';
import { exitCodes } from '../exit-code.js';
import type { KeptMetrics } from '../monitoring/keep-metrics.js';
import { tell, type ToTell } from '../monitoring/tell.js';
import { type Results, type Written, writeReports } from './results.js';

/** What a run that has ended is concluded with. */
interface Concluding {
  results: Results;
  background: Background;
  metrics: KeptMetrics;
  tell: ToTell;
  /** What it would end with, were all its reports written. */
  exitCode: number;
  /** Aborted when nobody is to be waited for any longer. Absent: never. */
  left?: AbortSignal;
}

/** Writes the reports of a run that has ended, then its last metrics, and tells those who want to know. @returns with the exit code as it is then */
export async function concludeRun(
  report: RunReport,
  { results, background, metrics, tell: toTell, exitCode, left }: Concluding,
  log: Log,
): Promise<Written & { code: number }> {
  const written = await writeReports(report, results, background);
  const code = written.problems.length > 0 ? exitCodes.internal : exitCode;
  await metrics.end(report, code);
  await tell(toTell, report, { ...background.next, reportFiles: written.reports }, log, left);
  return { ...written, code };
}
