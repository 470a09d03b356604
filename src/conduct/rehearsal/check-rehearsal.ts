import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import type { Models } from '../../domain/phone/models.js';
import { movesThroughUcm } from '../../domain/plan/target.js';
import { refuseProblems, UsageError } from '../../domain/text/usage-error.js';
import type { FleetSettings, TargetSource } from '../../fleet/run/assemble.js';
import { checkRun, namedProfile, whatProfileLacks } from '../check/check-run.js';
import type { Given } from '../options/sources.js';
import { optionsOf, type RunSettings } from '../options/table.js';

/** A run that can be rehearsed. */
export interface CheckedRehearsal {
  settings: FleetSettings;
  profile: MigrationProfile;
  targets: TargetSource;
  /** Settings without effect, and what was left out of lists. */
  warnings: string[];
}

/** What stands for a server that nobody has named: it is not contacted. */
const unnamed = { files: 'http://the-file-server', ucm: 'the-unified-cm' };

/**
 * Checks the run that is to be rehearsed as one that is to be made. Contacts nothing.
 * @param fleet the run whose phones are the targets where none are named; `null`: there is none
 * @throws UsageError with all that is wrong
 */
export async function checkRehearsal(given: Given, models: Models, fleet: string | null): Promise<CheckedRehearsal> {
  const profileNamed = (await namedProfile(given, models, [])) ?? null;
  const asked = withTargets(given, fleet, profileNamed !== null && movesThroughUcm(profileNamed));
  const { problems, warnings, run, profile } = await checkRun(asked, optionsOf.rehearse, models, {
    ...{ mustAsk: true, rehearses: true },
  });
  if (given.settings.profile === null)
    problems.push('rehearse needs --profile, where the phones are to be moved (fleet-migrate profiles list).');
  refuseProblems(problems);
  if (run === null || profile === null)
    throw new UsageError('There is nothing to rehearse; name targets, or audit the fleet first.');
  const { settings, targets } = run;
  const serves = given.written.placeOf(['serve']) !== undefined;
  const lacks = whatProfileLacks(given, profile, serves).map(
    (sentence) => `Not needed to rehearse, but to migrate: ${sentence}`,
  );
  return {
    ...{ settings: { ...settings, files: settings.files ?? unnamed.files }, profile, targets },
    warnings: [...warnings, ...lacks],
  };
}

/** The phones of the last audit are asked where nobody says whom, and a Unified CM is assumed where the profile takes one. */
function withTargets(given: Given, fleet: string | null, takesUcm: boolean): Given {
  const { settings } = given;
  const { subnet, target, inventory, fromRun, ucm } = settings;
  // A Unified CM brings its own phones to a run that takes them from there.
  const isNamed = subnet.length + target.length + inventory.length > 0 || fromRun !== null || takesUcm;
  const changed: Partial<RunSettings> = {
    ...(isNamed ? {} : { fromRun: fleet }),
    ...(ucm === null && takesUcm ? { ucm: unnamed.ucm } : {}),
  };
  return { ...given, settings: { ...settings, ...changed } };
}
