import { extname } from 'node:path';
import { onlyThose } from '../../../domain/report/endings.js';
import type { RunReport } from '../../../domain/report/report.js';
import { reportNameOf, reportNameToCheck } from '../../../domain/report/report-name.js';
import { chosenText } from '../../../report/plain-text.js';
import { refuseProblems, UsageError } from '../../../domain/text/usage-error.js';
import { renderCsv } from '../../../report/formats/csv.js';
import type { CsvFor } from '../../../report/formats/csv-styles.js';
import { type OutputFormat, renderReport } from '../../../report/formats/render-report.js';
import { checkReportPath, writeReportFile } from '../../../report/formats/write-report.js';
import type { Background } from '../../../report/html/html-report.js';
import { renderSummary } from '../../../report/summary/summary.js';
import { renderTable } from '../../../report/table/table.js';
import { nextOfEarlier } from '../../next/command-words.js';
import { filesOfStore, sameFiles } from '../../../conduct/check/distinct-files.js';
import { backgroundOf } from '../../../conduct/run/background.js';
import { exitCodes } from '../../../conduct/exit-code.js';
import type { ReportWords } from '../../options/command-rows.js';
import type { Given } from '../../../conduct/options/sources.js';
import { readStore, storePath } from '../../../conduct/options/store-option.js';
import { tableOptions } from '../../terminal/table.js';
import { writeOut } from '../../terminal/write-out.js';
import { runNamed } from '../../../conduct/check/run-named.js';
import { compareRuns } from './compare-runs.js';
import { systemClock } from '../../../conduct/system-clock.js';

/** What of a run is shown, and how. */
interface View {
  /** How the view is called where it cannot be shown so. */
  option: '--only' | '--lists' | '--group-by' | '--diff';
  formats: readonly OutputFormat[];
}

/**
 * `report [RUN]`: the report of an earlier run, its lists, or its phones counted; `report --diff [A [B]]`: what changed between two runs.
 * @throws UsageError
 */
export async function reportCommand(given: Given, words: ReportWords): Promise<number> {
  refuseTogether(words);
  if (words.diff) return diffCommand(given, words);
  const { runs: names, report: templates, lists } = words;
  const [only, keys] = [words.only.flat(), [...new Set(words.groupBy.flat())]];
  const [name = 'latest', ...more] = names;
  if (more.length > 0) throw new UsageError(`report takes one run, or two with --diff; ${names.length} were named.`);
  const format = formatOf(given, viewOf(words));
  const { csvFor } = given.settings;
  await checkFiles(given, words);
  // What is made of a store is made while it is open, and shown once it is closed.
  const pieces = await readStore(given.settings, async (store) => {
    const run = await runNamed(store, name);
    const report = onlyThose(await store.report(run.id), only);
    const files = templates.map((template) => reportNameOf(template, report.run));
    if (keys.length > 0) {
      const { showGroups } = await import('./groups.js');
      return [await showGroups(report, keys, { format, csvFor }, files)];
    }
    const isSummarized = only.length === 0 && !lists;
    const background = backgroundOf(store, isSummarized ? await nextOfEarlier(given, run, store) : {});
    for (const path of files) await writeReportFile(report, path, { background, csvFor });
    return lists ? listPieces(report, { format, csvFor }) : reportPieces(report, { format, csvFor }, files, background);
  });
  await writeOut(process.stdout, pieces);
  return exitCodes.ok;
}

/** How something is shown. */
interface Shape {
  format: OutputFormat;
  csvFor: CsvFor;
}

async function reportPieces(
  report: RunReport,
  { format, csvFor }: Shape,
  reportFiles: readonly string[],
  background: Background,
): Promise<Iterable<string>> {
  const { run, totals, phones, only } = report;
  const table = { ...tableOptions(process.stdout), summarized: only === undefined };
  if (format !== 'table') return renderReport(report, format, { table, background, csvFor });
  const rows = only === undefined || phones.length > 0 ? [renderTable(report, table), '\n'] : [];
  // What is next follows from all phones of a run, not from a choice of them.
  if (only === undefined)
    return [...rows, renderSummary(report, { ...background.next, reportFiles, room: table.width })];
  const chosen = chosenText({ phones: phones.length, only, targets: totals.targets, run: run.id });
  return [...rows, `${chosen}\n${countedText(report)}`];
}

