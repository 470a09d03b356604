import { isLocalShortage } from '../../domain/failures/failure-codes.js';
import { parseLoad } from '../../domain/firmware/load.js';
import { sumOfSizes } from '../../domain/firmware/images.js';
import type { LoadCheck } from '../../domain/firmware/load-check.js';
import { loadFamiliesOf, type Models } from '../../domain/phone/models.js';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import { ruleFrom } from '../../domain/plan/rule.js';
import { createPreflight, type Preflight } from '../../files/preflight.js';
import type { Clock } from '../../domain/ports/clock.js';
import { filesOptions, type FilesSettings } from './assemble.js';

/** Checks every load of a profile, those to step up to included, one after the other. */
export async function checkFirmware(
  profile: Pick<MigrationProfile, 'loads' | 'stepUpLoads' | 'upgradeRule'>,
  files: string | null,
  models: Models,
  settings: FilesSettings,
  clock: Clock,
): Promise<LoadCheck[]> {
  const preflight = createPreflight(filesOptions(settings, clock), loadFamiliesOf(models));
  const named = [...Object.entries(profile.stepUpLoads), ...Object.entries(profile.loads)];
  const checks: LoadCheck[] = [];
  for (const [load, loadFamily] of new Map(named.map(([family, name]) => [name, family]))) {
    const url = ruleFrom(profile.upgradeRule, files, load) ?? '';
    checks.push(await checkLoad({ load, loadFamily, url }, models, preflight));
  }
  return checks;
}

async function checkLoad(
  { load, loadFamily, url }: Pick<LoadCheck, 'load' | 'loadFamily' | 'url'>,
  models: Models,
  preflight: Preflight,
): Promise<LoadCheck> {
  const check = await preflight.firmware(url, load);
  const fits = parseLoad(load, models.loadNames)?.loadFamily === loadFamily;
  const misfit = `${load} is not a load of ${loadFamily}, for which the profile names it.`;
  const images = check.images ?? [];
  const sum = sumOfSizes(images);
  return {
    ...{ load, loadFamily, url: check.url, images },
    models: [...models.models].filter(([, model]) => model.loadFamily === loadFamily).map(([name]) => name),
    ok: check.ok && fits,
    why: check.ok ? (fits ? null : misfit) : check.message,
    warnings: check.warnings,
    bytes: check.ok && sum.unknown === 0 ? check.bytes + sum.bytes : null,
    isSilent: !check.ok && check.noResponse === true,
    isUnknown: !check.ok && (isLocalShortage(check) || check.code === 'files-unreachable'),
    signatureVerified: false,
  };
}
