import { isAbsolute } from 'node:path';
import { type Credentials, credentialsFor } from '../../domain/network/site.js';
import { UsageError } from '../../domain/text/usage-error.js';
import type { Origin, Settings, SettingsSources } from '../../config/settings/merge.js';
import { readPasswordFile } from '../../config/settings/password-file.js';
import { type Arguments, textOf } from './arguments.js';

/** Answers what to sign in with at an address, best first; `site` is its site's name where the address does not show it. */
export type CredentialsFor = (address: string, site?: string | null) => readonly Credentials[];

/** Where passwords are read from. */
export type SecretIo = Pick<SettingsSources, 'env' | 'readFile'>;

/**
 * The passwords of a run. One named on the command line or in the environment comes before all of the configuration file; one that the
 * file names by `passwordEnv` or `passwordFile` comes after those of the phone's site. No message repeats a password.
 * @throws UsageError when one cannot be had
 */
export function readCredentials(
  { values, origin, sites, credentials }: Pick<Settings, 'values' | 'origin' | 'sites' | 'credentials'>,
  io: SecretIo,
): CredentialsFor {
  const source = sourceOf(values, origin);
  if (source === null) {
    if (origin['username'] === 'flag')
      throw new UsageError('--username does nothing without --password-env or --password-file; add one of them.');
    return (address, site) => credentialsFor(address, sites, credentials, site);
  }
  const named = textOf(values, source) ?? '';
  const password =
    source === 'password-env' ? fromEnvironment(named, io.env) : fromFile(named, io.readFile, origin[source]);
  const own: Credentials = { username: usernameOf(values), password: () => password };
  if (strength(origin[source]) === 0)
    return (address, site) => credentialsFor(address, sites, [{ ...own, subnets: [] }, ...credentials], site);
  return (address, site) => [
    own,
    ...credentialsFor(address, sites, credentials, site).filter((other) => !isSame(own, other)),
  ];
}

type Source = 'password-env' | 'password-file';

/** Which of the two options names the password: the one from the stronger source where both do. */
function sourceOf(args: Arguments, origin: Settings['origin']): Source | null {
  const isGiven = (name: Source): boolean => textOf(args, name) !== null;
  const [env, file] = [isGiven('password-env'), isGiven('password-file')];
  if (!env || !file) return env ? 'password-env' : file ? 'password-file' : null;
  const lead = strength(origin['password-env']) - strength(origin['password-file']);
  if (lead === 0) throw new UsageError('--password-env and --password-file both name a password; give one of them.');
  return lead > 0 ? 'password-env' : 'password-file';
}

/** Flag before environment before configuration file. */
function strength(origin: Origin | undefined): number {
  return origin === 'flag' ? 2 : origin === 'env' ? 1 : 0;
}

function fromEnvironment(name: string, env: SecretIo['env']): string {
  // Whoever puts the password itself here must not find it in a log of this message.
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    throw new UsageError('--password-env takes the name of an environment variable, not the password itself.');
  const password = env[name] ?? '';
  if (password === '')
    throw new UsageError(`--password-env ${name}: that environment variable is not set; set it for this program.`);
  return password;
}

function fromFile(path: string, readFile: SecretIo['readFile'], origin: Origin | undefined): string {
  // One of the configuration file has been made absolute already.
  const relativeTo = isAbsolute(path) || strength(origin) === 0 ? null : 'the working folder';
  const read = readPasswordFile({ path, relativeTo }, readFile);
  if ('problem' in read) throw new UsageError(`--password-file ${path} ${read.problem}.`);
  return read.password;
}

function usernameOf(args: Arguments): string {
  const username = textOf(args, 'username') ?? 'admin';
  if (/[\x00-\x1f\x7f:]/.test(username))
    throw new UsageError('--username must not hold a colon or a control character; phones know admin and user.');
  return username;
}

function isSame(one: Credentials, other: Credentials): boolean {
  return one.username === other.username && one.password() === other.password();
}
