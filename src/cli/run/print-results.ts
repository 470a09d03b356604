import type { RunReport } from '../../domain/report/report.js';
import { renderReport } from '../../report/formats/render-report.js';
import type { Background } from '../../report/html/html-report.js';
import { noWords } from '../../report/summary/commands.js';
import { renderSummary } from '../../report/summary/summary.js';
import { tableOptions } from '../terminal/table.js';
import { writeOut } from '../terminal/write-out.js';
import { type AtQuestion, refusalText } from './asking/refusal.js';
import type { Output } from './output.js';

/** Results go to standard output, everything else to standard error. */
export async function printResults(
  report: RunReport,
  { format, reports, quiet, csvFor }: Pick<Output, 'format' | 'reports' | 'quiet' | 'csvFor'>,
  background: Background,
  atQuestion: AtQuestion,
): Promise<void> {
  const { next } = background;
  const refusal = refusalText(report, next.words ?? noWords, atQuestion);
  if (refusal !== null && format === 'table') return writeOut(process.stdout, [refusal]);
  const fullList = reports[0];
  // The events were streamed already, and this format has nothing more to add.
  if (format !== 'ndjson') {
    const table = {
      ...tableOptions(process.stdout),
      summarized: !quiet,
      ...(fullList === undefined ? {} : { fullList }),
    };
    await writeOut(process.stdout, await renderReport(report, format, { table, background, csvFor }));
  }
  if (quiet) return;
  const to = format === 'table' ? process.stdout : process.stderr;
  await writeOut(to, [
    format === 'table' ? '\n' : '',
    refusal ?? renderSummary(report, { ...next, reportFiles: reports, room: tableOptions(to).width }),
  ]);
}
