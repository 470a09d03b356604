import type * as z from 'zod';
import { nearMiss } from '../../domain/text/near-miss.js';

const kindNames: Readonly<Record<string, string>> = {
  string: 'a text (quote it if it looks like a number)',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of keys',
  record: 'a group of keys',
  null: 'nothing',
};

/** A user's message for an issue without its own; undefined leaves it to zod. */
export function friendlyMessage(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type': {
      const expected = kindNames[issue.expected] ?? issue.expected;
      return issue.input === undefined
        ? `is missing, expected ${expected}`
        : `expected ${expected}, found ${found(issue.input)}`;
    }
    case 'invalid_value': {
      const expected = issue.values.map((value) => JSON.stringify(value)).join(', ');
      if (issue.input === undefined) return `is missing, expected one of ${expected}`;
      return `expected one of ${expected}, found ${found(issue.input)}`;
    }
    case 'unrecognized_keys':
      return unknownKey(issue.keys, knownKeys(issue.inst));
    case 'too_small':
      if (issue.origin === 'array') return `expected a list of at least ${issue.minimum}`;
      return issue.origin === 'string' && issue.minimum === 1 ? 'expected a text, found an empty one' : undefined;
    default:
      return undefined;
  }
}

/** A value as in the file, cut short. */
export function found(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a group of keys';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function unknownKey(keys: readonly string[], known: readonly string[]): string {
  const [only] = keys;
  const meant = keys.length === 1 && only !== undefined ? nearMiss(only, known) : null;
  if (meant !== null) return `unknown key, did you mean ${JSON.stringify(meant)}?`;
  return known.length === 0 ? 'unknown key' : `unknown key, known are ${known.join(', ')}`;
}

/** The keys of the object schema an issue comes from; none when it comes from another kind of schema. */
function knownKeys(schema: unknown): readonly string[] {
  const def = (schema as { _zod?: { def?: { shape?: object } } } | undefined)?._zod?.def;
  return Object.keys(def?.shape ?? {});
}

/**
 * For a union with a wrong part inside one of its shapes, the issue about that part: it helps more than "none of these
 * shapes". Any other issue is returned unchanged.
 */
export function unfoldUnion(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const inside = issue.errors.find((branch) => branch.some(({ path }) => path.length > 0));
  if (!inside) return [issue];
  return inside.map((part) => ({ ...part, path: [...issue.path, ...part.path] })).flatMap(unfoldUnion);
}
