import { minimumFor } from '../../../domain/plan/eligibility.js';
import { atLeast, formatVersion } from '../../../domain/firmware/version.js';
import { movesThroughUcm } from '../../../domain/plan/target.js';
import { type FirmwareFamily, type Load, parseLoad } from '../../../domain/firmware/load.js';
import type { MigrationProfile } from '../../../domain/plan/migration-profile.js';
import { type Models, vidRangeText } from '../../../domain/phone/models.js';
import { nearMiss } from '../../../domain/text/near-miss.js';
import { error, type ProfileProblem, warning } from './problem.js';

type LoadTable = 'loads' | 'stepUpLoads' | 'transitionLoads';

/** What is wrong with the loads a profile names: each by itself, against the models, and one table against the other. */
export function lintLoads(profile: MigrationProfile, models: Models): ProfileProblem[] {
  return [
    ...lintTable(profile, 'loads', familyOfLoads(profile), models),
    ...lintTable(profile, 'stepUpLoads', profile.requires.family, models),
    ...lintTable(profile, 'transitionLoads', 'transition', models),
    ...lintCoverage(profile, models),
  ];
}

function familyOfLoads({ goal, direction, requires }: MigrationProfile): FirmwareFamily {
  if (goal !== 'convert') return requires.family;
  return direction === 'e2m' ? 'multiplatform' : 'enterprise';
}

function lintTable(
  profile: MigrationProfile,
  table: LoadTable,
  family: FirmwareFamily,
  models: Models,
): ProfileProblem[] {
  return Object.entries(profile[table]).flatMap(([key, name]) => {
    const path = [table, key];
    const load = parseLoad(name, models.loadNames);
    if (!load || load.name !== name) {
      return [error(path, `expected a load name such as sip88xx.14-2-1-0101-26, found ${JSON.stringify(name)}`)];
    }
    const wrong = wrongLoad(key, load, family, models);
    if (wrong !== null) return [error(path, wrong)];
    return [...lintMinimum(profile, table, key, load, models), ...lintFloors(path, load, models)];
  });
}

function wrongLoad(key: string, load: Load, family: FirmwareFamily, models: Models): string | null {
  const known = loadFamilies(models);
  if (!known.has(key)) {
    const meant = nearMiss(key, known);
    return `no model has the load family ${JSON.stringify(key)}${meant === null ? `, known are ${[...known].join(', ')}` : `, did you mean ${JSON.stringify(meant)}?`}`;
  }
  if (load.loadFamily !== key) return `expected a load of ${key}, found one of ${load.loadFamily} (${load.name})`;
  if (load.family !== family) return `expected ${family} firmware, found ${load.family} firmware (${load.name})`;
  return null;
}

/** A step-up that ends below the minimum of the second step is an error; an upgrade that does may be intended, and gets a warning. */
function lintMinimum(
  profile: MigrationProfile,
  table: LoadTable,
  key: string,
  load: Load,
  models: Models,
): ProfileProblem[] {
  if (table === 'transitionLoads' || (profile.goal === 'convert' && table === 'loads')) return [];
  const direction = movesThroughUcm(profile) ? 'e2m' : 'm2e';
  for (const kind of ['absolute', 'recommended'] as const) {
    const minimum = minimumFor(models.minimums, direction, kind, key, profile.requires[kind]);
    if (!minimum || atLeast(load.version, minimum.version)) continue;
    const text = `${formatVersion(load.version)} is below ${formatVersion(minimum.version)}, the ${kind} minimum for a move to ${direction === 'e2m' ? 'Multiplatform' : 'Enterprise'} (${minimum.rule})`;
    return [table === 'stepUpLoads' ? error([table, key], text) : warning([table, key], text)];
  }
  return [];
}

function lintFloors(path: string[], load: Load, models: Models): ProfileProblem[] {
  return models.hardwareFloors
    .filter((floor) => floor.family === load.family && !atLeast(load.version, floor.version))
    .map((floor) => {
      const concerned = floor.models.filter((model) => models.models.get(model)?.loadFamily === load.loadFamily);
      return { floor, concerned };
    })
    .filter(({ concerned }) => concerned.length > 0)
    .map(({ floor, concerned }) =>
      warning(
        path,
        `${concerned.join(', ')} of hardware ${vidRangeText(floor.vidFrom)} cannot run firmware below ${formatVersion(floor.version)} (${floor.rule}) and will be blocked`,
      ),
    );
}

/** Load families that are left out: a warning, as it may be intended. */
function lintCoverage(profile: MigrationProfile, models: Models): ProfileProblem[] {
  const given = Object.keys(profile.loads);
  if (given.length === 0) return [];
  const left = [...loadFamilies(models)].filter((loadFamily) => !given.includes(loadFamily));
  const noStepUp = given.filter((loadFamily) => profile.goal === 'convert' && !(loadFamily in profile.stepUpLoads));
  return [
    ...left.map((loadFamily) => warning(['loads'], `has no load for ${loadFamily}; such phones will be blocked`)),
    ...noStepUp.map((loadFamily) =>
      warning(['stepUpLoads'], `has no load for ${loadFamily}; such phones below the minimum will be blocked`),
    ),
    ...(['stepUpLoads', 'transitionLoads'] as const).flatMap((table) =>
      Object.keys(profile[table])
        .filter((loadFamily) => !given.includes(loadFamily))
        .map((loadFamily) => error([table, loadFamily], 'loads has no load for this load family to continue with')),
    ),
  ];
}

function loadFamilies(models: Models): Set<string> {
  const all = [...models.models.values()].map(({ loadFamily }) => loadFamily);
  return new Set(all.filter((loadFamily) => loadFamily !== null));
}
