import { renderHeld, renderHeldJson } from '../../../report/licenses/held-text.js';
import type { LicensesListWords } from '../../options/license-rows.js';
import type { Given } from '../../../conduct/options/sources.js';
import { readStore } from '../../../conduct/options/store-option.js';
import { exitCodes } from '../../../conduct/exit-code.js';
import { writeOut } from '../../terminal/write-out.js';

/** `licenses list`: the licenses that are held. @throws UsageError */
export async function licensesListCommand(
  { settings }: Given,
  { direction, output }: LicensesListWords,
): Promise<number> {
  const all = await readStore(settings, (store) => store.licenses(), {
    what: 'licenses import',
    notYet: 'no license was imported here yet (fleet-migrate licenses import)',
  });
  const licenses = direction === null ? all : all.filter((license) => license.direction === direction);
  await writeOut(process.stdout, [output === 'json' ? renderHeldJson(licenses) : renderHeld(licenses)]);
  return exitCodes.ok;
}
