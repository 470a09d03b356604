import type { Argv } from 'yargs';
import { optionsOf } from '../conduct/options/table.js';
import { listRows } from '../conduct/options/row.js';
import { type CommandTools, giveSound, wordOf } from './command-tools.js';
import { dashboardRows, readWords, serveRows } from './options/command-rows.js';
import { simulateRows } from './options/simulate-rows.js';

/** Defines the commands that serve something until they are stopped. */
export function servingCommands(program: Argv, { shown, run }: CommandTools): Argv {
  return program
    .command(
      'serve <folder>',
      'offer firmware and licenses to phones over HTTP and TFTP, read-only, and show who takes what',
      (command) =>
        command
          .positional('folder', { type: 'string', demandOption: true })
          .options(shown(listRows(serveRows)))
          .options(shown(optionsOf.store)),
      run(async (parsed) =>
        (await import('./commands/serve.js')).serveCommand(
          await giveSound(parsed, optionsOf.store, { withSecrets: false }),
          readWords(serveRows, parsed),
          wordOf(parsed, 'folder') ?? '',
        ),
      ),
    )
    .command(
      'dashboard',
      'show runs, phones, sites, licenses and transfers as web pages, and a run as it goes on; only reads the store',
      (command) => command.options(shown(listRows(dashboardRows))).options(shown(optionsOf.store)),
      run(async (parsed) =>
        (await import('./commands/dashboard.js')).dashboardCommand(
          await giveSound(parsed, optionsOf.store, { withSecrets: false }),
          readWords(dashboardRows, parsed),
        ),
      ),
    )
    .command(
      'simulate',
      'run a simulated network of phones on 127.0.0.0/8',
      (command) => command.options(shown(listRows(simulateRows))).options(shown(optionsOf.store)),
      run(async (parsed) =>
        (await import('./commands/simulate.js')).simulateCommand(readWords(simulateRows, parsed), parsed),
      ),
    );
}
