import { extname } from 'node:path';
import type { RunReport } from '../../domain/report/report.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { renderCsv } from './csv.js';
import type { CsvFor } from './csv-styles.js';
import { renderJson } from './json.js';
import { checkWritable, writeWhole } from './whole-file.js';

type Render = (report: RunReport, csvFor: CsvFor) => Generator<string>;

const renderers: Readonly<Record<string, Render>> = {
  '.json': renderJson,
  '.csv': renderCsv,
};

/**
 * Makes sure, before anything is contacted, that a report can be written to a path: its ending names a format and a new file can be made in
 * its folder (this is tried).
 *
 * @throws UsageError naming the path, what is wrong and what is possible.
 */
export async function checkReportPath(path: string): Promise<void> {
  rendererFor(path);
  await checkWritable({ what: 'The report', path, option: '--report' });
}

/**
 * Writes a report to a file, whole or not at all, in the format of its ending.
 *
 * @param mode of the file; its owner's alone unless given
 * @param csvFor who reads it, where it is CSV
 * @throws UsageError for an unknown ending; an Error naming path and reason (`cause`: the system's) when it cannot be written.
 */
export async function writeReportFile(
  report: RunReport,
  path: string,
  { mode, csvFor = 'programs' }: { mode?: number; csvFor?: CsvFor } = {},
): Promise<void> {
  await writeWhole({ what: 'The report', path }, rendererFor(path)(report, csvFor), mode);
}

function rendererFor(path: string): Render {
  const ending = extname(path).toLowerCase();
  const render = renderers[ending];
  if (render) return render;
  const problem =
    ending === '' ? 'no ending that names its format' : `the ending ${ending}, which is not a report format`;
  throw new UsageError(`The report file ${path} has ${problem}; possible are ${Object.keys(renderers).join(' and ')}.`);
}
