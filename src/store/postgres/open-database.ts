import { Kysely, sql, type Transaction } from 'kysely';
import { shellWord } from '../../domain/text/shell-word.js';
import type { ServerAccess } from '../place.js';
import { migrate, storedVersion, versionIn } from '../schema/migrate.js';
import { migrations } from '../schema/migrations.js';
import type { StoreTables } from '../schema/tables.js';
import { isStoreOpenError, StoreOpenError } from '../store-error.js';
import type { Backing } from '../store-over.js';
import { type PostgresAddress, parseAddress } from './address.js';
import { ColumnTypes } from './column-types.js';
import { besideOthers, eventNumbers, nextEventNumbers } from './beside.js';
import { PostgresStoreDialect, Turns } from './driver.js';
import { type Connections, connectionsTo, schemaName, type SessionTimes } from './pool.js';
import { toOpenError } from './problem.js';
import { migrateJobs } from './work/jobs.js';
import { sharingIn } from './work/shared-work.js';

export interface DatabaseOptions extends SessionTimes {
  /** `postgres://USER@HOST/DB`. */
  path: string;
  access: ServerAccess;
}

/** A store in a database, and the server's clock. */
export type DatabaseBacking = Backing & Pick<Connections, 'serverNow'>;

/**
 * Opens a database whose schema is as this version knows it.
 * @param writes whether it will be written to: then one that may only be read is refused
 * @throws StoreOpenError with a sentence for the user
 */
export async function openDatabase(
  options: DatabaseOptions,
  { writes }: { writes: boolean },
): Promise<DatabaseBacking> {
  const { backing } = await enter(options, async (db, address) => {
    await assertCurrent(db, address);
    if (writes) await assertWritable(db, address);
  });
  return backing;
}

/**
 * Makes the tables in a database, or brings them up to date.
 * @returns the version of its schema before (`null`: it had none) and now
 * @throws StoreOpenError with a sentence for the user
 */
export async function migrateDatabase(options: DatabaseOptions): Promise<{ before: number | null; now: number }> {
  const { backing, result } = await enter(options, async (db, address) => {
    await assertUnicode(db, address);
    return migrate(db.withPlugin(new ColumnTypes()), { path: address.shown, kind: 'database' }, { first: makeSchema });
  });
  // Runs that were begun before there was a sequence had numbers of their own. While nobody draws one: they are not given out twice.
  await backing.db.transaction().execute((trx) =>
    sql`
      select setval(${eventNumbers}, greatest(last_value, (select coalesce(max(seq), 0) + 1 from events)))
      from ${sql.id(eventNumbers)}`.execute(trx),
  );
  await migrateJobs(backing.db);
  await backing.close();
  return { before: result, now: migrations.length };
}

/** What is there before the tables, which files do not have. */
async function makeSchema(trx: Transaction<StoreTables>): Promise<void> {
  await trx.schema.createSchema(schemaName).ifNotExists().execute();
  await sql`create sequence if not exists ${sql.id(schemaName, eventNumbers)}`.execute(trx);
}

/** A database as it was found. */
export interface SeenDatabase extends PostgresAddress {
  /** Of its schema; `null`: it has none of ours. */
  version: number | null;
  /** Why no store can be opened in it as it is; `null`: one can. */
  problem: string | null;
}

/** Enters a database whatever is in it, looks at it, and leaves it. @throws StoreOpenError where it cannot be reached or entered */
export async function lookAtDatabase<T>(
  options: DatabaseOptions,
  look: (db: Kysely<StoreTables>, seen: SeenDatabase) => Promise<T>,
): Promise<T> {
  const { backing, result } = await enter(options, async (db, address) => {
    const version = (await hasTables(db)) ? await storedVersion(db) : null;
    return look(db, { ...address, version, problem: await problemOf(db, address) });
  });
  await backing.close();
  return result;
}

