import { UsageError } from '../domain/usage-error.js';
import type { PhoneRef, RunDiff } from '../domain/run-diff.js';
import pc from 'picocolors';
import { renderDiff, renderDiffJson } from '../report/diff.js';
import { renderLists } from '../report/lists.js';
import { type OutputFormat, renderReport } from '../report/render-report.js';
import { renderRunsJson, renderRunsTable } from '../report/runs-table.js';
import { renderSummary } from '../report/summary.js';
import { checkReportPath, writeReportFile } from '../report/write-report.js';
import type { Store } from '../store/store.js';
import type { RunRow } from '../store/store-rows.js';
import { type Arguments, flagOf, listOf, numberOf, textOf } from './arguments.js';
import { exitCodes } from './exit-code.js';
import { optionTable } from './option-table.js';
import { processSources, resolveSettings } from './settings-sources.js';
import { withStore } from './store-option.js';
import { writeOut } from './write-out.js';

const own = new Set(['db', 'config', 'output', 'report']);

/** Settings of commands that contact nobody: no password is looked up for them. */
function settingsOf(given: Arguments): Arguments {
  const options = optionTable.filter(({ name }) => own.has(name));
  return resolveSettings({ ...processSources(given), options, withSecrets: false }).values;
}

/** `runs`: what is remembered. @throws UsageError */
export async function runsCommand(given: Arguments): Promise<number> {
  const args = settingsOf(given);
  return withStore(args, async (store) => {
    const rows = await store.runs({ limit: numberOf(args, 'limit', 1, 100_000) });
    const runs = rows.map(({ id, startedAt, finishedAt, profile, summary, totals, state }) => ({
      ...{ id, startedAt, finishedAt, profile, state, dryRun: summary.dryRun },
      totals: totals ?? { targets: 0, byOutcome: {} },
    }));
    await writeOut(process.stdout, [flagOf(args, 'json') ? renderRunsJson(runs) : renderRunsTable(runs)]);
    return exitCodes.ok;
  });
}

/** `report [RUN]`: an earlier run's report, its lists, or what changed since another. @throws UsageError */
export async function reportCommand(given: Arguments): Promise<number> {
  const args = settingsOf(given);
  const format = (textOf(args, 'output') ?? 'table') as OutputFormat;
  const files = listOf(args, 'report');
  for (const path of files) await checkReportPath(path);
  return withStore(args, async (store) => {
    const run = await runNamed(store, textOf(args, 'run') ?? 'latest');
    if (flagOf(args, 'diff')) {
      const diff = await diffOf(store, run, textOf(args, 'since'));
      await writeOut(process.stdout, [format === 'json' ? renderDiffJson(diff) : renderDiff(diff)]);
      return exitCodes.ok;
    }
    const report = await store.report(run.id);
    for (const path of files) await writeReportFile(report, path);
    if (flagOf(args, 'lists')) {
      await writeOut(process.stdout, [renderLists(report, { nextAttempt: ({ nextAttemptAt }) => nextAttemptAt })]);
      return exitCodes.ok;
    }
    const terminal = Boolean(process.stdout.isTTY);
    const table = {
      width: terminal ? process.stdout.columns : Number.POSITIVE_INFINITY,
      color: terminal && pc.isColorSupported,
    };
    await writeOut(process.stdout, renderReport(report, format, table));
    if (format === 'table') await writeOut(process.stdout, ['\n', renderSummary(report, { reportFiles: files })]);
    return exitCodes.ok;
  });
}

async function runNamed(store: Store, name: string): Promise<RunRow> {
  const run = await store.run(name);
  if (run) return run;
  throw new UsageError(
    name === 'latest'
      ? 'The store remembers no run yet.'
      : `There is no run ${name} in the store; fleet-migrate runs lists them.`,
  );
}

async function diffOf(store: Store, to: RunRow, since: string | null): Promise<RunDiff> {
  const from = since === null ? await runBefore(store, to) : await runNamed(store, since);
  const diff = await store.diff(from.id, to.id);
  const ref = ({ mac, address, model }: PhoneRef): PhoneRef => ({ mac, address, model });
  return {
    from: { id: from.id, startedAt: from.startedAt },
    to: { id: to.id, startedAt: to.startedAt },
    added: diff.new.map(ref),
    notSeen: diff.notSeen.map(ref),
    moved: diff.moved,
    firmware: diff.firmware,
    authorization: diff.authorization,
    newlyEligible: diff.newlyEligible.map(ref),
  };
}

async function runBefore(store: Store, { id, startedAt }: RunRow): Promise<RunRow> {
  const earlier = (await store.runs()).find((run) => run.id !== id && run.startedAt <= startedAt);
  if (earlier) return earlier;
  throw new UsageError(`There is no run before ${id} to compare with.`);
}
