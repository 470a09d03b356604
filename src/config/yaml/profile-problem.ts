import type { KeyPath } from './position.js';

/** A problem beyond a profile's shape: an error prevents its use, a warning is shown by `profiles lint`. */
export interface ProfileProblem {
  severity: 'error' | 'warning';
  path: KeyPath;
  problem: string;
}

export function error(path: KeyPath, problem: string): ProfileProblem {
  return { severity: 'error', path, problem };
}

export function warning(path: KeyPath, problem: string): ProfileProblem {
  return { severity: 'warning', path, problem };
}
