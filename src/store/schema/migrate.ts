import type { Kysely, Transaction } from 'kysely';
import { type Migration, migrations } from './migrations.js';
import type { StoreTables } from './tables.js';
import { StoreOpenError } from '../store-error.js';

/** A store whose schema is looked at, for people. */
export interface StoreName {
  /** As `--db` names it. */
  path: string;
  kind: 'file' | 'database';
}

/**
 * Brings the schema up to date, all in one transaction: after a power loss the store has either its old version or the new one. If two
 * processes do it at once, one waits for the other and finds nothing left to do. This also shows whether the store can be written at all.
 * @param first what has to be there before its tables
 * @returns the version before; `null`: it was new
 * @throws StoreOpenError for a store from a newer version
 */
export async function migrate(
  db: Kysely<StoreTables>,
  store: StoreName,
  {
    steps = migrations,
    first = async () => {},
  }: { steps?: readonly Migration[]; first?: (trx: Transaction<StoreTables>) => Promise<void> } = {},
): Promise<number | null> {
  return db.transaction().execute(async (trx) => {
    await first(trx);
    await trx.schema
      .createTable('schema_version')
      .ifNotExists()
      .addColumn('version', 'integer', (column) => column.notNull())
      .execute();
    const version = await versionIn(trx, store, steps);
    for (const step of steps.slice(version ?? 0)) await step(trx.schema);
    if (version === null) await trx.insertInto('schema_version').values({ version: steps.length }).execute();
    // Written even if it is current already, so that a read-only store is found now, not at the first phone.
    else await trx.updateTable('schema_version').set({ version: steps.length }).execute();
    return version;
  });
}

/** The schema's version; `null`: the store is new. @throws StoreOpenError for one that a newer fleet-migrate has written */
export async function versionIn(
  db: Kysely<StoreTables> | Transaction<StoreTables>,
  { path, kind }: StoreName,
  steps: readonly Migration[] = migrations,
): Promise<number | null> {
  const version = await storedVersion(db);
  if (version === null || version <= steps.length) return version;
  throw new StoreOpenError(
    'newer',
    `The store ${path} was written by a newer fleet-migrate (its schema is ${version}, this one knows ${steps.length}); ` +
      `update fleet-migrate, or name another ${kind} with --db.`,
  );
}

/** The same, whatever it is. */
export async function storedVersion(db: Kysely<StoreTables> | Transaction<StoreTables>): Promise<number | null> {
  const row = await db.selectFrom('schema_version').select('version').executeTakeFirst();
  return row?.version ?? null;
}
