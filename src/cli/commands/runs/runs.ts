import { renderRunsJson, renderRunsTable } from '../../../report/runs/table.js';
import { exitCodes } from '../../terminal/exit-code.js';
import { tableOptions } from '../../terminal/table.js';
import type { RunsWords } from '../../options/command-rows.js';
import type { Given } from '../../options/sources.js';
import { readStore } from '../../options/store-option.js';
import { countsOf } from '../../../domain/progress/run-now.js';
import type { RunListEntry } from '../../../domain/report/report.js';
import type { Store } from '../../../store/store.js';
import { writeOut } from '../../terminal/write-out.js';

/** `runs`: the runs in the store. @throws UsageError */
export async function runsCommand({ settings }: Given, { json, limit }: RunsWords): Promise<number> {
  const runs = await readStore(settings, async (store) => {
    const cutOff = await store.cutOffRuns();
    const entries: RunListEntry[] = [];
    for (const run of await store.runs({ limit })) {
      const { id, startedAt, finishedAt, profile, summary, totals, state, interrupted, progress } = run;
      entries.push({
        ...{ id, startedAt, finishedAt, profile, dryRun: summary.dryRun, interrupted },
        ...{ abortedBy: summary.abortedBy ?? null, declined: summary.declined ?? false },
        workedMs: progress?.workedMs ?? null,
        state: state === 'running' && cutOff.has(id) ? 'cut off' : state,
        pausedSince: null,
        ...(totals === null ? await sofar(store, id, cutOff.has(id)) : { totals }),
      });
    }
    return entries;
  });
  await writeOut(process.stdout, [
    json ? renderRunsJson(runs) : renderRunsTable(runs, tableOptions(process.stdout).width),
  ]);
  return exitCodes.ok;
}

/** What a run that has not ended has come to so far. */
async function sofar(
  store: Store,
  id: string,
  isCutOff: boolean,
): Promise<Pick<RunListEntry, 'totals' | 'phones' | 'pausedSince'>> {
  const { run, byOutcome } = await store.standing(id);
  const { underWay, waiting } = countsOf(run.phones);
  const pausedSince = isCutOff || run.pausedSince === null ? null : new Date(run.pausedSince).toISOString();
  return {
    pausedSince,
    totals: { targets: run.survey.targets ?? run.survey.probed, byOutcome },
    phones: { underWay, waiting },
  };
}
