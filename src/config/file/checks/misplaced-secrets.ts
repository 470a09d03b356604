import { environmentVariable } from '../../settings/option.js';
import { isGroup } from '../key-groups.js';
import type { KeyPath, PathProblem } from '../../yaml/position.js';

/** Deeper than any valid file. */
export const deepest = 12;

/**
 * Misplaced references, and passwords in URLs. Only passwords may be given by reference: all other values stand in the file itself.
 * `nameOfKey` returns the name of the option that a key of the outermost level sets.
 */
export function misplacedSecrets(data: unknown, nameOfKey: (key: string) => string | null): PathProblem[] {
  const problems: PathProblem[] = [];
  const walk = (value: unknown, path: KeyPath): void => {
    if (typeof value === 'string') {
      const problem = path.at(-1) === 'password' ? null : misplaced(value, variableOf(path));
      if (problem !== null) problems.push({ path, problem });
    } else if (path.length < deepest) {
      if (Array.isArray(value)) value.forEach((item: unknown, at) => walk(item, [...path, at]));
      else if (isGroup(value)) for (const [key, item] of Object.entries(value)) walk(item, [...path, key]);
    }
  };
  const variableOf = ([key]: KeyPath): string | null => {
    const name = typeof key === 'string' ? nameOfKey(key) : null;
    return name === null ? null : environmentVariable(name);
  };
  walk(data, []);
  return problems;
}

function misplaced(text: string, variable: string | null): string | null {
  const instead = variable === null ? 'write the value itself' : `write the value itself, or set ${variable}`;
  if (/\$\{[^}]*\}/.test(text)) return `a reference such as \${NAME} is only for a password; ${instead}`;
  if (/^\s*file:/i.test(text)) return `a reference such as file:/path is only for a password; ${instead}`;
  if (/^\s*[a-z][a-z0-9+.-]*:\/\/[^/@\s]*:[^/@\s]*@/i.test(text)) {
    const where = variable === null ? 'take it out of the URL' : `take it out, or give the whole URL in ${variable}`;
    return `a password must not stand in this file, not in a URL either; ${where}`;
  }
  return null;
}
