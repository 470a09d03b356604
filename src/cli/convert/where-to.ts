import { migrationProfile, phoneProfiles } from '../../config/profiles/as-shipped.js';
import type { Conversion } from '../../domain/conversion/allow-list.js';
import { parseLoad } from '../../domain/firmware/load.js';
import type { Models } from '../../domain/phone/models.js';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import { UsageError } from '../../domain/text/usage-error.js';
import type { ConvertRules } from '../../serve/convert/convert.js';

/** Where phones are moved to, and the profiles that say so. */
export interface WhereTo {
  conversion: Conversion;
  rules: ConvertRules;
  /** `upgrade-mpp and authorize-mpp`. */
  profiles: string;
}

/** What says it unless a profile is named: the Multiplatform loads, and the Multiplatform half of a move from Enterprise. */
const usual = { loads: 'upgrade-mpp', license: 'authorize-mpp' };

/** @param named `--profile`. @throws UsageError for a profile that cannot be used here */
export async function whereTo(named: string | null, models: Models): Promise<WhereTo> {
  const profile = await migrationProfile(named ?? usual.loads);
  const { name, loads, upgradeRule } = profile;
  const refuse = (why: string): UsageError =>
    new UsageError(`--profile ${name}: ${why}; --convert e2m needs one that names Multiplatform loads on this server.`);
  const [wrong] = Object.values(loads).filter((load) => parseLoad(load, models.loadNames)?.family !== 'multiplatform');
  if (Object.keys(loads).length === 0 || upgradeRule === null) throw refuse('it names no loads');
  if (wrong !== undefined) throw refuse(`its load ${wrong} is not known to be Multiplatform firmware`);
  const license =
    profile.direction === 'e2m' && profile.authorizationRule !== null ? profile : await migrationProfile(usual.license);
  for (const rule of [upgradeRule, license.authorizationRule])
    if (rule?.startsWith('{files}/') !== true)
      throw refuse(
        `its rule ${rule ?? 'for the license'} does not begin with {files}/, so phones would fetch elsewhere`,
      );
  return {
    conversion: { loads, ...(profile.direction === 'e2m' ? { minimums: profile.requires } : {}) },
    rules: await rulesOf(upgradeRule, license),
    profiles: license === profile ? name : `${name} and ${license.name}`,
  };
}

async function rulesOf(
  upgradeRule: string,
  { authorizationRule, authorizationType }: MigrationProfile,
): Promise<ConvertRules> {
  const { tags } = (await phoneProfiles(null)).multiplatform.firmwareUpgrade;
  const tag = (name: keyof typeof tags): string => tags[name][0] ?? '';
  return {
    upgradeRule: { tag: tag('upgradeRule'), rule: upgradeRule },
    authorizationRule: { tag: tag('authorizationRule'), rule: authorizationRule ?? '' },
    authorizationType: { tag: tag('authorizationType'), value: authorizationType ?? '' },
  };
}
