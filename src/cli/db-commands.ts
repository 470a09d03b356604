import type { Argv } from 'yargs';
import { optionsOf } from '../conduct/options/table.js';
import type { Given, Words } from '../conduct/options/sources.js';
import { type CommandTools, giveSound } from './command-tools.js';

/** The commands of `db`. */
export function dbCommands(command: Argv, { shown, run }: CommandTools): Argv {
  const ofStore = (parsed: Words): Promise<Given> => giveSound(parsed, optionsOf.store, { withSecrets: false });
  return command
    .command(
      'migrate',
      'make the tables of the store in a database, or bring them up to date',
      (migrate) => migrate.options(shown(optionsOf.store)),
      run(async (parsed) => (await import('./commands/db.js')).dbMigrateCommand(await ofStore(parsed))),
    )
    .command(
      'check',
      'say whether the store can be used, who may do what in it, and how quick it is; changes nothing',
      (check) => check.options(shown(optionsOf.store)),
      run(async (parsed) => (await import('./commands/db.js')).dbCheckCommand(await ofStore(parsed))),
    )
    .demandCommand(1, 1, 'db needs one of: migrate, check.');
}