/** Addresses that nobody named and that did not answer are no phones of a report, and were asked for by their outcome here. */
function countedText({ only = [], totals, phones }: RunReport): string {
  const counted = (totals.byOutcome['no-answer'] ?? 0) - phones.filter(({ outcome }) => outcome === 'no-answer').length;
  if (!only.includes('no-answer') || counted <= 0) return '';
  return `${counted === 1 ? '1 address' : `${counted} addresses`} without an answer ${counted === 1 ? 'is' : 'are'} only counted, as nobody named ${counted === 1 ? 'it' : 'them'}.\n`;
}

async function listPieces(report: RunReport, { format, csvFor }: Shape): Promise<Iterable<string>> {
  const { renderLists, renderListsJson, listedPhones } = await import('../../../report/summary/lists.js');
  if (format === 'json') return [renderListsJson(report)];
  if (format === 'csv') return renderCsv(listedPhones(report), csvFor);
  const text = renderLists(report, { nextAttempt: ({ nextAttemptAt }) => nextAttemptAt });
  return [text === '' ? `No phone of the run ${report.run.id} needs attention.\n` : text];
}

async function diffCommand(given: Given, { runs: names }: ReportWords): Promise<number> {
  if (names.length > 2) throw new UsageError(`report --diff compares two runs; ${names.length} were named.`);
  const format = formatOf(given, { option: '--diff', formats: ['table', 'json'] });
  const { renderDiff, renderDiffJson } = await import('../../../report/runs/diff.js');
  const diff = await readStore(given.settings, (store) => compareRuns(store, names));
  await writeOut(process.stdout, [
    format === 'json' ? renderDiffJson(diff) : renderDiff(diff, tableOptions(process.stdout).width),
  ]);
  return exitCodes.ok;
}

/** Views that exclude each other. @throws UsageError */
function refuseTogether({ diff, lists, report, only, groupBy }: ReportWords): void {
  const given = [
    ...(lists ? ['lists'] : []),
    ...(report.length > 0 ? ['report'] : []),
    ...(only.length > 0 ? ['only'] : []),
    ...(groupBy.length > 0 ? ['group-by'] : []),
  ];
  if (diff && given.length > 0)
    throw new UsageError(
      `--diff cannot be combined with --${given[0]}; leave one of them out (a comparison goes to standard output).`,
    );
  if (lists && groupBy.length > 0)
    throw new UsageError('--lists cannot be combined with --group-by, which counts phones; leave one of them out.');
}

function viewOf({ lists, only, groupBy }: ReportWords): View | null {
  if (groupBy.length > 0) return { option: '--group-by', formats: ['table', 'json', 'csv'] };
  if (lists) return { option: '--lists', formats: ['table', 'json', 'csv'] };
  return only.length > 0 ? { option: '--only', formats: ['table', 'json', 'csv', 'html'] } : null;
}

/** The format to show a view in: one that is set for runs, and that the view does not have, is no mistake. @throws UsageError */
function formatOf({ settings: { output }, written }: Given, view: View | null): OutputFormat {
  if (view === null || view.formats.includes(output)) return output;
  if (written.origin['output'] !== 'flag') return 'table';
  const names = `${view.formats.slice(0, -1).join(', ')} or ${view.formats.at(-1)}`;
  throw new UsageError(`${view.option} is shown as ${names}, not as ${output}; choose one with --output.`);
}

/** @throws UsageError for files that cannot be written */
async function checkFiles({ settings }: Given, { report: names, groupBy }: ReportWords): Promise<void> {
  const files = names.map((name) => reportNameToCheck(name, systemClock.now()));
  const page = groupBy.length > 0 ? files.find((path) => extname(path).toLowerCase() === '.html') : undefined;
  if (page !== undefined)
    throw new UsageError(
      `--group-by is written as .json or .csv, not to ${page}; an HTML report groups phones anyway.`,
    );
  const store = filesOfStore({ option: '--db', path: storePath(settings) });
  refuseProblems(sameFiles([...store, ...files.map((path) => ({ option: '--report', path }))]));
  for (const [at, path] of files.entries()) await checkReportPath(path, names[at]);
}
