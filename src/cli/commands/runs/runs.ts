import { renderRunsJson, renderRunsTable } from '../../../report/runs/table.js';
import { listedRuns } from '../../../store/told.js';
import { exitCodes } from '../../../conduct/exit-code.js';
import { tableOptions } from '../../terminal/table.js';
import type { RunsWords } from '../../options/command-rows.js';
import type { Given } from '../../../conduct/options/sources.js';
import { readStore } from '../../../conduct/options/store-option.js';
import { writeOut } from '../../terminal/write-out.js';

/** `runs`: the runs in the store. @throws UsageError */
export async function runsCommand({ settings }: Given, { json, limit }: RunsWords): Promise<number> {
  const runs = await readStore(settings, (store) => listedRuns(store, limit));
  await writeOut(process.stdout, [
    json ? renderRunsJson(runs) : renderRunsTable(runs, tableOptions(process.stdout).width),
  ]);
  return exitCodes.ok;
}
