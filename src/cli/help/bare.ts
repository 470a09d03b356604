import { homedir } from 'node:os';
import { UsageError } from '../../domain/text/usage-error.js';
import { configFileName } from '../../config/settings/option.js';
import { configHome } from '../../config/file/find.js';
import { give } from '../../conduct/options/sources.js';
import { optionsOf } from '../../conduct/options/table.js';
import { roomOn } from '../terminal/room.js';
import { recipesText } from './recipes.js';

/**
 * `fleet-migrate` without a word, where neither file nor environment names targets: the recipes, on standard error. It is still an error: a
 * nightly job whose configuration file is gone must not look like one that went well.
 * @throws UsageError where there is no configuration file; otherwise the run itself says what is missing
 */
export async function helpWithoutTargets(): Promise<void> {
  const { settings, written } = await give({}, optionsOf.migrate, { withSecrets: false });
  const { subnet, target, inventory, fromRun, ucm } = settings;
  const isAsked = subnet.length + target.length + inventory.length > 0 || fromRun !== null || ucm !== null;
  if (isAsked || written.problems.length > 0) return;
  process.stderr.write(`${recipesText(roomOn(process.stderr))}\n`);
  if (written.configPath !== null) return;
  const folder = configHome({ env: process.env, home: homedir() });
  throw new UsageError(
    `No targets are given, and there is no ${configFileName} in this folder or in ${folder}; name them with --subnet, --target, --inventory, --from-run or --ucm.`,
  );
}
