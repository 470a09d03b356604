import { UsageError } from '../../domain/text/usage-error.js';
import { renderDiff, renderDiffJson } from '../../report/runs/diff.js';
import { renderLists } from '../../report/summary/lists.js';
import { type OutputFormat, renderReport } from '../../report/formats/render-report.js';
import { renderRunsJson, renderRunsTable } from '../../report/runs/table.js';
import { renderSummary } from '../../report/summary/summary.js';
import { checkReportPath, writeReportFile } from '../../report/formats/write-report.js';
import { type Arguments, flagOf, listOf, numberOf, textOf } from '../options/arguments.js';
import { compareRuns, runNamed } from './compare-runs.js';
import { refuseSameFiles } from '../run/distinct-files.js';
import { exitCodes } from '../terminal/exit-code.js';
import { optionTable } from '../options/table.js';
import { processSources, resolveSettings } from '../options/settings-sources.js';
import { readStore, storePath } from '../options/store-option.js';
import { tableOptions } from '../terminal/table.js';
import { writeOut } from '../terminal/write-out.js';

const own = new Set(['db', 'config', 'output']);

/** Settings of commands that contact nobody: no password is looked up for them. */
function settingsOf(given: Arguments): Arguments {
  const options = optionTable.filter(({ name }) => own.has(name));
  return resolveSettings({ ...processSources(given), options, withSecrets: false }).values;
}

/** `runs`: what is remembered. @throws UsageError */
export async function runsCommand(given: Arguments): Promise<number> {
  const args = settingsOf(given);
  const limit = numberOf(args, 'limit', 1, 100_000);
  const runs = await readStore(args, async (store) => {
    const cutOff = await store.cutOffRuns();
    return (await store.runs({ limit })).map(({ id, startedAt, finishedAt, profile, summary, totals, state }) => ({
      ...{ id, startedAt, finishedAt, profile, dryRun: summary.dryRun },
      state: state === 'running' && cutOff.has(id) ? 'cut off' : state,
      totals: totals ?? { targets: 0, byOutcome: {} },
    }));
  });
  await writeOut(process.stdout, [flagOf(args, 'json') ? renderRunsJson(runs) : renderRunsTable(runs)]);
  return exitCodes.ok;
}

/** `report [RUN]`: an earlier run's report or its lists; `report --diff [A [B]]`: what changed between two. @throws UsageError */
export async function reportCommand(given: Arguments): Promise<number> {
  const args = settingsOf(given);
  const format = (textOf(args, 'output') ?? 'table') as OutputFormat;
  const names = listOf(args, 'runs');
  if (flagOf(args, 'diff')) return diffCommand(given, args, names);
  const [name = 'latest', ...more] = names;
  if (more.length > 0) throw new UsageError(`report takes one run, or two with --diff; ${names.length} were named.`);
  // A file that the configuration names is for runs: an earlier report must not take its place.
  const files = listOf(given, 'report');
  refuseSameFiles(storePath(args), files, null);
  for (const path of files) await checkReportPath(path);
  const report = await readStore(args, async (store) => store.report((await runNamed(store, name)).id));
  for (const path of files) await writeReportFile(report, path);
  if (flagOf(args, 'lists')) {
    await writeOut(process.stdout, [renderLists(report, { nextAttempt: ({ nextAttemptAt }) => nextAttemptAt })]);
    return exitCodes.ok;
  }
  const table = tableOptions(process.stdout);
  await writeOut(process.stdout, renderReport(report, format, table));
  if (format === 'table') await writeOut(process.stdout, ['\n', renderSummary(report, { reportFiles: files })]);
  return exitCodes.ok;
}

async function diffCommand(given: Arguments, args: Arguments, names: readonly string[]): Promise<number> {
  if (names.length > 2) throw new UsageError(`report --diff compares two runs; ${names.length} were named.`);
  const other = ['lists', 'report'].find((name) => given[name] !== undefined && given[name] !== false);
  if (other !== undefined)
    throw new UsageError(
      `--diff does not go with --${other}; leave one of them out (a comparison goes to standard output).`,
    );
  const named = textOf(given, 'output');
  if (named !== null && named !== 'table' && named !== 'json')
    throw new UsageError(`--diff is shown as table or json, not as ${named}; choose one with --output.`);
  const format = textOf(args, 'output') === 'json' ? 'json' : 'table';
  const diff = await readStore(args, (store) => compareRuns(store, names));
  await writeOut(process.stdout, [format === 'json' ? renderDiffJson(diff) : renderDiff(diff)]);
  return exitCodes.ok;
}
