import { stringify } from 'yaml';
import { writeDuration } from '../../domain/text/duration.js';
import type { FirmwareVersion } from '../../domain/firmware/version.js';
import { formatVersion } from '../../domain/firmware/version.js';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';

/** A profile as YAML with every default filled in, for `profiles show`. Saved to a file it is the same profile. */
export function renderProfile(profile: MigrationProfile): string {
  const { name, requires, timing, ...rest } = profile;
  const body = {
    description: rest.description,
    source: rest.source,
    goal: rest.goal,
    direction: rest.direction,
    requires: {
      family: requires.family,
      absolute: versionText(requires.absolute),
      recommended: versionText(requires.recommended),
    },
    loads: rest.loads,
    stepUpLoads: rest.stepUpLoads,
    transitionLoads: rest.transitionLoads,
    upgradeRule: rest.upgradeRule,
    authorizationRule: rest.authorizationRule,
    authorizationType: rest.authorizationType,
    retrigger: rest.retrigger,
    evidence: rest.evidence,
    accept: rest.accept,
    ways: rest.ways,
    timing: Object.fromEntries(Object.entries<number>({ ...timing }).map(([key, ms]) => [key, writeDuration(ms)])),
  } satisfies Record<keyof Omit<MigrationProfile, 'name'>, unknown>;
  return `# ${name}\n${stringify(body, { lineWidth: 0 })}`;
}

/** With its build, if any, which the documents' spelling would lose. */
function versionText(version: FirmwareVersion | null): string | null {
  if (version === null || version.build === 0) return version && formatVersion(version);
  const { major, minor, maintenance, sr, build } = version;
  return `${major}-${minor}-${maintenance}SR${sr}-${build}`;
}
