import { join } from 'node:path';
import type { Site } from '../../domain/network/site.js';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import { pathFromFile } from '../../config/file/paths.js';
import type { KeptSettings, KeptSite } from '../../config/settings/kept.js';
import { listed, type Written } from '../../config/settings/option.js';
import type { OfRun } from '../../fleet/run/assemble.js';
import type { Given } from '../options/sources.js';
import { optionTable } from '../options/table.js';

/** The options stored with a run: not those that a resume takes anew. */
export const keptOptions = optionTable.filter(({ resume }) => resume !== 'anew');

/**
 * What is stored of a run for a resume. No passwords: a resume reads them anew.
 * @param more values that only the run itself chose, by option name
 */
export function keptSettings(
  { written, surroundings }: Given,
  profile: MigrationProfile | null,
  ofRun: OfRun | null = null,
  more: Readonly<Record<string, Written>> = {},
): KeptSettings {
  const args: Record<string, Written> = {};
  for (const { name, file, form, many } of keptOptions) {
    const value = written.values[name];
    if (value === undefined) continue;
    // Absolute, so that a resume finds the files from any folder.
    const from = join(surroundings.cwd, 'command-line');
    const kept = (one: unknown): string => pathFromFile(String(one), form.value ?? '', from, surroundings.home);
    args[name] = file === undefined ? value : many ? listed(value).map(kept) : kept(value);
  }
  Object.assign(args, more);
  return { args, profile, sites: written.sites.map(keptSite), ...(ofRun === null ? {} : { ofRun }) };
}

/** A site without its passwords; of one that no file of this machine describes, with where they were found. */
function keptSite({ credentials, ...site }: Site): KeptSite {
  const references = credentials.flatMap(({ username, reference, subnets }) =>
    reference === undefined ? [] : [{ username, password: reference, subnets }],
  );
  return { ...site, credentials: [], ...(references.length === 0 ? {} : { references }) };
}
