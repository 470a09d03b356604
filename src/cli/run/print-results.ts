import { needsAttention } from '../../domain/progress/outcome.js';
import type { PhoneReport, RunReport } from '../../domain/report/report.js';
import { renderReport } from '../../report/formats/render-report.js';
import { commandLine, noWords } from '../../report/summary/commands.js';
import { renderSummary, type SummaryOptions } from '../../report/summary/summary.js';
import { tableOptions } from '../terminal/table.js';
import { writeOut } from '../terminal/write-out.js';
import type { Output } from './output.js';

/** Whether an interrupted run has written to it, and it is not known to be well. */
function isOfConcern(phone: PhoneReport): boolean {
  return phone.touched && needsAttention(phone);
}

/** Results go to standard output, everything else to standard error. */
export async function printResults(
  report: RunReport,
  { format, reports, quiet, csvFor }: Pick<Output, 'format' | 'reports' | 'quiet' | 'csvFor'>,
  next: SummaryOptions,
  { isStoppedAtQuestion, isResumed }: { isStoppedAtQuestion: boolean; isResumed: boolean },
): Promise<void> {
  const isRefused = report.run.declined === true || isStoppedAtQuestion;
  if (isRefused && format === 'table' && !report.run.webAccess && !report.phones.some(isOfConcern)) {
    const { id } = report.run;
    const { where, resume } = next.words ?? noWords;
    const how = isStoppedAtQuestion ? 'was stopped at the question' : 'is not over';
    const [text, words] =
      isResumed || isStoppedAtQuestion
        ? [`The run ${how}; continue it with:`, ['resume', id, ...where, ...resume]]
        : ['What would have been written, and what stays:', ['report', id, ...where]];
    await writeOut(process.stdout, [`Nothing was written. ${text}\n  ${commandLine(words)}\n`]);
    return;
  }
  const fullList = reports[0];
  // The events were streamed already, and this format has nothing more to add.
  if (format !== 'ndjson') {
    const table = {
      ...tableOptions(process.stdout),
      csvFor,
      summarized: !quiet,
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
