import { type Document, isScalar, LineCounter, parseDocument, type Scalar, visit } from 'yaml';
import type * as z from 'zod';
import { lowerFirst } from '../../domain/text/error-reason.js';
import { ConfigError, type ConfigPlace, wholeFile } from './config-error.js';
import { friendlyMessage, unfoldUnion } from './zod-messages.js';
import { readTextFile, unreadable } from './read-text.js';
import { type KeyPath, locate, pathText, type YamlSource } from './position.js';

export { ConfigError };

/** Something wrong in a file, with its place: what `validate` would throw for. */
export interface Finding {
  place: ConfigPlace;
  problem: string;
  /** The place as keys and positions; absent where it is the file as such. */
  at?: KeyPath;
}

/** The document that a value was read from, for line and column in later errors. */
const sources = new WeakMap<object, YamlSource>();

/**
 * Reads one YAML document (YAML 1.2: a date or `12.0.3` is a text, `12.0` a number). Remembers the positions in what it returns,
 * for `validate`.
 * @throws ConfigError when the file cannot be read or is not YAML
 */
export function readYamlFile(path: string): unknown {
  let text: string;
  try {
    text = readTextFile(path);
  } catch (error) {
    throw new ConfigError(wholeFile(path), unreadable(error), { cause: error });
  }
  return parseYaml(text, path);
}

/**
 * The same from a text; `file` is only named in errors.
 * @param asWritten a number that is not spelled as we would spell it (`0x10`, `007`, `1e2`) stays the text that it is
 */
export function parseYaml(text: string, file: string, { asWritten = false } = {}): unknown {
  const lines = new LineCounter();
  const document = parsedDocument(text, lines, asWritten);
  const bad = document.errors[0] ?? document.warnings[0];
  if (bad) {
    const { line, col } = lines.linePos(bad.pos[0]);
    throw new ConfigError({ file, path: '', line, column: col }, `this is not valid YAML: ${lowerFirst(bad.message)}`);
  }
  if (asWritten)
    visit(document, {
      Scalar: (_key, scalar) => {
        if (typeof scalar.value === 'number') scalar.value = asSpelled(scalar);
      },
    });
  let data: unknown;
  try {
    data = document.toJS();
  } catch (error) {
    // An alias without its anchor, or aliases that would unfold into a giant.
    throw new ConfigError(wholeFile(file), 'its aliases (*name) cannot be resolved', { cause: error });
  }
  if (typeof data === 'object' && data !== null) sources.set(data, { document, lines });
  return data;
}

/**
 * The document in a text. Two keys are the same if their names are: `7` and `"7"`, of which one would be lost.
 * @param asWritten as for `parseYaml`: `7` and `07` are two names
 */
export function parsedDocument(text: string, lineCounter: LineCounter, asWritten: boolean): Document.Parsed {
  const nameOf = (key: unknown): unknown =>
    isScalar(key) ? String(asWritten && typeof key.value === 'number' ? asSpelled(key) : key.value) : key;
  return parseDocument(text, {
    ...{ lineCounter, prettyErrors: false, logLevel: 'error' },
    uniqueKeys: (one, other) => nameOf(one) === nameOf(other),
  });
}

function asSpelled({ value, source }: Scalar): unknown {
  return source === undefined || source === String(value) ? value : source;
}

/** Checks data against a schema and returns what the schema makes of it. @throws ConfigError for the first finding */
export function validate<T>(schema: z.ZodType<T>, data: unknown, file: string): T {
  const result = check(schema, data, file);
  if ('value' in result) return result.value;
  const [first, ...others] = result.findings;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  throw new ConfigError(first?.place ?? wholeFile(file), `${first?.problem ?? 'it does not fit'}${more}`);
}

/** The same without throwing, with all findings: misspelled keys first, as they explain missing ones. */
export function check<T>(schema: z.ZodType<T>, data: unknown, file: string): { value: T } | { findings: Finding[] } {
  const result = schema.safeParse(data, { error: friendlyMessage });
  if (result.success) return { value: result.data };
  const findings = result.error.issues.flatMap(unfoldUnion).flatMap((issue): Finding[] => {
    const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
    const message = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
    if (issue.code !== 'unrecognized_keys') return [findingAt(data, file, path, message)];
    return issue.keys.map((key) => findingAt(data, file, [...path, key], message));
  });
  const unknownFirst = (finding: Finding): number => (finding.problem.startsWith('unknown key') ? 0 : 1);
  return { findings: findings.sort((a, b) => unknownFirst(a) - unknownFirst(b)) };
}

/** A finding at a path inside data from `readYamlFile`, for checks that no schema can make. */
export function findingAt(data: unknown, file: string, path: KeyPath, problem: string): Finding {
  const source = typeof data === 'object' && data !== null ? sources.get(data) : undefined;
  const position = source ? locate(source, path) : null;
  return {
    place: { file, path: pathText(path), line: position?.line ?? null, column: position?.column ?? null },
    problem,
    at: path,
  };
}
