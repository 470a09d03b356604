import { shippedModels } from '../../../config/profiles/as-shipped.js';
import { isAllSo } from '../../../domain/unified-cm/check.js';
import type { Mac } from '../../../domain/network/mac.js';
import type { MigrationProfile } from '../../../domain/plan/migration-profile.js';
import { checkCluster } from '../../../fleet/cluster/check-cluster.js';
import { renderUcmCheck, renderUcmCheckJson } from '../../../report/unified-cm/check-text.js';
import type { Given } from '../../../conduct/options/sources.js';
import { readStoreIfAny } from '../../../conduct/options/store-option.js';
import { optionsOf } from '../../../conduct/options/table.js';
import type { UcmCheckWords } from '../../options/ucm-command-rows.js';
import { namedProfile } from '../../../conduct/check/check-run.js';
import { systemClock } from '../../../conduct/system-clock.js';
import { exitCodes } from '../../../conduct/exit-code.js';
import { writeOut } from '../../terminal/write-out.js';
import { clusterOf } from './cluster.js';
import { type Connect, connectUcm } from './client.js';
import { onStandardError } from '../../terminal/aside.js';

/** Whose loads are looked for where no profile is named. */
const usualProfile = 'enterprise-to-mpp';

/**
 * `ucm check`: whether Unified CM has all that a move takes. Changes nothing. Exit code 1 where something of it is not so, or not known.
 * @throws UsageError for what is wrong with the command line, and where Unified CM could not be asked at all
 */
export async function ucmCheckCommand(
  given: Given,
  { output, tftpPort }: UcmCheckWords,
  connect: Connect = connectUcm,
): Promise<number> {
  const { settings } = given;
  const models = await shippedModels();
  const problems: string[] = [];
  const named = { ...settings, profile: settings.profile ?? usualProfile };
  const profile = (await namedProfile({ ...given, settings: named }, models, problems)) ?? null;
  if (profile && Object.keys({ ...profile.loads, ...profile.stepUpLoads }).length === 0)
    problems.push(`The profile ${profile.name} loads no firmware, so there is none to look for; name one that does.`);
  const access = await clusterOf(given, optionsOf.ucmCheck, 'ucm check', problems);
  // If there are no problems, there is a profile.
  if (profile === null) return exitCodes.internal;
  const held = await heldFor(given, profile);
  const reach = { filesTls: { ca: [], insecure: false }, timeoutMs: settings.timeout };
  const wanted = { access, profile, models, held, reach, tftpPort, clock: systemClock };
  const check = await connect(access, settings, ({ ucm, knowledge }) => checkCluster(ucm, { ...wanted, knowledge }));
  await writeOut(process.stdout, [output === 'json' ? renderUcmCheckJson(check) : renderUcmCheck(check)]);
  return isAllSo(check) ? exitCodes.ok : exitCodes.attention;
}

/** The phones whose license in the profile's direction is held. */
async function heldFor({ settings }: Given, { direction }: MigrationProfile): Promise<Mac[]> {
  const licenses = await readStoreIfAny(settings, onStandardError, async (store) => (await store?.licenses()) ?? []);
  return licenses.filter((license) => license.direction === direction).map(({ mac }) => mac);
}
