import { isAbsolute } from 'node:path';
import { type Credentials, credentialsFor } from '../../domain/network/site.js';
import type { Origin, Settings, SettingsSources } from '../../config/settings/merge.js';
import { readPasswordFile } from '../../config/settings/password-file.js';
import { placed } from '../../config/settings/where.js';
import type { RunSettings } from './table.js';

/** Returns the credentials for an address, best first; `site` is its site's name where the address does not show it. */
export type CredentialsFor = (address: string, site?: string | null) => readonly Credentials[];

/** Where passwords are read from. */
export type SecretIo = Pick<SettingsSources, 'env' | 'readFile'>;

type Named = Pick<RunSettings, 'username' | 'passwordEnv' | 'passwordFile'>;

/**
 * The passwords of a run. One named on the command line or in the environment comes before all of the configuration file; one that the
 * file names by `passwordEnv` or `passwordFile` comes after those of the phone's site. Passwords that cannot be read are added to
 * `problems`, which never repeat one.
 */
export function readCredentials(
  named: Named,
  { origin, where, sites, credentials }: Pick<Settings, 'origin' | 'where' | 'sites' | 'credentials'>,
  io: SecretIo,
  problems: string[],
): CredentialsFor {
  const source = sourceOf(named, origin, problems);
  const complain = (sentence: string): null => {
    if (source !== null) problems.push(placed(source, where[source]?.[0], sentence));
    return null;
  };
  const password =
    source === null
      ? null
      : source === 'password-env'
        ? fromEnvironment(named.passwordEnv ?? '', io.env, complain)
        : fromFile(named.passwordFile ?? '', io.readFile, origin[source], complain);
  if (source === null || password === null) return (address, site) => credentialsFor(address, sites, credentials, site);
  const own: Credentials = { username: named.username, password: () => password };
  if (strength(origin[source]) === 0)
    return (address, site) => credentialsFor(address, sites, [{ ...own, subnets: [] }, ...credentials], site);
  return (address, site) => [
    own,
    ...credentialsFor(address, sites, credentials, site).filter((other) => !isSame(own, other)),
  ];
}

type Source = 'password-env' | 'password-file';

/** Which of the two options names the password: with both, the one from the stronger source. */
function sourceOf({ passwordEnv, passwordFile }: Named, origin: Settings['origin'], problems: string[]): Source | null {
  if (passwordEnv === null || passwordFile === null)
    return passwordEnv !== null ? 'password-env' : passwordFile !== null ? 'password-file' : null;
  const lead = strength(origin['password-env']) - strength(origin['password-file']);
  if (lead === 0) problems.push('--password-env and --password-file both name a password; give one of them.');
  return lead === 0 ? null : lead > 0 ? 'password-env' : 'password-file';
}

/** Flag before environment before configuration file. */
function strength(origin: Origin | undefined): number {
  return origin === 'flag' ? 2 : origin === 'env' ? 1 : 0;
}

type Complain = (sentence: string) => null;

function fromEnvironment(name: string, env: SecretIo['env'], complain: Complain): string | null {
  const password = env[name] ?? '';
  if (password !== '') return password;
  return complain(`--password-env ${name}: that environment variable is not set; set it for this program.`);
}

function fromFile(
  path: string,
  readFile: SecretIo['readFile'],
  origin: Origin | undefined,
  complain: Complain,
): string | null {
  // A path from the configuration file is absolute already.
  const relativeTo = isAbsolute(path) || strength(origin) === 0 ? null : 'the working folder';
  const read = readPasswordFile({ path, relativeTo }, readFile);
  return 'problem' in read ? complain(`--password-file ${path} ${read.problem}.`) : read.password;
}

function isSame(one: Credentials, other: Credentials): boolean {
  return one.username === other.username && one.password() === other.password();
}
