import type { Argv } from 'yargs';
import { listRows } from '../conduct/options/row.js';
import type { Given, Words } from '../conduct/options/sources.js';
import { optionsOf } from '../conduct/options/table.js';
import type { SitesOfStore } from '../config/sites/of-store.js';
import { type CommandTools, give, giveSound, wordOf } from './command-tools.js';
import { readWords } from './options/command-rows.js';
import { sitesShowRows, workerRows } from './options/sharing-rows.js';

/** The commands of a store that several machines share: those who look after it, and those who work for it. */
export function sharedCommands(program: Argv, { shown, run }: CommandTools): Argv {
  const ofStore = (parsed: Words): Promise<Given> => giveSound(parsed, optionsOf.store, { withSecrets: false });
  return program
    .command('db', 'the store: a file, or a database that several machines share', (command) =>
      command
        .command(
          'migrate',
          'make the tables of the store in a database, or bring them up to date',
          (migrate) => migrate.options(shown(optionsOf.store)),
          run(async (parsed) => (await import('./commands/shared/db.js')).dbMigrateCommand(await ofStore(parsed))),
        )
        .command(
          'check',
          'say whether the store can be used, who may do what in it, and how quick it is; changes nothing',
          (check) => check.options(shown(optionsOf.store)),
          run(async (parsed) => (await import('./commands/shared/db.js')).dbCheckCommand(await ofStore(parsed))),
        )
        .demandCommand(1, 1, 'db needs one of: migrate, check.'),
    )
    .command('sites', 'the sites of the store, for all machines that share it', (command) =>
      command
        .command(
          'import <file>',
          'take the sites of a configuration file into the store, in place of all that it has',
          (imports) =>
            imports.positional('file', { type: 'string', demandOption: true }).options(shown(optionsOf.store)),
          run(async (parsed) =>
            (await import('./commands/shared/sites.js')).sitesImportCommand(
              await ofStore(parsed),
              wordOf(parsed, 'file') ?? '',
            ),
          ),
        )
        .command(
          'show',
          'print the sites of the store as a configuration file has them',
          (show) => show.options(shown(listRows(sitesShowRows))).options(shown(optionsOf.store)),
          run(async (parsed) =>
            (await import('./commands/shared/sites.js')).sitesShowCommand(
              await ofStore(parsed),
              readWords(sitesShowRows, parsed),
            ),
          ),
        )
        .demandCommand(1, 1, 'sites needs one of: import, show.'),
    )
    .command(
      'worker',
      'reach the phones of a site for runs that are planned on another machine, until it is stopped',
      (command) => command.options(shown(listRows(workerRows))).options(shown(optionsOf.worker)),
      run(async (parsed) => {
        const words = readWords(workerRows, parsed);
        const secretsOf = (site: string, tags: readonly string[]): boolean =>
          words.site.includes(site) || words.tag.some((tag) => tags.includes(tag));
        const given = await give(parsed, optionsOf.worker, { secretsOf });
        const again = (sites: SitesOfStore): Promise<Given> => give(parsed, optionsOf.worker, { secretsOf, sites });
        return (await import('./commands/shared/worker.js')).workerCommand(given, words, again);
      }),
    );
}
