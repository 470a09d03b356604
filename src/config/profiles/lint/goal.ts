import { atLeast, formatVersion } from '../../../domain/firmware/version.js';
import type { MigrationProfile } from '../../../domain/plan/migration-profile.js';
import { movesThroughUcm } from '../../../domain/plan/target.js';
import { writeMethods } from '../../../domain/plan/write-methods.js';
import type { Models } from '../../../domain/phone/models.js';
import { error, type ProfileProblem, warning } from './problem.js';

/** Whether a profile's parts fit each other and its goal. */
export function lintGoal(profile: MigrationProfile, models: Models): ProfileProblem[] {
  return [
    ...lintFamily(profile),
    ...lintDirection(profile),
    ...(profile.goal === 'authorize' ? lintAuthorize(profile) : lintFirmware(profile)),
    ...(movesThroughUcm(profile) ? lintThroughUcm(profile) : []),
    ...(profile.goal === 'upgrade' ? lintUpgrade(profile) : []),
    ...(movesThroughUcm(profile) || Object.keys(profile.transitionLoads).length === 0
      ? []
      : [error(['transitionLoads'], 'expected nothing: only a move from Enterprise may go over a transition load')]),
    ...lintRequires(profile, models),
    ...lintTiming(profile),
  ];
}

function lintFamily(profile: MigrationProfile): ProfileProblem[] {
  const { family } = profile.requires;
  const wanted = movesThroughUcm(profile) ? 'enterprise' : 'multiplatform';
  if (family === wanted) return [];
  const why = movesThroughUcm(profile)
    ? 'that is where a move to Multiplatform begins'
    : 'only its web page takes settings';
  return [error(['requires', 'family'], `expected "${wanted}": ${why}, found "${family}"`)];
}

const directions = { convert: ['m2e', 'e2m'], authorize: ['e2m'], upgrade: ['none'] } as const;

function lintDirection({ goal, direction }: MigrationProfile): ProfileProblem[] {
  const wanted: readonly MigrationProfile['direction'][] = directions[goal];
  if (wanted.includes(direction)) return [];
  const names = wanted.map((one) => `"${one}"`).join(' or ');
  return [error(['direction'], `expected ${names} for the goal ${goal}, found "${direction}"`)];
}

/** A move from Enterprise: Unified CM is told the load's name and no URL, and the license comes in a step of its own. */
function lintThroughUcm(profile: MigrationProfile): ProfileProblem[] {
  const problems: ProfileProblem[] = [];
  const goesOverTransition = Object.keys(profile.transitionLoads).length > 0;
  if (profile.upgradeRule !== null && !goesOverTransition)
    problems.push(
      error(
        ['upgradeRule'],
        'expected nothing: Unified CM is told the name of the load, and no URL, and the profile has no transitionLoads',
      ),
    );
  if (profile.upgradeRule === null && goesOverTransition)
    problems.push(
      error(['upgradeRule'], 'is missing, expected a URL such as {files}/{load}.loads for phones on a transition load'),
    );
  if (profile.authorizationType === null)
    problems.push(error(['authorizationType'], 'is missing, expected the type to authorize for'));
  if (profile.evidence.length > 0 && !profile.evidence.includes('phone-on-load'))
    problems.push(error(['evidence'], 'expected phone-on-load among it: nothing else proves firmware'));
  if (!profile.evidence.some((kind) => kind !== 'phone-on-load'))
    problems.push(
      error(['evidence'], 'expected authorization-row or authorization-type-shown too: the last step is the license'),
    );
  return problems;
}

