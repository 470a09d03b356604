import { exitCodes } from '../../../conduct/exit-code.js';
import type { Given } from '../../../conduct/options/sources.js';
import { readStore, withStore } from '../../../conduct/options/store-option.js';
import { readSitesFile } from '../../../conduct/sites/read-sites-file.js';
import { renderChanges, renderSites, renderSitesJson } from '../../../report/sites/sites-text.js';
import type { SitesShowWords } from '../../options/sharing-rows.js';
import { onStandardError } from '../../terminal/aside.js';
import { writeOut } from '../../terminal/write-out.js';

/** `sites import FILE`: the sites of a configuration file for all who share the store; all of them, or none. @throws UsageError */
export async function sitesImportCommand(given: Given, file: string): Promise<number> {
  const { path, sites, left, relative } = readSitesFile(file, given);
  return withStore(given.settings, async (store) => {
    await writeOut(process.stdout, [renderChanges(await store.replaceSites(sites), store.path)]);
    const { tell } = onStandardError;
    if (left.length > 0)
      tell(`not taken of ${path}: ${left.join(', ')}; this stays in the configuration file of each machine.`);
    if (left.includes('exclude'))
      tell('exclude protects phones only where it stands in the configuration file of the machine that plans.');
    if (relative.length > 0)
      tell(`relative paths start at the folder of the configuration file of each machine: ${relative.join(', ')}.`);
    return exitCodes.ok;
  });
}

/** `sites show`: the sites of the store. @throws UsageError */
export async function sitesShowCommand({ settings }: Given, { json }: SitesShowWords): Promise<number> {
  const text = await readStore(
    settings,
    async (store) => {
      const sites = await store.sites();
      return json ? renderSitesJson(sites) : renderSites(sites, store.path);
    },
    { what: 'sites import', notYet: 'no sites were imported here yet (fleet-migrate sites import FILE)' },
  );
  await writeOut(process.stdout, [text]);
  return exitCodes.ok;
}
