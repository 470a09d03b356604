import type { Argv } from 'yargs';
import { type CommandTools, give, giveSound } from './command-tools.js';
import { readWords } from './options/command-rows.js';
import { licensesCheckRows, licensesImportRows, licensesListRows, licensesPlanRows } from './options/license-rows.js';
import { listRows } from '../conduct/options/row.js';
import type { Given, Words } from '../conduct/options/sources.js';
import { optionsOf } from '../conduct/options/table.js';

/** The commands of `licenses`. */
export function licenseCommands(command: Argv, { shown, run }: CommandTools): Argv {
  const ofStore = (parsed: Words): Promise<Given> => giveSound(parsed, optionsOf.store, { withSecrets: false });
  return command
    .command(
      'plan',
      'count the licenses that a fleet needs, holds and has to order; contacts nothing',
      (plan) => plan.options(shown(listRows(licensesPlanRows))).options(shown(optionsOf.store)),
      run(async (parsed) =>
        (await import('./commands/licenses/plan.js')).licensesPlanCommand(
          await ofStore(parsed),
          readWords(licensesPlanRows, parsed),
        ),
      ),
    )
    .command(
      'import [files..]',
      "take licenses into the store: the portal's archive, a folder, or license files",
      (imports) =>
        imports
          .positional('files', { type: 'string', array: true })
          .options(shown(listRows(licensesImportRows)))
          .options(shown(optionsOf.store)),
      run(async (parsed) =>
        (await import('./commands/licenses/import.js')).licensesImportCommand(
          await ofStore(parsed),
          readWords(licensesImportRows, parsed),
          [parsed['files'] ?? []].flat().map(String),
        ),
      ),
    )
    .command(
      'list',
      'list the licenses that are held',
      (list) => list.options(shown(listRows(licensesListRows))).options(shown(optionsOf.store)),
      run(async (parsed) =>
        (await import('./commands/licenses/list.js')).licensesListCommand(
          await ofStore(parsed),
          readWords(licensesListRows, parsed),
        ),
      ),
    )
    .command(
      'check',
      "look for each phone's license on the file server, under the name that its rule asks for; contacts no phone",
      (check) => check.options(shown(listRows(licensesCheckRows))).options(shown(optionsOf.licenses)),
      run(async (parsed) =>
        (await import('./commands/licenses/check.js')).licensesCheckCommand(
          await give(parsed, optionsOf.licenses, { withSecrets: false }),
          readWords(licensesCheckRows, parsed),
        ),
      ),
    )
    .demandCommand(1, 1, 'licenses needs one of: plan, import, list, check.');
}
