import type { ScopedCredentials } from '../../domain/network/site.js';
import { asGroup, groupAt, type PathProblem } from './checks/unknown-keys.js';
import { listed } from '../settings/option.js';
import { secretReference } from './schema.js';
import type { KeyPath } from '../yaml/position.js';

/** Where passwords come from. */
export interface SecretSources {
  env: Readonly<Record<string, string | undefined>>;
  readFile: (path: string) => string;
}

/** The password that a reference stands for, or why there is none; neither a reason nor anything else repeats a password. */
export function resolveSecret(
  reference: string,
  { env, readFile }: SecretSources,
): { value: string } | { problem: string } {
  const variable = /^\$\{(.+)\}$/.exec(reference)?.[1];
  if (variable !== undefined) {
    const value = env[variable] ?? '';
    return value === ''
      ? { problem: `the environment variable ${variable} is not set; set it for this program` }
      : { value };
  }
  const path = reference.replace(/^file:(?:\/\/(?=\/))?/, '');
  let text: string;
  try {
    text = readFile(path);
  } catch (error) {
    const code = (error as { code?: string } | null)?.code ?? 'unknown error';
    return { problem: `the file ${path} cannot be read (${code}); check the path and who may read it` };
  }
  // Editors end a file with a line break, which no password has.
  const value = text.replace(/\r?\n$/, '');
  if (value === '') return { problem: `the file ${path} is empty; write the password into it` };
  if (/[\r\n]/.test(value))
    return { problem: `the file ${path} has more than one line; it may hold only the password` };
  return { value };
}

/** References of a document that lead to no password. */
export function unresolvedSecrets(data: unknown, sources: SecretSources): PathProblem[] {
  return credentialLists(data).flatMap(({ entries, path }) =>
    entries.flatMap((entry, at): PathProblem[] => {
      const { password } = asGroup(entry);
      if (typeof password !== 'string' || !secretReference.test(password)) return [];
      const resolved = resolveSecret(password, sources);
      return 'problem' in resolved ? [{ path: [...path, at, 'password'], problem: resolved.problem }] : [];
    }),
  );
}

/** The credentials of a checked list, their passwords behind a call. */
export function readCredentials(list: unknown, sources: SecretSources): ScopedCredentials[] {
  return listed(list).map((entry) => {
    const { username, password, subnets } = asGroup(entry);
    const resolved = resolveSecret(String(password), sources);
    const value = 'value' in resolved ? resolved.value : '';
    return { username: String(username ?? 'admin'), password: () => value, subnets: listed(subnets).map(String) };
  });
}

function credentialLists(data: unknown): { entries: unknown[]; path: KeyPath }[] {
  return [
    { entries: listed(asGroup(data)['credentials']), path: ['credentials'] },
    ...Object.entries(groupAt(data, 'sites')).map(([name, site]) => ({
      entries: listed(asGroup(site)['credentials']),
      path: ['sites', name, 'credentials'],
    })),
  ];
}
