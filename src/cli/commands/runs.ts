import { refuseProblems, UsageError } from '../../domain/text/usage-error.js';
import { renderDiff, renderDiffJson } from '../../report/runs/diff.js';
import { renderLists } from '../../report/summary/lists.js';
import { renderReport } from '../../report/formats/render-report.js';
import { renderRunsJson, renderRunsTable } from '../../report/runs/table.js';
import { renderSummary } from '../../report/summary/summary.js';
import { checkReportPath, writeReportFile } from '../../report/formats/write-report.js';
import { compareRuns, runNamed } from './compare-runs.js';
import { filesOfStore, sameFiles } from '../run/distinct-files.js';
import { exitCodes } from '../terminal/exit-code.js';
import type { ReportWords, RunsWords } from '../options/command-rows.js';
import type { Given } from '../options/sources.js';
import type { RunSettings } from '../options/table.js';
import { readStore, storePath } from '../options/store-option.js';
import { tableOptions } from '../terminal/table.js';
import { writeOut } from '../terminal/write-out.js';

/** `runs`: the runs in the store. @throws UsageError */
export async function runsCommand({ settings }: Given, { json, limit }: RunsWords): Promise<number> {
  const runs = await readStore(settings, async (store) => {
    const cutOff = await store.cutOffRuns();
    return (await store.runs({ limit })).map(({ id, startedAt, finishedAt, profile, summary, totals, state }) => ({
      ...{ id, startedAt, finishedAt, profile, dryRun: summary.dryRun },
      state: state === 'running' && cutOff.has(id) ? 'cut off' : state,
      totals: totals ?? { targets: 0, byOutcome: {} },
    }));
  });
  await writeOut(process.stdout, [json ? renderRunsJson(runs) : renderRunsTable(runs)]);
  return exitCodes.ok;
}

/** `report [RUN]`: the report or lists of an earlier run; `report --diff [A [B]]`: what changed between two. @throws UsageError */
export async function reportCommand({ settings, written }: Given, words: ReportWords): Promise<number> {
  const { output: format } = settings;
  const { runs: names, report: files } = words;
  if (words.diff) return diffCommand(settings, written.origin['output'] === 'flag', words);
  const [name = 'latest', ...more] = names;
  if (more.length > 0) throw new UsageError(`report takes one run, or two with --diff; ${names.length} were named.`);
  const store = filesOfStore({ option: '--db', path: storePath(settings) });
  refuseProblems(sameFiles([...store, ...files.map((path) => ({ option: '--report', path }))]));
  for (const path of files) await checkReportPath(path);
  const report = await readStore(settings, async (store) => store.report((await runNamed(store, name)).id));
  for (const path of files) await writeReportFile(report, path);
  if (words.lists) {
    await writeOut(process.stdout, [renderLists(report, { nextAttempt: ({ nextAttemptAt }) => nextAttemptAt })]);
    return exitCodes.ok;
  }
  const table = tableOptions(process.stdout);
  await writeOut(process.stdout, renderReport(report, format, table));
  if (format === 'table') await writeOut(process.stdout, ['\n', renderSummary(report, { reportFiles: files })]);
  return exitCodes.ok;
}

async function diffCommand(
  settings: RunSettings,
  isNamed: boolean,
  { runs: names, lists, report }: ReportWords,
): Promise<number> {
  if (names.length > 2) throw new UsageError(`report --diff compares two runs; ${names.length} were named.`);
  const other = lists ? 'lists' : report.length > 0 ? 'report' : null;
  if (other !== null)
    throw new UsageError(
      `--diff cannot be combined with --${other}; leave one of them out (a comparison goes to standard output).`,
    );
  const { output } = settings;
  if (isNamed && output !== 'table' && output !== 'json')
    throw new UsageError(`--diff is shown as table or json, not as ${output}; choose one with --output.`);
  const diff = await readStore(settings, (store) => compareRuns(store, names));
  await writeOut(process.stdout, [output === 'json' ? renderDiffJson(diff) : renderDiff(diff)]);
  return exitCodes.ok;
}
