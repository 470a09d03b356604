import { extname } from 'node:path';
import type { RunReport } from '../../domain/report/report.js';
import { UsageError } from '../../domain/text/usage-error.js';
import type { Background } from '../html/html-report.js';
import { renderCsv } from './csv.js';
import type { CsvFor } from './csv-styles.js';
import { renderJson } from './json.js';
import { checkWritable, writeWhole } from './whole-file.js';

/** What a report file is made with. */
interface WithReport {
  /** For a report that people look at. */
  background: Background;
  /** Who reads it, where it is CSV; programs unless given. */
  csvFor?: CsvFor;
}

type Renderer = (report: RunReport, made: Required<WithReport>) => Iterable<string> | Promise<Iterable<string>>;

const renderers: Readonly<Record<string, Renderer>> = {
  '.json': (report) => renderJson(report),
  '.csv': (report, { csvFor }) => renderCsv(report, csvFor),
  '.html': async (report, { background }) => (await import('../html/html-report.js')).htmlReport(report, background),
};

/**
 * Makes sure, before anything is contacted, that a report can be written to a path: its ending names a format and a new file can be made in
 * its folder (this is tried).
 *
 * @param given the name as somebody wrote it, with words of the run that are not known yet
 * @throws UsageError naming the path, what is wrong and what is possible.
 */
export async function checkReportPath(path: string, given = path): Promise<void> {
  rendererFor(path, given);
  await checkWritable({ what: 'The report', path, option: '--report' });
}

/**
 * Writes a report to a file, whole or not at all, in the format of its ending.
 *
 * @param with.mode of the file; its owner's alone unless given
 * @throws UsageError for an unknown ending; an Error naming path and reason (`cause`: the system's) when it cannot be written.
 */
export async function writeReportFile(
  report: RunReport,
  path: string,
  { background, csvFor = 'programs', mode }: WithReport & { mode?: number },
): Promise<void> {
  await writeWhole({ what: 'The report', path }, await rendererFor(path)(report, { background, csvFor }), mode);
}

function rendererFor(path: string, given = path): Renderer {
  const ending = extname(path).toLowerCase();
  const render = renderers[ending];
  if (render) return render;
  const problem =
    ending === '' ? 'no ending that names its format' : `the ending ${ending}, which is not a report format`;
  throw new UsageError(`The report file ${given} has ${problem}; possible are .json, .csv and .html.`);
}
