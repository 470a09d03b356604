import type { Kysely } from 'kysely';
import { type Migration, migrations } from './migrations.js';
import type { StoreTables } from './tables.js';
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
    const row = await trx.selectFrom('schema_version').select('version').executeTakeFirst();
    const version = row?.version ?? 0;
    if (version > steps.length) {
      throw new StoreOpenError(
        'newer',
        `The store ${path} was written by a newer fleet-migrate (its schema is ${version}, this one knows ${steps.length}); ` +
          'update fleet-migrate, or name another file with --db.',
      );
    }
    for (const step of steps.slice(version)) await step(trx.schema);
    if (row === undefined) await trx.insertInto('schema_version').values({ version: steps.length }).execute();
    // Written even if it is current already, so that a read-only store is found now, not at the first phone.
    else await trx.updateTable('schema_version').set({ version: steps.length }).execute();
  });
}
