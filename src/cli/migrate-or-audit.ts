import type { Words } from '../conduct/options/sources.js';
import { optionsOf } from '../conduct/options/table.js';
import { UsageError } from '../domain/text/usage-error.js';
import { give } from './command-tools.js';
import { migrateCommand } from './commands/migrate.js';
import { readWords } from './options/command-rows.js';
import { sharingRows } from './options/sharing-rows.js';

/** `migrate` and `audit`. With `--sites` no password is needed here: workers have them. @throws UsageError */
export async function migrateOrAudit(parsed: Words, command: 'migrate' | 'audit'): Promise<number> {
  const sharing = readWords(sharingRows, parsed);
  const isShared = sharing.sites !== null;
  if (isShared && parsed['site'] !== undefined)
    throw new UsageError('--site cannot be combined with --sites; name all of them with --sites.');
  const areNamed = sharing.sites !== null && sharing.sites !== 'all';
  const words = areNamed ? { ...parsed, site: sharing.sites } : parsed;
  const workers = areNamed ? 'named' : sharing.sites;
  const given = await give(words, optionsOf[command], { withSecrets: !isShared, sites: 'needed', workers });
  return migrateCommand(given, command, sharing);
}
