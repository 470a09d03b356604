import { type Credentials, credentialsFor } from '../../../domain/network/site.js';
import type { Settings } from '../../../config/settings/merge.js';
import { readNamedPassword, type SecretIo, strength } from './named-password.js';
import type { RunSettings } from '../table.js';

/** Returns the credentials for an address, best first; `site` is its site's name where the address does not show it. */
export type CredentialsFor = (address: string, site?: string | null) => readonly Credentials[];

type Named = Pick<RunSettings, 'username' | 'passwordEnv' | 'passwordFile'>;

/**
 * The passwords of a run. One named on the command line or in the environment comes before all of the configuration file; one that the
 * file names by `passwordEnv` or `passwordFile` comes after those of the phone's site. Passwords that cannot be read are added to
 * `problems`, which never repeat one.
 */
export function readCredentials(
  { username, passwordEnv, passwordFile }: Named,
  { origin, where, sites, credentials }: Pick<Settings, 'origin' | 'where' | 'sites' | 'credentials'>,
  io: SecretIo,
  problems: string[],
): CredentialsFor {
  const options = {
    env: { name: 'password-env', value: passwordEnv },
    file: { name: 'password-file', value: passwordFile },
  };
  const named = readNamedPassword(options, { origin, where }, io, problems);
  if (named === null) return (address, site) => credentialsFor(address, sites, credentials, site);
  const own: Credentials = { username, password: () => named.password };
  if (strength(named.origin) === 0)
    return (address, site) => credentialsFor(address, sites, [{ ...own, subnets: [] }, ...credentials], site);
  return (address, site) => [
    own,
    ...credentialsFor(address, sites, credentials, site).filter((other) => !isSame(own, other)),
  ];
}

function isSame(one: Credentials, other: Credentials): boolean {
  return one.username === other.username && one.password() === other.password();
}