async function problemOf(db: Kysely<StoreTables>, address: PostgresAddress): Promise<string | null> {
  try {
    await assertUnicode(db, address);
    await assertCurrent(db, address);
    return null;
  } catch (error) {
    if (isStoreOpenError(error)) return error.message;
    throw error;
  }
}

/** Connects to a database, and leaves it again where what is begun with it fails. */
async function enter<T>(
  { path, access, ...times }: DatabaseOptions,
  begin: (db: Kysely<StoreTables>, address: PostgresAddress) => Promise<T>,
): Promise<{ backing: DatabaseBacking; result: T }> {
  const address = parseAddress(path);
  const { pool, serverNow } = connectionsTo(address, access, times);
  const turns = new Turns();
  const db = new Kysely<StoreTables>({ dialect: new PostgresStoreDialect(pool, address.shown, turns) });
  const beside = besideOthers(pool, address.shown, turns);
  const backing: DatabaseBacking = {
    ...{ db, beside, path: address.shown, serverNow, sharing: sharingIn(db, beside) },
    eventNumbers: nextEventNumbers,
    // The pool connects anew by itself.
    isCurrent: () => true,
    // PostgreSQL's own vacuum does that.
    vacuum: () => 0,
    close: async () => {
      if (!pool.ended && !pool.ending) await pool.end();
    },
  };
  try {
    return { backing, result: await begin(db, address) };
  } catch (error) {
    await backing.close();
    throw toOpenError(error, address.shown);
  }
}

async function assertCurrent(db: Kysely<StoreTables>, { shown }: PostgresAddress): Promise<void> {
  const version = (await hasTables(db)) ? await versionIn(db, { path: shown, kind: 'database' }) : null;
  if (version === migrations.length) return;
  const what =
    version === null
      ? 'has no tables of fleet-migrate yet; make them'
      : `was made by an older fleet-migrate (its schema is ${version}, this one needs ${migrations.length}); bring it up to date`;
  throw new StoreOpenError(
    'older',
    `The database ${shown} ${what} with: fleet-migrate db migrate --db ${shellWord(shown)}`,
  );
}

async function hasTables(db: Kysely<StoreTables>): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select to_regclass(${`${schemaName}.schema_version`}) is not null as found`.execute(db);
  return rows[0]?.found === true;
}

/** One that may only be read, or a standby, is found now and not at the first phone. */
async function assertWritable(db: Kysely<StoreTables>, { shown, user }: PostgresAddress): Promise<void> {
  const { rows } = await sql<{ standby: boolean; reads: boolean; may: boolean }>`
    select pg_is_in_recovery() as standby, current_setting('transaction_read_only') = 'on' as reads,
      has_table_privilege('runs', 'insert') and has_sequence_privilege(${eventNumbers}, 'usage') as may`.execute(db);
  if (rows[0]?.standby === true)
    throw new StoreOpenError(
      'no-access',
      `The database ${shown} is a standby, which takes no writes; name the primary with --db.`,
    );
  if (rows[0]?.reads === true)
    throw new StoreOpenError(
      'no-access',
      `The database ${shown} takes no writes (default_transaction_read_only is on there, or for the user ${user}); name another one, or have it taken off.`,
    );
  if (rows[0]?.may !== true)
    throw new StoreOpenError(
      'no-access',
      `The user ${user} may not write to all of the database ${shown}; name one that may (docs/postgresql.md says what it needs).`,
    );
}

/** What phones say may hold any letter. */
async function assertUnicode(db: Kysely<StoreTables>, { shown, database }: PostgresAddress): Promise<void> {
  const { rows } = await sql<{ server_encoding: string }>`show server_encoding`.execute(db);
  const encoding = rows[0]?.server_encoding ?? '';
  if (encoding === 'UTF8') return;
  throw new StoreOpenError(
    'unsupported',
    `The database ${shown} holds text in ${encoding}, which lacks letters that phones show; make one with: createdb --encoding UTF8 --template template0 ${shellWord(database)}`,
  );
}
