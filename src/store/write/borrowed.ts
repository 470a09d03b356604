import type { Kysely } from 'kysely';
import type { StoreTables } from '../schema/tables.js';
import { storable } from '../schema/values.js';
import type { BorrowedSetting } from '../store-rows.js';

type Db = Kysely<StoreTables>;

/** Settings that were changed for a while and not put back yet, the longest so first. */
export async function borrowedSettings(db: Db): Promise<BorrowedSetting[]> {
  const rows = await db.selectFrom('borrowed').selectAll().orderBy('at').orderBy('name').execute();
  return rows.map(({ ucm, name, tag, original, run_id: runId, at }) => ({ ucm, name, tag, original, runId, at }));
}

/** Remembers what a setting is before it is changed; what is remembered already is the older truth, and stays. */
export async function borrowSetting(db: Db, { ucm, name, tag, original, runId, at }: BorrowedSetting): Promise<void> {
  const values = { ucm, name, tag: storable(tag), original: storable(original), run_id: runId, at };
  await db.transaction().execute((trx) =>
    trx
      .insertInto('borrowed')
      .values(values)
      .onConflict((conflict) => conflict.columns(['ucm', 'name', 'tag']).doNothing())
      .execute(),
  );
}

/** Forgets a setting that has been put back. */
export async function settingIsBack(
  db: Db,
  { ucm, name, tag }: Pick<BorrowedSetting, 'ucm' | 'name' | 'tag'>,
): Promise<void> {
  await db
    .transaction()
    .execute((trx) =>
      trx.deleteFrom('borrowed').where('ucm', '=', ucm).where('name', '=', name).where('tag', '=', tag).execute(),
    );
}
