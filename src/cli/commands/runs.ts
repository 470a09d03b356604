import { renderRunsJson, renderRunsTable } from '../../report/runs/table.js';
import { exitCodes } from '../terminal/exit-code.js';
import type { RunsWords } from '../options/command-rows.js';
import type { Given } from '../options/sources.js';
import { readStore } from '../options/store-option.js';
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
