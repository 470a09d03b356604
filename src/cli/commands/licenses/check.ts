import { shippedModels } from '../../../config/profiles/as-shipped.js';
import type { MigrationProfile } from '../../../domain/plan/migration-profile.js';
import { ruleFrom } from '../../../domain/plan/rule.js';
import { otherDirectionThan } from '../../../domain/licenses/file-name.js';
import { printable } from '../../../domain/text/printable.js';
import { refuseProblems } from '../../../domain/text/usage-error.js';
import { createPreflight } from '../../../files/preflight.js';
import { filesOptions } from '../../../fleet/run/assemble.js';
import { checkLicenses, phonesToLicense } from '../../../licenses/check.js';
import { findPhones } from '../../../licenses/plan.js';
import { renderLicenseCheck, renderLicenseCheckJson } from '../../../report/licenses/check-text.js';
import { companionRemarks } from '../../../conduct/options/companions.js';
import { filesTrustOf, uncheckedServer } from '../../../conduct/options/connection.js';
import type { LicensesCheckWords } from '../../options/license-rows.js';
import type { Given } from '../../../conduct/options/sources.js';
import { readStoreIfAny } from '../../../conduct/options/store-option.js';
import { optionsOf } from '../../../conduct/options/table.js';
import { refuseAbsentServers } from '../../../conduct/check/file-servers/ask-file-servers.js';
import { fileProblems, namedProfile, whatProfileLacks } from '../../../conduct/check/check-run.js';
import { systemClock } from '../../../conduct/system-clock.js';
import { exitCodes } from '../../../conduct/exit-code.js';
import { writeOut } from '../../terminal/write-out.js';
import { whichPhones } from './which-phones.js';
import { onStandardError } from '../../terminal/aside.js';

/**
 * `licenses check`: whether each phone's license is on the file server under exactly the name that its rule asks for. Contacts no phone. Exit code 1
 * when one is not. @throws UsageError for what is wrong with the command line, and if the file server is not there at all
 */
export async function licensesCheckCommand(given: Given, words: LicensesCheckWords): Promise<number> {
  const models = await shippedModels();
  const { settings, written } = given;
  const which = whichPhones(words);
  const problems = [...written.problems];
  const profile = await namedProfile(given, models, problems);
  if (profile === null)
    problems.push(
      'licenses check needs --profile NAME, whose license rule it looks for (see: fleet-migrate profiles list).',
    );
  else problems.push(...companionRemarks(given, optionsOf.licenses, profile).problems);
  if (profile) problems.push(...whatIsMissing(given, profile));
  problems.push(...(await fileProblems(given, optionsOf.licenses, true)));
  refuseProblems(problems);
  const rule = profile ? ruleFrom(settings.authorizationRule ?? profile.authorizationRule, settings.files, null) : null;
  // If there are no problems, there is a profile with a rule.
  if (!profile || rule === null) return exitCodes.internal;
  const { phones, warnings, unidentified } = await readStoreIfAny(settings, onStandardError, (store) =>
    findPhones(store, which, systemClock),
  );
  for (const { path, text } of warnings) process.stderr.write(`fleet-migrate: ${printable(path)}: ${text}\n`);
  const reach = { filesTls: filesTrustOf(settings), timeoutMs: settings.timeout };
  const unchecked = uncheckedServer(reach.filesTls, settings.files);
  if (unchecked !== null) process.stderr.write(`fleet-migrate: ${unchecked}\n`);
  await refuseAbsentServers(given, { ...profile, upgradeRule: null }, reach, []);
  const wanted = phonesToLicense(phones, profile, models);
  const left = phones.length - wanted.length;
  const checked = await checkLicenses(
    wanted,
    rule,
    createPreflight(filesOptions(reach, systemClock), [], otherDirectionThan(profile.direction, models)),
  );
  await writeOut(process.stdout, [
    words.output === 'json' ? renderLicenseCheckJson(checked, left) : renderLicenseCheck(checked, left),
  ]);
  return checked.every(({ found }) => found) && unidentified === 0 ? exitCodes.ok : exitCodes.attention;
}

function whatIsMissing(given: Given, profile: MigrationProfile): string[] {
  const sets = profile.goal !== 'upgrade' && (given.settings.authorizationRule ?? profile.authorizationRule) !== null;
  if (sets || profile.goal === 'authorize') return whatProfileLacks(given, { ...profile, upgradeRule: null });
  return [`--profile ${profile.name} sets no license, so there is none to look for; name one that does.`];
}
