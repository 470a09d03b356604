import { isUsageError } from '../../domain/text/usage-error.js';
import type { ReadOptions } from './read-options.js';
import { asGroup, groupAt, isGroup, type PathProblem, unknownKeys } from './checks/unknown-keys.js';
import { unknownChoices } from './checks/site-choice.js';
import { type ConfigOption, configKey, listed, optionsInFile } from '../settings/option.js';
import { overlappingSites, sharedNames, uselessCredentials } from './checks/overlapping-sites.js';
import { misplacedSecrets } from './checks/misplaced-secrets.js';
import { fleetConfigSchema } from './schema.js';
import { unresolvedSecrets } from './secrets.js';
import { check, ConfigError, type Finding, findingAt, parseYaml, wholeFile } from '../yaml/read.js';
import { yamlProblems } from '../yaml/problems.js';

/** Everything that is wrong with the text of a configuration file, in the order of its lines. Never throws for the text. */
export function fleetConfigProblems(text: string, path: string, options: ReadOptions): Finding[] {
  const whole = (problem: string): Finding[] => [{ place: wholeFile(path), problem }];
  if (text.trim() === '') return whole('the file is empty; write settings into it or take it away');
  const unreadable = yamlProblems(text, path);
  if (unreadable.length > 0) return unreadable;
  let data: unknown;
  try {
    data = parseYaml(text, path);
  } catch (error) {
    if (error instanceof ConfigError) return whole('its aliases (*name) cannot be resolved; write the values out');
    throw error;
  }
  if (data === null) return whole('the file holds only comments; write settings into it or take it away');
  if (!isGroup(data)) {
    return whole(
      `expected keys with values, such as "httpPort: 8080", found ${Array.isArray(data) ? 'a list' : 'a text'}`,
    );
  }
  return inOrder([
    // A reference in the wrong place is told as that, not as the odd URL or duration that it makes.
    ...misplacedFindings(data, path, options),
    ...shapeFindings(data, path, options),
    ...otherFindings(data, path, options),
  ]);
}

function shapeFindings(data: object, path: string, { options }: ReadOptions): Finding[] {
  const checked = check(fleetConfigSchema(options), data, path);
  // Unknown keys are told one by one, with what was meant.
  return 'value' in checked ? [] : checked.findings.filter(({ problem }) => !problem.startsWith('unknown key'));
}

function misplacedFindings(data: object, path: string, { options }: ReadOptions): Finding[] {
  const names = namesByKey(options);
  const problems = misplacedSecrets(data, (key) => names.get(key) ?? null);
  return problems.map((one) => findingAt(data, path, one.path, one.problem));
}

function otherFindings(data: Record<string, unknown>, path: string, options: ReadOptions): Finding[] {
  const names = namesByKey(options.options);
  const problems = [
    ...unknownKeys(data, [...names.keys(), 'credentials', 'sites']),
    ...overlappingSites(data, (at) => findingAt(data, path, at, '').place.line),
    ...uselessCredentials(data),
    ...unknownChoices(data),
    ...sharedNames(data, (at) => findingAt(data, path, at, '').place.line),
    ...judged(data, names, options.judges ?? {}),
    ...(options.secrets === null
      ? []
      : unresolvedSecrets(data, options.secrets, { configPath: path, home: options.home })),
  ];
  return problems.map((one) => findingAt(data, path, one.path, one.problem));
}

function namesByKey(options: readonly ConfigOption[]): Map<string, string> {
  return new Map(optionsInFile(options).map(({ name }) => [configKey(name), name]));
}

function judged(
  data: Record<string, unknown>,
  names: ReadonlyMap<string, string>,
  judges: Readonly<Record<string, (text: string) => unknown>>,
): PathProblem[] {
  const ofOptions = Object.keys(data).map((key) => ({ name: names.get(key), path: [key], value: data[key] }));
  const ofSites = Object.entries(groupAt(data, 'sites')).flatMap(([site, body]) => {
    const path = ['sites', site, 'limits'];
    const { window, timeZone } = groupAt(body, 'limits');
    return [
      { name: 'files', path: ['sites', site, 'files'], value: asGroup(body)['files'] },
      { name: 'window', path: [...path, 'window'], value: window },
      { name: 'time-zone', path: [...path, 'timeZone'], value: timeZone },
    ];
  });
  return [...ofOptions, ...ofSites].flatMap(({ name, path, value }) => {
    const judge = name === undefined ? undefined : judges[name];
    if (!judge) return [];
    return listed(value).flatMap((one): PathProblem[] => {
      const problem = complaintOf(() => judge(String(one)));
      return problem === null ? [] : [{ path, problem }];
    });
  });
}

function complaintOf(run: () => unknown): string | null {
  try {
    run();
    return null;
  } catch (error) {
    if (isUsageError(error)) return error.message;
    throw error;
  }
}

/** By line, and only one about the same thing at the same place. */
function inOrder(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return [...findings]
    .sort((a, b) => (a.place.line ?? 0) - (b.place.line ?? 0) || (a.place.column ?? 0) - (b.place.column ?? 0))
    .filter(({ place }) => {
      const key = `${place.line}:${place.path}`;
      return !seen.has(key) && Boolean(seen.add(key));
    });
}
