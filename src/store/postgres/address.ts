import { isIP } from 'node:net';
import { userInfo } from 'node:os';
import { StoreOpenError } from '../store-error.js';

/** How much of TLS a connection asks for, as PostgreSQL's own programs call it; `local`: nothing was said, and the server is this machine. */
type Tls = 'local' | 'disable' | 'require' | 'verify-ca' | 'verify-full';

/** A database, and who enters it. */
export interface PostgresAddress {
  /** A name, an IP address, or the folder of a Unix socket. */
  host: string;
  port: number;
  user: string;
  database: string;
  tls: Tls;
  /** As people may see it; it can be given to `--db` again. */
  shown: string;
}

const usualPort = 5432;
/** Stands for the host that an address does not name. */
const noHost = 'no-host.invalid';
const example = 'postgres://fleet@db.example.com/fleet';
const tlsModes: readonly Tls[] = ['disable', 'require', 'verify-ca', 'verify-full'];

/**
 * Reads an address as `postgres://USER@HOST[:PORT]/DB[?sslmode=…]`. Of what PostgreSQL's own programs understand, only what is used here is
 * taken, and the rest is refused: nothing that is written there is ignored.
 * @throws StoreOpenError in one sentence, which never repeats a password
 */
export function parseAddress(
  text: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): PostgresAddress {
  // Before anything else: a password with signs of its own may end the address anywhere, and no sentence may repeat it.
  if (/:\/\/.*:.*@/s.test(text))
    throw refused(
      '--db holds a password (what stands between a : and an @), which every user of this machine could read; leave it out, and name it with --db-password-env or --db-password-file (PGPASSWORD and .pgpass do, too)',
    );
  if (!/^postgres(ql)?:\/\//i.test(text))
    throw refused(
      `--db ${beforeQuery(text)} is an address that no store can have; write ${example}, or the path of a file`,
    );
  // A user with the folder of a socket stands before no host, which URLs do not have.
  const url = read(text.replace(/^(\w+:\/\/[^/?#]*@)\//, `$1${noHost}/`));
  for (const name of url.searchParams.keys())
    if (name !== 'sslmode' && name !== 'host')
      throw refused(`--db: ${name} behind the ? is not understood; only sslmode and host may stand there`);
  for (const name of ['sslmode', 'host'])
    if (url.searchParams.getAll(name).length > 1)
      throw refused(`--db names ${name} more than once; leave one of them out`);
  if (url.port === '0') throw refused(`--db ${text} names port 0, at which nothing listens`);
  if (url.hash !== '') throw refused('--db holds a #, which would end the address; write it as %23');
  const host = hostOf(url, text);
  const database = decoded(url.pathname.slice(1), text);
  if (database === '' || database.includes('/'))
    throw refused(`--db ${text} names no database; write it behind the host, as in ${example}`);
  const user = decoded(url.username, text) || env['PGUSER'] || userInfo().username;
  const tls = tlsOf(url.searchParams.get('sslmode'), host, text);
  return { host, port: url.port === '' ? usualPort : Number(url.port), user, database, tls, shown: text };
}

function read(text: string): URL {
  try {
    return new URL(text);
  } catch {
    throw refused(`--db ${beforeQuery(text)} is no address that can be read; write ${example}`);
  }
}

function hostOf(url: URL, text: string): string {
  const folder = url.searchParams.get('host');
  if (folder !== null && !folder.startsWith('/'))
    throw refused(
      `--db ${text}: host= is for the folder of a Unix socket, such as /var/run/postgresql; a host's name stands before the database`,
    );
  const named = url.hostname === noHost ? '' : url.hostname;
  if (folder !== null && named !== '')
    throw refused(`--db ${text} names a host and the folder of a socket; leave one of them out`);
  const host = folder ?? decoded(named, text).replace(/^\[(.*)\]$/, '$1');
  if (host === '') throw refused(`--db ${text} names no host; write ${example}`);
  return host;
}

function tlsOf(mode: string | null, host: string, text: string): Tls {
  // Where nothing is said, whoever answers in the server's place is given no password.
  if (mode === null) return isThisMachine(host) ? 'local' : 'verify-full';
  const known = tlsModes.find((one) => one === mode);
  if (known === undefined)
    throw refused(`--db ${text}: sslmode=${mode} promises nothing; write one of ${tlsModes.join(', ')}`);
  if (host.startsWith('/') && known !== 'disable')
    throw refused(`--db ${text}: a Unix socket has no TLS; leave sslmode out`);
  return known;
}

function isThisMachine(host: string): boolean {
  return (
    host.startsWith('/') || host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
  );
}

function decoded(part: string, text: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw refused(`--db ${beforeQuery(text)} holds a % that is followed by no two digits; write it as %25`);
  }
}

/** What stands behind a `?` may be meant for another program, and be a password. */
function beforeQuery(text: string): string {
  return text.replace(/\?.*$/s, '');
}

function refused(sentence: string): StoreOpenError {
  return new StoreOpenError('unsupported', `${sentence}.`);
}
