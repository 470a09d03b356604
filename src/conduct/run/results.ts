import { isOutOfFiles } from '../../domain/failures/system-errors.js';
import { sleep } from '../../domain/ports/clock.js';
import type { Log } from '../../domain/ports/log.js';
import type { RunReport } from '../../domain/report/report.js';
import { reportNameOf } from '../../domain/report/report-name.js';
import { codeOf, messageOf } from '../../domain/text/error-reason.js';
import type { CsvFor } from '../../report/formats/csv-styles.js';
import { writeReportFile } from '../../report/formats/write-report.js';
import type { ToldRun } from '../../report/html/html-report.js';
import { notify } from '../../report/notify/notify.js';
import { notifyBody } from '../../report/notify/notify-body.js';
import { renderSummary, type SummaryOptions } from '../../report/summary/summary.js';
import { systemClock } from '../system-clock.js';

/** Where the results of a run go. */
export interface Results {
  /** Report files as given: their names may hold words of the run. */
  reports: readonly string[];
  /** The mode of report files. */
  reportMode: number;
  /** Who reads CSV. */
  csvFor: CsvFor;
  notify: URL | null;
}

/** What became of the results. */
export interface Told {
  /** The report files by the names that they have. */
  reports: readonly string[];
  /** Why files could not be written, a sentence each. */
  problems: readonly string[];
}

/**
 * Writes the report files of a run that has ended, and notifies the webhook. A failure of one changes nothing about the others.
 * @param told for reports that people look at, and for the commands that may be run next
 */
export async function tellResults(report: RunReport, results: Results, told: ToldRun, log: Log): Promise<Told> {
  const reports = results.reports.map((name) => reportNameOf(name, report.run));
  const problems = await writeReports(report, { ...results, reports }, told);
  await notifyOf(report, results.notify, { ...told.next, reportFiles: reports }, log);
  return { reports, problems };
}

const notifyTimeoutMs = 10_000;

/** Notifies the webhook; a failure never changes how the run ended. */
async function notifyOf(report: RunReport, url: URL | null, summary: SummaryOptions, log: Log): Promise<void> {
  if (!url) return;
  const body = notifyBody(report, renderSummary(report, summary));
  const result = await notify(url, body, { fetch, clock: systemClock, timeoutMs: notifyTimeoutMs });
  if (!result.sent) log.warn('the webhook could not be notified', { why: result.message });
}

/** Writes the report files; a failure affects neither the other files nor standard output. */
async function writeReports(
  report: RunReport,
  { reports, reportMode, csvFor }: Results,
  told: ToldRun,
): Promise<string[]> {
  const problems: string[] = [];
  for (const path of reports) {
    try {
      await onceFilesCanBeOpened(() => writeReportFile(report, path, { told, mode: reportMode, csvFor }));
    } catch (error) {
      problems.push(messageOf(error));
    }
  }
  return problems;
}

/** How long a report waits for a free file descriptor, retrying each second (ms). */
const filesPatienceMs = 60_000;
const filesPauseMs = 1_000;

async function onceFilesCanBeOpened(write: () => Promise<void>): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += filesPauseMs) {
    try {
      return await write();
    } catch (error) {
      if (!isOutOfFiles(codeOf((error as { cause?: unknown }).cause)) || waitedMs >= filesPatienceMs) throw error;
    }
    await sleep(systemClock, filesPauseMs);
  }
}
