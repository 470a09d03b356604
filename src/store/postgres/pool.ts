// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- types that the package does not bring; also for those who read only ours
/// <reference path="./pgpass.d.ts" />
import { checkServerIdentity, type ConnectionOptions } from 'node:tls';
import pg from 'pg';
import pgpass from 'pgpass';
import type { ServerAccess } from '../place.js';
import type { PostgresAddress } from './address.js';

/** Our tables stand in a schema of their own, beside whatever else is in the database. */
export const schemaName = 'fleet_migrate';

/** More than this many statements at once gain nothing: those that write take turns. */
const mostConnections = 8;

/** How long to wait for a connection (ms), also for one of those that others have just now. */
const connectMs = 10_000;

/** How long a statement may take (ms): reading the report of a large fleet takes seconds. */
const statementMs = 120_000;

/** How long to wait for the transactions of others (ms), unless it is said: they are short. */
const usualLockMs = 30_000;

/** Whoever stands still within a transaction (ms), as a machine that was suspended or cut off, loses it: others wait for its lock. */
const usualIdleMs = 15_000;

/** After so long without a word (ms) the system asks whether the other end is still there. */
const keepAliveMs = 10_000;

/** Types that the driver would give as text, as they may be longer than a number holds: ours are not. */
const numbers: ReadonlySet<number> = new Set([pg.types.builtins.INT8, pg.types.builtins.NUMERIC]);

/** A client whose socket does not outlive a refusal: the server would keep it until its own time is up, and this process with it. */
class ClosedOnRefusal extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const connect = super.connect.bind(this);
    // As the pool calls it.
    this.connect = ((callback: (error: Error) => void) => {
      connect((error: Error) => {
        const { connection } = this as unknown as { connection?: { stream?: { destroy?: () => void } } };
        // There is one only where it was refused, whatever the type says.
        if (error as Error | null) connection?.stream?.destroy?.();
        callback(error);
      });
    }) as typeof this.connect;
  }
}

/** The password that was named, else that of `PGPASSWORD`, else that of `.pgpass`. */
function passwordOf(
  { password }: ServerAccess,
  { host, port, database, user }: PostgresAddress,
): { password?: string | (() => Promise<string>) } {
  if (password !== null) return { password };
  if (process.env['PGPASSWORD'] !== undefined) return {};
  // Without one the server is told so, and says whether it wants one.
  return {
    password: () =>
      new Promise((resolve) => pgpass({ host, port, database, user }, (found) => resolve(found as string))),
  };
}

/** A pool of connections, and how far the server's clock is from this machine's. */
export interface Connections {
  pool: pg.Pool;
  /** The server's clock (ms since the epoch), as of the last connection that was made. */
  serverNow: () => number;
}

/** How long a session waits, and is waited for. */
export interface SessionTimes {
  /** For the transactions of others (ms). Default 30 s. */
  lockMs?: number | undefined;
  /** For the next statement of a transaction (ms), before it is undone. Default 15 s. */
  idleMs?: number | undefined;
}

/** Connects nothing yet. */
export function connectionsTo(
  address: PostgresAddress,
  access: ServerAccess,
  { lockMs = usualLockMs, idleMs = usualIdleMs }: SessionTimes = {},
): Connections {
  const { host, port, user, database } = address;
  let ahead = 0;
  const pool = new pg.Pool({
    ...{ host, port, user, database },
    // The driver looks into PGPASSWORD itself, and complains where it has to look into .pgpass.
    ...passwordOf(access, address),
    Client: ClosedOnRefusal,
    ssl: tlsOf(address, access),
    application_name: 'fleet-migrate',
    max: mostConnections,
    connectionTimeoutMillis: connectMs,
    query_timeout: statementMs + 1_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveMs,
    // A command that has done its work ends.
    allowExitOnIdle: true,
    types: {
      getTypeParser: ((type: Parameters<typeof pg.types.getTypeParser>[0], format: 'text') =>
        numbers.has(type)
          ? Number
          : (pg.types.getTypeParser(type, format) as unknown)) as typeof pg.types.getTypeParser,
    },
    // Waited for; its type does not say so yet.
    // eslint-disable-next-line @typescript-eslint/no-misused-promises
    onConnect: async (client) => {
      // One that is lost while it is used says so to its user; without a listener it would end this process.
      client.on('error', () => {});
      const asked = performance.now();
      const { rows } = await client.query<{ now: number }>(settings(lockMs, idleMs));
      ahead = (rows[0]?.now ?? 0) - (asked + performance.now()) / 2;
    },
  });
  // The same for one that nobody uses just now: the pool has let go of it.
  pool.on('error', () => {});
  return { pool, serverNow: () => Math.round(performance.now() + ahead) };
}

/**
 * What a session is set to, and the server's clock.
 * - `synchronous_commit`: a commit is on disk before it returns, so an intent survives a power loss; what is stronger than `on` stays.
 */
function settings(lockMs: number, idleMs: number): string {
  const set = (name: string, value: string | number): string => `set_config('${name}', '${value}', false)`;
  return `select ${[
    set('search_path', schemaName),
    set('lock_timeout', Math.trunc(lockMs)),
    set('statement_timeout', statementMs),
    set('idle_in_transaction_session_timeout', idleMs),
    `case when current_setting('synchronous_commit') = 'off' then ${set('synchronous_commit', 'on')} end`,
    '(extract(epoch from clock_timestamp()) * 1000)::float8 as now',
  ].join(', ')}`;
}

function tlsOf({ tls, host }: PostgresAddress, { ca }: ServerAccess): ConnectionOptions | false {
  const named = ca === null ? {} : { ca };
  switch (tls) {
    case 'disable':
      return false;
    case 'local':
      // A certificate that was named is there to be checked.
      return ca === null || host.startsWith('/') ? false : verified(host, named);
    case 'require':
      // As PostgreSQL's own programs do: with the authority's certificate at hand it is checked.
      return ca === null ? { rejectUnauthorized: false } : { ...named, checkServerIdentity: () => undefined };
    case 'verify-ca':
      return { ...named, checkServerIdentity: () => undefined };
    case 'verify-full':
      return verified(host, named);
  }
}

/** The driver names no IP address to what checks the certificate. */
function verified(host: string, named: { ca?: string }): ConnectionOptions {
  return { ...named, checkServerIdentity: (_, certificate) => checkServerIdentity(host, certificate) };
}
