import { printable } from '../../../domain/text/printable.js';
import { UsageError } from '../../../domain/text/usage-error.js';
import { listUcmPhones } from '../../../fleet/cluster/list-phones.js';
import { renderUcmList, renderUcmListCsv, renderUcmListJson } from '../../../report/unified-cm/list-text.js';
import type { Given } from '../../../conduct/options/sources.js';
import { optionsOf } from '../../../conduct/options/table.js';
import type { UcmListWords } from '../../options/ucm-command-rows.js';
import { exitCodes } from '../../../conduct/exit-code.js';
import { writeOut } from '../../terminal/write-out.js';
import { clusterOf } from './cluster.js';
import { type Connect, connectUcm } from './client.js';

/**
 * `ucm list`: the phones of Unified CM. Exit code 1 where it is not known of some whether they are registered.
 * @throws UsageError for what is wrong with the command line, where they cannot be listed, and where none is like those asked for
 */
export async function ucmListCommand(
  given: Given,
  { output }: UcmListWords,
  connect: Connect = connectUcm,
): Promise<number> {
  const access = await clusterOf(given, optionsOf.ucmList, 'ucm list');
  const { devicePools, match } = access;
  const { phones, trouble, emptyPools } = await connect(access, given.settings, ({ ucm }) =>
    listUcmPhones(ucm, access),
  );
  if (phones.length === 0 && (devicePools.length > 0 || match !== null))
    throw new UsageError(
      `Unified CM ${access.host} lists no 7800 or 8800 phone like those asked for; check ${[...(devicePools.length > 0 ? ['--device-pool'] : []), ...(match === null ? [] : ['--match'])].join(' and ')}.`,
    );
  await writeOut(
    process.stdout,
    output === 'csv'
      ? renderUcmListCsv(phones)
      : [output === 'json' ? renderUcmListJson(access.host, phones) : renderUcmList(phones)],
  );
  if (emptyPools.length > 0)
    process.stderr.write(`fleet-migrate: no phone is in the device pool ${printable(emptyPools.join(', '), 500)}.\n`);
  if (trouble !== null)
    process.stderr.write(
      `fleet-migrate: where the phones are and what they run is not known: ${printable(trouble, 1_000)}\n`,
    );
  // A node that did not answer leaves its phones unknown.
  const isKnown = trouble === null && phones.every(({ registered }) => registered !== 'unknown');
  return isKnown ? exitCodes.ok : exitCodes.attention;
}
