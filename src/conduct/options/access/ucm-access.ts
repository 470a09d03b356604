import type { Settings } from '../../../config/settings/merge.js';
import { placed } from '../../../config/settings/where.js';
import type { Credentials } from '../../../domain/network/site.js';
import type { UcmAccess } from '../../../domain/network/ucm-access.js';
import { refuseProblems, UsageError } from '../../../domain/text/usage-error.js';
import { readCertificates } from '../checks/files.js';
import { readNamedPassword, type SecretIo } from './named-password.js';
import type { Given } from '../sources.js';
import type { RunSettings } from '../table.js';

/** Who asks Unified CM. Never stored: a resume is given them again. */
type Named = Pick<RunSettings, 'ucmUsername' | 'ucmPasswordEnv' | 'ucmPasswordFile'>;

/** What needs credentials of Unified CM: the beginning of a sentence that ends with what is missing. */
interface Asker {
  /** `--ucm cucm.example.com needs`. */
  say: string;
  /** The option to name as the place. */
  option?: 'ucm';
}

/**
 * The user of Unified CM that a command was given, for one that speaks to it. What is missing or cannot be read is added to `problems`,
 * which never repeat a password.
 */
function readUcmCredentials(
  { ucmUsername, ucmPasswordEnv, ucmPasswordFile }: Named,
  { origin, where, broken }: Pick<Settings, 'origin' | 'where' | 'broken'>,
  io: SecretIo,
  problems: string[],
  { say, option }: Asker,
): Credentials | null {
  const options = {
    env: { name: 'ucm-password-env', value: ucmPasswordEnv },
    file: { name: 'ucm-password-file', value: ucmPasswordFile },
  };
  const lacks: string[] = [];
  if (ucmUsername === null && !broken.has('ucm-username'))
    lacks.push('--ucm-username NAME, a user of Unified CM with the roles in docs/unified-cm.md');
  const isNamed = [options.env, options.file].some(({ name, value }) => value !== null || broken.has(name));
  if (!isNamed) lacks.push('its password, by --ucm-password-env NAME or --ucm-password-file FILE');
  if (lacks.length > 0)
    problems.push(placed(option ?? 'ucm', option && where[option]?.[0], `${say} ${lacks.join(', and ')}.`));
  const named = readNamedPassword(options, { origin, where }, io, problems);
  return ucmUsername === null || named === null ? null : { username: ucmUsername, password: () => named.password };
}

/** The same for a command whose own option says which Unified CM; `null` without it. */
export function ucmCredentialsOf(
  settings: Named & Pick<RunSettings, 'ucm'>,
  written: Pick<Settings, 'origin' | 'where' | 'broken'>,
  io: SecretIo,
  problems: string[],
): Credentials | null {
  if (settings.ucm === null) return null;
  return readUcmCredentials(settings, written, io, problems, { say: `--ucm ${settings.ucm} needs`, option: 'ucm' });
}

/**
 * The same for a resume, whose run says which Unified CM.
 * @param host that the run was given; `null`: none
 * @throws UsageError with what is missing, and where the run asks none and the command line names a user of it
 */
export function ucmCredentialsForKept(
  run: string,
  host: string | null,
  { settings, written, surroundings }: Given,
): Credentials | null {
  const problems: string[] = [];
  if (host !== null) {
    const say = `The run ${run} speaks to Unified CM ${host}, whose password is not stored: it needs`;
    const credentials = readUcmCredentials(settings, written, surroundings, problems, { say });
    refuseProblems(problems);
    return credentials;
  }
  const idle = userOptions.filter((name) => written.where[name]?.[0]?.from === 'flag');
  if (idle.length > 0)
    throw new UsageError(
      `The run ${run} speaks to no Unified CM, so ${idle.map((name) => `--${name}`).join(' and ')} would do nothing; leave it out.`,
    );
  return null;
}

const userOptions = ['ucm-username', 'ucm-password-env', 'ucm-password-file'] as const;

/**
 * How Unified CM is spoken to with these settings; `null` for a run without it.
 * @throws Error when a file with certificates has vanished since it was checked
 */
export function ucmAccessOf(settings: AccessSettings, credentials: Credentials | null): UcmAccess | null {
  const {
    ucm: host,
    ucmPort,
    ucmCa,
    ucmInsecure,
    ucmFilesPort,
    loadServer,
    devicePool,
    match,
    enableWebAccess,
  } = settings;
  if (host === null || credentials === null) return null;
  return {
    ...{ host, port: ucmPort, username: credentials.username, password: credentials.password },
    tls: { ca: ucmCa.map((path) => readCertificates(path, '--ucm-ca')), insecure: ucmInsecure },
    ...{ filesPort: ucmFilesPort, loadServer, devicePools: devicePool, match, enableWebAccess },
  };
}

type AccessSettings = Pick<
  RunSettings,
  | 'ucm'
  | 'ucmPort'
  | 'ucmCa'
  | 'ucmInsecure'
  | 'ucmFilesPort'
  | 'loadServer'
  | 'devicePool'
  | 'match'
  | 'enableWebAccess'
>;
