import { UsageError } from '../../domain/text/usage-error.js';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import { refuseProblems } from '../../domain/text/usage-error.js';
import { shippedModels } from '../../config/profiles/as-shipped.js';
import { placed } from '../../config/settings/where.js';
import { checkFirmware } from '../../fleet/run/check-firmware.js';
import { renderFirmwareCheck, renderFirmwareCheckJson } from '../../report/firmware/check.js';
import type { FirmwareWords } from '../options/command-rows.js';
import { companionRemarks } from '../../conduct/options/companions.js';
import { filesTrustOf, uncheckedServer } from '../../conduct/options/connection.js';
import type { Given } from '../../conduct/options/sources.js';
import { optionsOf } from '../../conduct/options/table.js';
import { refuseAbsentServers } from '../../conduct/check/file-servers/ask-file-servers.js';
import { fileProblems, namedProfile, whatProfileLacks } from '../../conduct/check/check-run.js';
import { systemClock } from '../../conduct/system-clock.js';
import { exitCodes } from '../../conduct/exit-code.js';
import { writeOut } from '../terminal/write-out.js';

/**
 * `firmware check`: whether every load of a profile is on its file server with all its images. Contacts no phone.
 * @throws UsageError for what is wrong with the command line, and if the file server is not there at all
 */
export async function firmwareCheck(given: Given, { output }: FirmwareWords): Promise<number> {
  const models = await shippedModels();
  const { settings, written } = given;
  const problems = [...written.problems];
  const profile = await namedProfile(given, models, problems);
  if (profile === null)
    problems.push('firmware check needs --profile NAME, whose loads it looks for (see: fleet-migrate profiles list).');
  else problems.push(...companionRemarks(given, optionsOf.files, profile).problems);
  if (profile) problems.push(...whatIsMissing(given, profile));
  problems.push(...(await fileProblems(given, optionsOf.files, true)));
  refuseProblems(problems);
  // If there are no problems, there is a profile.
  if (!profile) return exitCodes.internal;
  const reach = { filesTls: filesTrustOf(settings), timeoutMs: settings.timeout };
  const unchecked = uncheckedServer(reach.filesTls, settings.files);
  if (unchecked !== null) process.stderr.write(`fleet-migrate: ${unchecked}\n`);
  await refuseAbsentServers(given, { ...profile, authorizationRule: null }, reach, []);
  const loads = await checkFirmware(profile, settings.files, models, reach, systemClock);
  const [first] = loads;
  if (first && loads.every(({ isSilent }) => isSilent))
    throw new UsageError(
      `The file server gives no answer: ${first.why ?? ''} Start it, or correct its address. No phone was contacted.`,
    );
  const check = { files: settings.files, loads };
  await writeOut(process.stdout, [output === 'json' ? renderFirmwareCheckJson(check) : renderFirmwareCheck(check)]);
  return loads.every(({ ok }) => ok) ? exitCodes.ok : exitCodes.attention;
}

function whatIsMissing(given: Given, profile: MigrationProfile): string[] {
  const hasLoads = Object.keys({ ...profile.loads, ...profile.stepUpLoads }).length > 0 && profile.upgradeRule !== null;
  if (hasLoads) return whatProfileLacks(given, { ...profile, authorizationRule: null });
  const sentence = `The profile ${profile.name} loads no firmware, so there is none to check; name one that does.`;
  return [placed('profile', given.written.where['profile']?.[0], sentence)];
}
