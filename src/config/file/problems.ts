import { isGroup } from './key-groups.js';
import { unknownKeys } from './checks/unknown-keys.js';
import { unknownChoices } from './checks/site-choice.js';
import { type ConfigOption, configKey, optionsInFile } from '../settings/option.js';
import { overlappingSites, sharedNames, uselessCredentials } from './checks/overlapping-sites.js';
import { deepest, misplacedSecrets } from './checks/misplaced-secrets.js';
import { fleetConfigSchema } from './schema.js';
import { unresolvedSecrets } from './secrets.js';
import { ConfigError, wholeFile } from '../yaml/config-error.js';
import { check, type Finding, findingAt, parseYaml } from '../yaml/read.js';
import { yamlProblems } from '../yaml/problems.js';
import type { KeyPath } from '../yaml/position.js';
import type { SecretSources } from './secrets.js';

/** How a file is read. */
export interface ReadOptions {
  /** The whole option table. */
  options: readonly ConfigOption[];
  home: string;
  /** Where passwords come from; null does not follow the references, and no credentials are returned. */
  secrets: SecretSources | null;
}

/** Something wrong in a configuration file. */
export interface FileFinding extends Finding {
  /** The site whose password is not here: whether that is wrong depends on what is asked for. */
  secretOf?: string;
  /** It chooses a site or a tag that the file does not have: those of a store may be meant. */
  chooses?: true;
}

/** A configuration file: its usable settings, and everything that is wrong with it. */
export interface ReadText {
  /** Without what is broken; positions are known to `findingAt` for `whole`. */
  data: Readonly<Record<string, unknown>>;
  whole: Readonly<Record<string, unknown>>;
  /** In the order of the lines. */
  findings: readonly FileFinding[];
}

/** Reads the text of a configuration file. Never throws for the text. */
export function readText(text: string, path: string, options: ReadOptions): ReadText {
  const whole = (problem: string): ReadText => unusable([{ place: wholeFile(path), problem }]);
  if (text.trim() === '') return whole('the file is empty; write settings into it or remove it');
  const unreadable = yamlProblems(text, path);
  if (unreadable.length > 0) return unusable(unreadable);
  let data: unknown;
  try {
    // So that a text means the same here as on the command line.
    data = parseYaml(text, path, { asWritten: true });
  } catch (error) {
    if (error instanceof ConfigError) return whole('its aliases (*name) cannot be resolved; write the values out');
    throw error;
  }
  if (data === null) return whole('the file holds only comments; write settings into it or remove it');
  if (!isGroup(data)) {
    return whole(
      `expected keys with values, such as "httpPort: 8080", found ${Array.isArray(data) ? 'a list' : 'a text'}`,
    );
  }
  const findings = inOrder([
    // A misplaced reference is reported as that, not as the odd URL or duration that it makes.
    ...misplacedFindings(data, path, options),
    ...shapeFindings(data, path, options),
    ...otherFindings(data, path, options),
  ]);
  return { data: withoutBroken(data, findings), whole: data, findings };
}

function unusable(findings: readonly Finding[]): ReadText {
  return { data: {}, whole: {}, findings };
}

/** The same data without the values of the findings, so that the rest can be checked as well; a choice is whole, and may be right. */
function withoutBroken(data: object, findings: readonly FileFinding[]): Record<string, unknown> {
  const copy = structuredClone(data) as Record<string, unknown>;
  for (const { at = [], chooses } of findings) {
    if (chooses) continue;
    const parent = at
      .slice(0, -1)
      .reduce<unknown>((group, key) => (group as Record<string | number, unknown>)?.[key], copy);
    if (Array.isArray(parent)) parent[Number(at.at(-1))] = null;
    else if (isGroup(parent)) Reflect.deleteProperty(parent, String(at.at(-1)));
  }
  return withoutGaps(copy) as Record<string, unknown>;
}

/** Closes the gaps of removed list entries, whose positions were needed until now. */
function withoutGaps(value: unknown, depth = 0): unknown {
  if (depth > deepest) return value;
  if (Array.isArray(value)) return value.filter((one) => one !== null).map((one) => withoutGaps(one, depth + 1));
  if (!isGroup(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutGaps(one, depth + 1)]));
}

function shapeFindings(data: object, path: string, { options }: ReadOptions): Finding[] {
  const checked = check(fleetConfigSchema(options), data, path);
  // Unknown keys are reported one by one, with suggestions.
  return 'value' in checked ? [] : checked.findings.filter(({ problem }) => !problem.startsWith('unknown key'));
}

function misplacedFindings(data: object, path: string, { options }: ReadOptions): Finding[] {
  const names = namesByKey(options);
  const problems = misplacedSecrets(data, (key) => names.get(key) ?? null);
  return problems.map((one) => findingAt(data, path, one.path, one.problem));
}

function otherFindings(data: Record<string, unknown>, path: string, options: ReadOptions): FileFinding[] {
  const names = namesByKey(options.options);
  const lineOf = (at: KeyPath): string => {
    const { line } = findingAt(data, path, at, '').place;
    return line === null ? '' : ` (line ${line})`;
  };
  const secrets =
    options.secrets === null ? [] : unresolvedSecrets(data, options.secrets, { configPath: path, home: options.home });
  const choices = unknownChoices(data);
  const problems = [
    ...unknownKeys(data, [...names.keys(), 'credentials', 'sites']),
    ...overlappingSites(data, lineOf),
    ...uselessCredentials(data),
    ...choices,
    ...sharedNames(data, lineOf),
    ...secrets,
  ];
  return problems.map((one) => {
    const [group, site] = one.path;
    const isOfSite = group === 'sites' && secrets.includes(one);
    return {
      ...findingAt(data, path, one.path, one.problem),
      ...(isOfSite ? { secretOf: String(site) } : {}),
      ...(choices.includes(one) ? { chooses: true } : {}),
    };
  });
}

function namesByKey(options: readonly ConfigOption[]): Map<string, string> {
  return new Map(optionsInFile(options).map(({ name }) => [configKey(name), name]));
}

/** By line, without duplicates. */
function inOrder(findings: readonly FileFinding[]): FileFinding[] {
  const seen = new Set<string>();
  return [...findings]
    .sort((a, b) => (a.place.line ?? 0) - (b.place.line ?? 0) || (a.place.column ?? 0) - (b.place.column ?? 0))
    .filter(({ place }) => {
      const key = `${place.line}:${place.path}`;
      return !seen.has(key) && Boolean(seen.add(key));
    });
}
