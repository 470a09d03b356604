import type { Kysely, Transaction } from 'kysely';
import { type Migration, migrations } from './migrations.js';
import type { StoreTables } from './tables.js';
import type { SqliteFile } from '../sqlite/sqlite-file.js';
import { StoreOpenError } from '../store-error.js';

/**
 * Brings the schema up to date, all in one transaction: after a power loss the store has either its old version or the new one. If two
 * processes do it at once, one waits for the other and finds nothing left to do. This also shows whether the store can be written at all.
 * @throws StoreOpenError for a store from a newer version
 */
export async function migrate(
  db: Kysely<StoreTables>,
  path: string,
  steps: readonly Migration[] = migrations,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx.schema
      .createTable('schema_version')
      .ifNotExists()
      .addColumn('version', 'integer', (column) => column.notNull())
      .execute();
    const version = await versionIn(trx, path, steps);
    for (const step of steps.slice(version ?? 0)) await step(trx.schema);
    if (version === null) await trx.insertInto('schema_version').values({ version: steps.length }).execute();
    // Written even if it is current already, so that a read-only store is found now, not at the first phone.
    else await trx.updateTable('schema_version').set({ version: steps.length }).execute();
  });
}

/**
 * The same for a store that is only to be read: one that is up to date is not written to.
 * @throws StoreOpenError also for one that is not, where it may not be written to
 */
export async function bringUpToDate(
  db: Kysely<StoreTables>,
  file: Pick<SqliteFile, 'path' | 'isReadOnly' | 'tables'>,
): Promise<void> {
  const { path, isReadOnly } = file;
  if (file.tables().includes('schema_version') && (await versionIn(db, path, migrations)) === migrations.length) return;
  if (!isReadOnly) return migrate(db, path);
  throw new StoreOpenError(
    'no-access',
    `The store ${path} was written by an older fleet-migrate and must be brought up to date before it can be read, for which it must be written to; run fleet-migrate runs as its owner once, then again.`,
  );
}

/** The schema's version; `null`: the file is new. @throws StoreOpenError for one that a newer fleet-migrate has written */
async function versionIn(
  db: Kysely<StoreTables> | Transaction<StoreTables>,
  path: string,
  steps: readonly Migration[],
): Promise<number | null> {
  const row = await db.selectFrom('schema_version').select('version').executeTakeFirst();
  if (row === undefined || row.version <= steps.length) return row?.version ?? null;
  throw new StoreOpenError(
    'newer',
    `The store ${path} was written by a newer fleet-migrate (its schema is ${row.version}, this one knows ${steps.length}); ` +
      'update fleet-migrate, or name another file with --db.',
  );
}
