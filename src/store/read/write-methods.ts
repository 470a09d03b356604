import type { Kysely } from 'kysely';
import type { StoreTables } from '../schema/tables.js';

/** Which way to write is known to work, by what kind of phone (model and firmware, as its caller spells it). */
export async function waysKnown(db: Kysely<StoreTables>): Promise<Map<string, string>> {
  const rows = await db.selectFrom('write_ways').select(['key', 'way']).orderBy('key').execute();
  return new Map(rows.map(({ key, way }) => [key, way]));
}

/** Remembers a way that has worked; the last one that did counts. `at` is ISO 8601. */
export async function rememberWay(db: Kysely<StoreTables>, key: string, way: string, at: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('write_ways')
      .values({ key, way, at })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ way, at }))
      .execute();
  });
}
