import type { UcmAccess } from '../../../domain/network/ucm-access.js';
import { refuseProblems } from '../../../domain/text/usage-error.js';
import { ucmAccessOf, ucmCredentialsOf } from '../../../conduct/options/access/ucm-access.js';
import { companionRemarks } from '../../../conduct/options/companions.js';
import type { OptionRow } from '../../../conduct/options/row.js';
import type { Given } from '../../../conduct/options/sources.js';
import { fileProblems } from '../../../conduct/check/check-run.js';

/**
 * How a command of `ucm` speaks to Unified CM, checked as far as it can be before anything is contacted.
 * @param command as the user typed it
 * @param problems what else is wrong
 * @throws UsageError with all that is wrong
 */
export async function clusterOf(
  given: Given,
  options: readonly OptionRow[],
  command: string,
  problems: readonly string[] = [],
): Promise<UcmAccess> {
  const { settings, written, surroundings } = given;
  const all = [...written.problems, ...problems];
  if (settings.ucm === null && !written.broken.has('ucm'))
    all.push(`${command} needs --ucm HOST, the publisher of Unified CM, such as --ucm cucm.example.com.`);
  else all.push(...companionRemarks(given, options, undefined).problems);
  const credentials = ucmCredentialsOf(settings, written, surroundings, all);
  all.push(...(await fileProblems(given, options, true)));
  refuseProblems(all);
  const access = ucmAccessOf(settings, credentials);
  if (access === null) throw new Error('A command of ucm got past its checks without access.');
  if (access.tls.insecure)
    process.stderr.write(
      'fleet-migrate: --ucm-insecure: the certificate of Unified CM is not checked; with --ucm-ca FILE it is.\n',
    );
  return access;
}
