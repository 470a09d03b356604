import { printable } from '../../../domain/text/printable.js';
import { silentLog } from '../../../domain/ports/log.js';
import { leftLoads } from '../../../fleet/unified-cm/left-behind.js';
import { putBackSettings } from '../../../fleet/unified-cm/put-back.js';
import { refuseBusyStore } from '../../../fleet/run/run-locks.js';
import type { Store } from '../../../store/store.js';
import type { Given } from '../../../conduct/options/sources.js';
import { existingStore, withStore } from '../../../conduct/options/store-option.js';
import { optionsOf } from '../../../conduct/options/table.js';
import type { UcmRestoreWords } from '../../options/ucm-command-rows.js';
import { exitCodes } from '../../../conduct/exit-code.js';
import { writeOut } from '../../terminal/write-out.js';
import { clusterOf } from './cluster.js';
import { type Connect, connectUcm } from './client.js';
import { type Ask, askFirst, ownTerminal } from './ask.js';

/**
 * `ucm restore`: puts back what runs that were cut off have left changed on Unified CM: web access that was switched on for an audit. Loads that they
 * named are told with the run that finishes them. Exit code 1 where something is left. @throws UsageError before anything is changed
 */
export async function ucmRestoreCommand(
  given: Given,
  { yes }: UcmRestoreWords,
  connect: Connect = connectUcm,
  ask: Ask = ownTerminal(),
): Promise<number> {
  const { problems, question } = askFirst('change phones on Unified CM', yes, ask);
  const access = await clusterOf(given, optionsOf.ucmRestore, 'ucm restore', problems);
  existingStore(given.settings);
  return withStore(given.settings, async (store) => {
    await refuseBusyStore(store, 'ucm restore', (text) => void process.stderr.write(`${text}\n`));
    const host = access.host.toLowerCase();
    const all = await store.borrowed();
    const borrowed = all.filter(({ ucm }) => ucm === host);
    const elsewhere = [...new Set(all.map(({ ucm }) => ucm))].filter((ucm) => ucm !== host).sort();
    if (elsewhere.length > 0)
      process.stderr.write(
        `fleet-migrate: by this store, web access is switched on still on ${printable(elsewhere.join(', '), 300)}; name it so with --ucm to put it back there.
`,
      );
    const loads = await tellLoads(store, access.host);
    if (borrowed.length === 0) {
      await writeOut(process.stdout, [`No run has left web access switched on on Unified CM ${access.host}.\n`]);
      return loads + elsewhere.length === 0 ? exitCodes.ok : exitCodes.attention;
    }
    const names = borrowed.map(({ name, at, runId }) => `  ${printable(name, 60)}  since ${at}, by run ${runId}`);
    await writeOut(process.stdout, [`Web access was switched on and not put back:\n${names.join('\n')}\n`]);
    const count = borrowed.length === 1 ? 'this phone' : `these ${borrowed.length} phones`;
    if (!(await question(`\nAbout to put it back on Unified CM; ${count} may restart for it.\n`))) {
      process.stderr.write('fleet-migrate: nothing was changed.\n');
      return exitCodes.attention;
    }
    return connect(access, given.settings, async ({ ucm: client, knowledge }) => {
      const tools = { ucm: { client }, store, log: silentLog };
      const { back, theirs, left } = await putBackSettings(borrowed, tools, knowledge.webAccess.on);
      for (const name of back.sort()) await writeOut(process.stdout, [`${printable(name, 60)}: put back\n`]);
      for (const name of theirs.sort())
        await writeOut(process.stdout, [
          `${printable(name, 60)}: changed by somebody else since, or deleted; left as it is\n`,
        ]);
      for (const [name, why] of left)
        process.stderr.write(`fleet-migrate: ${printable(name, 60)}: ${printable(why, 1_000)}\n`);
      return left.size + loads === 0 ? exitCodes.ok : exitCodes.attention;
    });
  });
}

/** Tells the loads that runs which were cut off have named. Returns how many. */
async function tellLoads(store: Store, host: string): Promise<number> {
  let count = 0;
  for (const { run, names } of await leftLoads(store, host)) {
    count += names.length;
    const some = names.slice(0, 5).join(', ');
    const more = names.length > 5 ? `, and ${names.length - 5} more` : '';
    await writeOut(process.stdout, [
      `Run ${run} was moving ${printable(some, 400)}${more}; watch them to their end, and put back what they did not take: fleet-migrate resume ${run}\n`,
    ]);
  }
  return count;
}
