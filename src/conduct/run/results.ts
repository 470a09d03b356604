import { isOutOfFiles } from '../../domain/failures/system-errors.js';
import { sleep } from '../../domain/ports/clock.js';
import type { RunReport } from '../../domain/report/report.js';
import { reportNameOf } from '../../domain/report/report-name.js';
import { codeOf, messageOf } from '../../domain/text/error-reason.js';
import type { CsvFor } from '../../report/formats/csv-styles.js';
import { writeReportFile } from '../../report/formats/write-report.js';
import type { Background } from '../../report/html/html-report.js';
import { systemClock } from '../system-clock.js';

/** The files that the results of a run go to. */
export interface Results {
  /** Report files as given: their names may hold words of the run. */
  reports: readonly string[];
  /** The mode of report files. */
  reportMode: number;
  /** Who reads CSV. */
  csvFor: CsvFor;
}

/** What became of the report files. */
export interface Written {
  /** By the names that they have. */
  reports: readonly string[];
  /** Why some could not be written, a sentence each. */
  problems: readonly string[];
}

/**
 * Writes the report files of a run that has ended. A failure of one changes nothing about the others.
 * @param background for reports that people look at
 */
export async function writeReports(report: RunReport, results: Results, background: Background): Promise<Written> {
  const { reportMode: mode, csvFor } = results;
  const reports = results.reports.map((name) => reportNameOf(name, report.run));
  const problems: string[] = [];
  for (const path of reports) {
    try {
      await onceFilesCanBeOpened(() => writeReportFile(report, path, { background, mode, csvFor }));
    } catch (error) {
      problems.push(messageOf(error));
    }
  }
  return { reports, problems };
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
