import { type Kysely, sql } from 'kysely';
import { formatBytes } from '../../domain/text/bytes.js';
import { printable } from '../../domain/text/printable.js';
import type { CheckedStore } from '../checked-store.js';
import { migrations } from '../schema/migrations.js';
import type { StoreTables } from '../schema/tables.js';
import { type DatabaseOptions, lookAtDatabase, type SeenDatabase } from './open-database.js';
import { schemaName } from './pool.js';
import { jobsSchema } from './work/jobs.js';

/** So many round trips, and commits, are timed. */
const timed = 5;

/** A commit that takes longer than this (ms) makes writes wait: each intent is one. */
const slowCommitMs = 100;

type Db = Kysely<StoreTables>;

/**
 * Looks at a database as a run would use it, and changes nothing in it.
 * @throws StoreOpenError where it cannot be reached or entered
 */
export function checkDatabase(options: DatabaseOptions): Promise<CheckedStore> {
  return lookAtDatabase(options, async (db, seen) => {
    const { shown, version } = seen;
    const server = await serverFacts(db);
    const rights = version === null ? null : await rightsIn(db);
    const roundTripMs = await medianMs(() => sql`select 1`.execute(db));
    const standby = server.standby;
    // What has a number of its own is written to the log; nothing else is.
    const commitMs = standby
      ? null
      : await medianMs(() => db.transaction().execute((trx) => sql`select txid_current()`.execute(trx)));
    const facts: [string, string][] = [
      ['server', `PostgreSQL ${printable(server.version, 80)}`],
      ['user', `${printable(server.user, 80)}${rightsText(rights)}`],
      ['connection', server.tls === null ? 'not encrypted' : `encrypted, ${server.tls}`],
      ['schema', version === null ? 'none yet' : `${version} (this fleet-migrate needs ${migrations.length})`],
      ['round trip', msText(roundTripMs)],
      ...(commitMs === null ? [] : [['commit', msText(commitMs)] as [string, string]]),
      ['clock', clockText(server.aheadMs)],
      ...(version === null ? [] : [['size', formatBytes(await sizeOf(db))] as [string, string]]),
    ];
    const problems = [...refusals(seen, { rights, standby }), ...warnings({ ...server, commitMs })];
    return { path: shown, facts, problems };
  });
}

type Problem = CheckedStore['problems'][number];
type Rights = 'all' | 'read' | 'none';

function refusals(seen: SeenDatabase, { rights, standby }: { rights: Rights | null; standby: boolean }): Problem[] {
  const refused = (sentence: string): Problem => ({ weight: 'refused', sentence });
  if (standby) return [refused('It is a standby, which takes no writes; name the primary with --db.')];
  if (seen.problem !== null) return [refused(seen.problem)];
  if (rights === 'none') return [refused('This user may not read its tables (docs/postgresql.md).')];
  if (rights === 'read')
    return [refused('This user may not write to all of its tables: no run can begin with it (docs/postgresql.md).')];
  return [];
}

function warnings({ fsync, commitMs }: { fsync: boolean; commitMs: number | null }): Problem[] {
  const warning = (sentence: string): Problem => ({ weight: 'warning', sentence });
  return [
    ...(fsync
      ? []
      : [warning('fsync is off there: a power loss may take what was written to phones from the record.')]),
    ...(commitMs !== null && commitMs > slowCommitMs
      ? [
          warning(
            'Its commits are slow, and each write to a phone waits for one; look at its disk, or at the network between.',
          ),
        ]
      : []),
  ];
}

interface ServerFacts {
  version: string;
  user: string;
  /** Version and cipher; `null`: not encrypted. */
  tls: string | null;
  standby: boolean;
  fsync: boolean;
  /** How far its clock is before this machine's (ms). */
  aheadMs: number;
}

async function serverFacts(db: Db): Promise<ServerFacts> {
  const { rows } = await sql<Omit<ServerFacts, 'aheadMs'> & { now: number }>`
    select current_setting('server_version') as version, current_user as user, pg_is_in_recovery() as standby,
      current_setting('fsync') = 'on' as fsync, (extract(epoch from clock_timestamp()) * 1000)::float8 as now,
      (select version || ' ' || cipher from pg_stat_ssl where pid = pg_backend_pid() and ssl) as tls`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('the server said nothing of itself');
  const { now, ...facts } = row;
  return { ...facts, aheadMs: now - Date.now() };
}

async function rightsIn(db: Db): Promise<Rights> {
  const { rows } = await sql<{ read: boolean; write: boolean }>`
    select bool_and(has_table_privilege(c.oid, 'select')) filter (where n.nspname = ${schemaName} and c.relkind <> 'S') as read,
      bool_and(case when c.relkind = 'S' then has_sequence_privilege(c.oid, 'usage')
        else has_table_privilege(c.oid, 'select') and has_table_privilege(c.oid, 'insert')
          and has_table_privilege(c.oid, 'update') and has_table_privilege(c.oid, 'delete') end) as write
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in (${schemaName}, ${jobsSchema}) and c.relkind in ('r', 'p', 'S')`.execute(db);
  return rows[0]?.write ? 'all' : rows[0]?.read ? 'read' : 'none';
}

async function sizeOf(db: Db): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`
    select coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint as bytes
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = ${schemaName} and c.relkind = 'r'`.execute(db);
  return rows[0]?.bytes ?? 0;
}

async function medianMs(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let at = 0; at < timed; at += 1) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  return times.sort((a, b) => a - b)[Math.floor(timed / 2)] ?? 0;
}

function rightsText(rights: Rights | null): string {
  switch (rights) {
    case 'all':
      return ', may read and write';
    case 'read':
      return ', may only read';
    case 'none':
      return ', may not read';
    case null:
      return '';
  }
}

function msText(ms: number): string {
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}

function clockText(aheadMs: number): string {
  const seconds = Math.abs(aheadMs) / 1_000;
  if (seconds < 1) return 'as here';
  return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s ${aheadMs > 0 ? 'ahead of' : 'behind'} this machine's`;
}
