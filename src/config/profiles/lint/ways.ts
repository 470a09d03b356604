import type { MigrationProfile } from '../../../domain/plan/migration-profile.js';
import { writeMethods } from '../../../domain/plan/write-methods.js';
import { error, type ProfileProblem } from '../../yaml/profile-problem.js';

/** Whether the write methods a profile allows fit its goal. */
export function lintWays({ ways, goal }: MigrationProfile): ProfileProblem[] {
  const twice = writeMethods.find((way) => ways.filter((one) => one === way).length > 1);
  if (twice !== undefined) return [error(['ways'], `expected each write method once, found ${twice} twice`)];
  if (!ways.includes('upgrade')) return [];
  if (goal === 'authorize') return [error(['ways'], 'the way upgrade sets no license: expected others')];
  // A conversion sets a license as well; only some phones need none.
  return goal === 'convert' && ways.length === 1
    ? [error(['ways'], 'the way upgrade alone sets no license: expected another one beside it')]
    : [];
}
