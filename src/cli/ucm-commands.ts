import type { Argv, Options } from 'yargs';
import { readWords } from './options/command-rows.js';
import { listRows, type OptionRow } from './options/row.js';
import type * as Sources from './options/sources.js';
import type { Words } from './options/sources.js';
import { optionsOf } from './options/table.js';
import { ucmCheckRows, ucmListRows, ucmRestartRows, ucmRestoreRows } from './options/ucm-command-rows.js';

/** What the program gives to a group of its commands. */
interface Tools {
  shown: (rows: readonly OptionRow[]) => Record<string, Options>;
  sources: () => Promise<typeof Sources>;
  run: (command: (parsed: Words) => Promise<number>) => (parsed: Words) => Promise<void>;
}

/** The commands of `ucm`. */
export function ucmCommands(command: Argv, { shown, sources, run }: Tools): Argv {
  return command
    .command(
      'check',
      'ask Unified CM for all that a move takes: roles, loads and licenses it serves, its TFTP service; changes nothing',
      (check) => check.options(shown(listRows(ucmCheckRows))).options(shown(optionsOf.ucmCheck)),
      run(async (parsed) =>
        (await import('./commands/ucm/check.js')).ucmCheckCommand(
          await (await sources()).give(parsed, optionsOf.ucmCheck),
          readWords(ucmCheckRows, parsed),
        ),
      ),
    )
    .command(
      'list',
      'list its phones, with address, load and whether each is registered; itself an inventory',
      (list) => list.options(shown(listRows(ucmListRows))).options(shown(optionsOf.ucmList)),
      run(async (parsed) =>
        (await import('./commands/ucm/list.js')).ucmListCommand(
          await (await sources()).give(parsed, optionsOf.ucmList),
          readWords(ucmListRows, parsed),
        ),
      ),
    )
    .command(
      'restart-tftp',
      'restart its TFTP service, node by node, so that files put there are served',
      (restart) => restart.options(shown(listRows(ucmRestartRows))).options(shown(optionsOf.ucm)),
      run(async (parsed) =>
        (await import('./commands/ucm/restart-tftp.js')).ucmRestartCommand(
          await (await sources()).give(parsed, optionsOf.ucm),
          readWords(ucmRestartRows, parsed),
        ),
      ),
    )
    .command(
      'restore',
      'put back what a run that was cut off has left changed there',
      (restore) => restore.options(shown(listRows(ucmRestoreRows))).options(shown(optionsOf.ucmRestore)),
      run(async (parsed) =>
        (await import('./commands/ucm/restore.js')).ucmRestoreCommand(
          await (await sources()).give(parsed, optionsOf.ucmRestore),
          readWords(ucmRestoreRows, parsed),
        ),
      ),
    )
    .demandCommand(1, 1, 'ucm needs one of: check, list, restart-tftp, restore.');
}
