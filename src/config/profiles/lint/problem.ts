import type { KeyPath, PathProblem } from '../../yaml/position.js';

/** A problem beyond a profile's shape: an error prevents its use, a warning is shown by `profiles lint`. */
export interface ProfileProblem extends PathProblem {
  severity: 'error' | 'warning';
}

export function error(path: KeyPath, problem: string): ProfileProblem {
  return { severity: 'error', path, problem };
}

export function warning(path: KeyPath, problem: string): ProfileProblem {
  return { severity: 'warning', path, problem };
}
