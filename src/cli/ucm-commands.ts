import type { Argv } from 'yargs';
import { type CommandTools, give } from './command-tools.js';
import { readWords } from './options/command-rows.js';
import { listRows } from '../conduct/options/row.js';
import { optionsOf } from '../conduct/options/table.js';
import { ucmCheckRows, ucmListRows, ucmRestartRows, ucmRestoreRows } from './options/ucm-command-rows.js';

/** The commands of `ucm`. */
export function ucmCommands(command: Argv, { shown, run }: CommandTools): Argv {
  return command
    .command(
      'check',
      'ask Unified CM for all that a move takes: roles, loads and licenses it serves, its TFTP service; changes nothing',
      (check) => check.options(shown(listRows(ucmCheckRows))).options(shown(optionsOf.ucmCheck)),
      run(async (parsed) =>
        (await import('./commands/ucm/check.js')).ucmCheckCommand(
          await give(parsed, optionsOf.ucmCheck),
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
          await give(parsed, optionsOf.ucmList),
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
          await give(parsed, optionsOf.ucm),
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
          await give(parsed, optionsOf.ucmRestore),
          readWords(ucmRestoreRows, parsed),
        ),
      ),
    )
    .demandCommand(1, 1, 'ucm needs one of: check, list, restart-tftp, restore.');
}