function lintAuthorize(profile: MigrationProfile): ProfileProblem[] {
  const problems: ProfileProblem[] = [];
  for (const key of ['loads', 'stepUpLoads'] as const) {
    if (Object.keys(profile[key]).length > 0)
      problems.push(error([key], 'expected nothing: the goal authorize loads no firmware'));
  }
  if (profile.upgradeRule !== null)
    problems.push(error(['upgradeRule'], 'expected nothing: the goal authorize loads no firmware'));
  if (profile.authorizationType === null)
    problems.push(error(['authorizationType'], 'is missing, expected the type to authorize for'));
  if (profile.evidence.includes('phone-on-load')) {
    problems.push(
      error(['evidence'], 'phone-on-load proves no license: expected authorization-row or authorization-type-shown'),
    );
  }
  return problems;
}

function lintFirmware(profile: MigrationProfile): ProfileProblem[] {
  const problems: ProfileProblem[] = [];
  if (profile.accept.length > 0 && profile.direction !== 'm2e')
    problems.push(error(['accept'], 'expected nothing: only a move to Enterprise may end without proof'));
  if (Object.keys(profile.loads).length === 0)
    problems.push(error(['loads'], 'is missing, expected a load per load family'));
  if (movesThroughUcm(profile)) return problems;
  if (profile.upgradeRule === null)
    problems.push(error(['upgradeRule'], 'is missing, expected a URL such as {files}/{load}.loads'));
  const others = profile.evidence.filter((kind) => kind !== 'phone-on-load');
  if (others.length > 0)
    problems.push(error(['evidence'], `${others.join(' and ')} proves no firmware: expected phone-on-load alone`));
  return problems;
}

function lintUpgrade(profile: MigrationProfile): ProfileProblem[] {
  const problems: ProfileProblem[] = [];
  for (const key of ['authorizationRule', 'authorizationType'] as const) {
    if (profile[key] !== null)
      problems.push(error([key], 'expected nothing: an upgrade within a family needs no license'));
  }
  if (Object.keys(profile.stepUpLoads).length > 0)
    problems.push(error(['stepUpLoads'], 'expected nothing: an upgrade is one step'));
  return problems;
}

function lintRequires(profile: MigrationProfile, models: Models): ProfileProblem[] {
  return (['absolute', 'recommended'] as const).flatMap((kind) => {
    const own = profile.requires[kind];
    if (own === null) return [];
    const path = ['requires', kind];
    if (profile.goal !== 'convert') return [error(path, `expected nothing: the goal ${profile.goal} has no minimums`)];
    const general = models.minimums.find((one) => one.direction === profile.direction && one.kind === kind);
    if (!general || atLeast(own, general.version)) return [];
    return [warning(path, `has no effect: ${formatVersion(general.version)} is required anyway (${general.rule})`)];
  });
}

function lintTiming({ timing }: MigrationProfile): ProfileProblem[] {
  const problems: ProfileProblem[] = [];
  if (timing.pollInterval < 10_000) {
    problems.push(
      warning(['timing', 'pollInterval'], 'is short for the slow web server of a phone: tens of seconds are usual'),
    );
  }
  for (const key of ['upgradeDeadline', 'authorizeDeadline'] as const) {
    if (timing[key] <= timing.settle + timing.pollInterval) {
      problems.push(
        error(
          ['timing', key],
          'expected more than settle and one pollInterval together, or no phone is looked at twice',
        ),
      );
    }
  }
  return problems;
}

/** Whether the write methods a profile allows fit its goal. */
export function lintWriteMethods({ ways, goal, direction }: MigrationProfile): ProfileProblem[] {
  const twice = writeMethods.find((way) => ways.filter((one) => one === way).length > 1);
  if (twice !== undefined) return [error(['ways'], `expected each write method once, found ${twice} twice`)];
  if (!ways.includes('upgrade')) return [];
  if (goal === 'authorize' || movesThroughUcm({ goal, direction }))
    return [error(['ways'], 'the write method upgrade sets no license: expected others')];
  // A conversion sets a license as well; only some phones need none.
  return goal === 'convert' && ways.length === 1
    ? [error(['ways'], 'the write method upgrade alone sets no license: expected another one beside it')]
    : [];
}
