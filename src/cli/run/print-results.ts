import { needsAttention } from '../../domain/progress/outcome.js';
import type { PhoneReport, RunReport } from '../../domain/report/report.js';
import { type OutputFormat, renderReport } from '../../report/formats/render-report.js';
import { commandLine, noWords } from '../../report/summary/commands.js';
import type { ToldRun } from '../../report/html/html-report.js';
import { renderSummary } from '../../report/summary/summary.js';
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
  told: ToldRun,
  { isStoppedAtQuestion, isResumed }: { isStoppedAtQuestion: boolean; isResumed: boolean },
): Promise<void> {
  const { next } = told;
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
      summarized: !quiet,
      ...(fullList === undefined ? {} : { fullList }),
    };
    await writeOut(process.stdout, await renderReport(report, format, { table, told }));
  }
  if (!quiet)
    await writeOut(format === 'table' ? process.stdout : process.stderr, [
      format === 'table' ? '\n' : '',
      renderSummary(report, { ...next, reportFiles: reports }),
    ]);
}
