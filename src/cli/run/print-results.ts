import { needsAttention } from '../../domain/progress/outcome.js';
import type { PhoneReport, RunReport } from '../../domain/report/report.js';
import { type OutputFormat, renderReport } from '../../report/formats/render-report.js';
import { renderSummary, type SummaryOptions } from '../../report/summary/summary.js';
import { tableOptions } from '../terminal/table.js';
import { writeOut } from '../terminal/write-out.js';

/** Whether an interrupted run has written to it, and it is not known to be well. */
function isOfConcern(phone: PhoneReport): boolean {
  return phone.touched && needsAttention(phone);
}

/** Results go to standard output, everything else to standard error. */
export async function printResults(
  report: RunReport,
  { format, reports, quiet }: { format: OutputFormat; reports: readonly string[]; quiet: boolean },
  next: SummaryOptions,
  isResumed: boolean,
): Promise<void> {
  if (report.run.declined === true && format === 'table' && !report.run.webAccess && !report.phones.some(isOfConcern)) {
    const where = isResumed
      ? `The run is as it was; continue it with: fleet-migrate resume ${report.run.id}`
      : `What would have been written, and what stays: fleet-migrate report ${report.run.id}`;
    await writeOut(process.stdout, [`Nothing was written. ${where}\n`]);
    return;
  }
  const fullList = reports[0];
  // The events were streamed already, and this format has nothing more to add.
  if (format !== 'ndjson') {
    const table = {
      ...tableOptions(process.stdout),
      ...(fullList === undefined ? {} : { fullList }),
    };
    await writeOut(process.stdout, renderReport(report, format, table));
  }
  if (!quiet)
    await writeOut(format === 'table' ? process.stdout : process.stderr, [
      format === 'table' ? '\n' : '',
      renderSummary(report, { ...next, reportFiles: reports }),
    ]);
}
