import { isAbsolute } from 'node:path';
import type { ScopedCredentials } from '../../domain/network/site.js';
import { asGroup, groupAt } from './key-groups.js';
import { listed } from '../settings/option.js';
import { readPasswordFile } from '../settings/password-file.js';
import { pathFromFile } from './paths.js';
import { secretReference } from './schema.js';
import type { KeyPath, PathProblem } from '../yaml/position.js';

/** Where passwords come from. */
export interface SecretSources {
  env: Readonly<Record<string, string | undefined>>;
  readFile: (path: string) => string;
  /** Whose passwords are looked up; those of other sites need not be here. Absent: of all sites. */
  ofSite?: (name: string, tags: readonly string[]) => boolean;
}

/** The configuration file; paths of password files are relative to its folder. */
export interface NamingFile {
  configPath: string;
  /** What `~/` stands for. */
  home: string;
  /** Credentials keep where their passwords are, for a run that is resumed: no file of this machine says it. Absent: they do not. */
  keepsReferences?: boolean;
}

/** The password behind a reference, or why there is none; no reason repeats a password. */
function resolveSecret(
  reference: string,
  { env, readFile }: SecretSources,
  { configPath, home }: NamingFile,
): { value: string } | { problem: string } {
  const variable = /^\$\{(.+)\}$/.exec(reference)?.[1];
  if (variable !== undefined) {
    const value = env[variable] ?? '';
    return value === ''
      ? { problem: `the environment variable ${variable} is not set; set it for this program` }
      : { value };
  }
  const written = reference.replace(/^file:(?:\/\/(?=\/))?/, '');
  const path = pathFromFile(written, 'FILE', configPath, home);
  const relativeTo = isAbsolute(written) ? null : `the folder of ${configPath}`;
  const read = readPasswordFile({ path, relativeTo }, readFile);
  return 'problem' in read ? { problem: `the file ${path} ${read.problem}` } : { value: read.password };
}

/** References of a document without a password behind them. */
export function unresolvedSecrets(data: unknown, sources: SecretSources, from: NamingFile): PathProblem[] {
  return credentialLists(data, sources).flatMap(({ entries, path }) =>
    entries.flatMap((entry, at): PathProblem[] => {
      const { password } = asGroup(entry);
      if (typeof password !== 'string' || !secretReference.test(password)) return [];
      const resolved = resolveSecret(password, sources, from);
      return 'problem' in resolved ? [{ path: [...path, at, 'password'], problem: resolved.problem }] : [];
    }),
  );
}

/** The credentials of a list, their passwords behind a function; an entry without a readable password is left out. */
export function readCredentials(list: unknown, sources: SecretSources, from: NamingFile): ScopedCredentials[] {
  return listed(list).flatMap((entry): ScopedCredentials[] => {
    const { username, password, subnets } = asGroup(entry);
    if (typeof password !== 'string' || !secretReference.test(password)) return [];
    const resolved = resolveSecret(password, sources, from);
    if ('problem' in resolved) return [];
    const { value } = resolved;
    return [
      {
        username: usernameOf(username),
        password: () => value,
        subnets: listed(subnets).map(String),
        ...(from.keepsReferences ? { reference: absoluteReference(password, from) } : {}),
      },
    ];
  });
}

/** The same for a program that starts in another folder. */
function absoluteReference(reference: string, { configPath, home }: NamingFile): string {
  const written = /^file:(?:\/\/(?=\/))?(.*)$/s.exec(reference)?.[1];
  return written === undefined ? reference : `file:${pathFromFile(written, 'FILE', configPath, home)}`;
}

/** As the option is read: `username: 1001` is an account, too. */
export function usernameOf(written: unknown): string {
  return typeof written === 'string' || typeof written === 'number' ? String(written).trim() : 'admin';
}

function credentialLists(
  data: unknown,
  { ofSite = () => true }: SecretSources,
): { entries: readonly unknown[]; path: KeyPath }[] {
  return [
    { entries: listed(asGroup(data)['credentials']), path: ['credentials'] },
    ...Object.entries(groupAt(data, 'sites'))
      .filter(([name, site]) => ofSite(name, listed(asGroup(site)['tags']).map(String)))
      .map(([name, site]) => ({
        entries: listed(asGroup(site)['credentials']),
        path: ['sites', name, 'credentials'],
      })),
  ];
}
