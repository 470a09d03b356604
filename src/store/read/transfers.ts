import type { Kysely } from 'kysely';
import type { StoreTables, TransfersTable } from '../schema/tables.js';
import { storable } from '../schema/values.js';
import type { FetchedBytes, Transfer } from '../store-rows.js';

type Db = Kysely<StoreTables>;

/** Stores how transfers stand, new ones and known ones, in one transaction. */
export async function keepTransfers(db: Db, transfers: readonly Transfer[]): Promise<void> {
  if (transfers.length === 0) return;
  await db.transaction().execute(async (trx) => {
    for (const transfer of transfers) {
      const values = toRow(transfer);
      await trx
        .insertInto('transfers')
        .values(values)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
        .execute();
    }
  });
}

/** Transfers that began at or after an instant (ISO 8601), of one phone or of all, the earliest first. */
export async function transfersSince(db: Db, at: string, mac?: string): Promise<Transfer[]> {
  let query = db.selectFrom('transfers').selectAll().where('started_at', '>=', at);
  if (mac !== undefined) query = query.where('mac', '=', mac);
  return (await query.orderBy('started_at').orderBy('id').execute()).map(toTransfer);
}

/** How much firmware each client has fetched in transfers that began at or after an instant (ISO 8601). */
export async function firmwareFetchedSince(db: Db, at: string): Promise<FetchedBytes[]> {
  const byFile = db
    .selectFrom('transfers')
    // Of several fetches of one file the one that got furthest counts.
    .select(({ fn }) => ['client', 'mac', fn.max('bytes').as('most'), fn.max('ended_at').as('ended')])
    .where('started_at', '>=', at)
    .where('kind', 'in', ['firmware', 'image'])
    .groupBy(['client', 'mac', 'file']);
  const rows = await db
    .selectFrom(byFile.as('files'))
    .select(({ fn }) => ['client', 'mac', fn.sum<number>('most').as('bytes'), fn.max('ended').as('lastAt')])
    .groupBy(['client', 'mac'])
    .execute();
  return rows.map((row) => ({ ...row, lastAt: row.lastAt ?? null }));
}

/** Deletes transfers that began before an instant (ISO 8601). */
export async function forgetTransfers(db: Db, before: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('transfers').where('started_at', '<', before).execute();
  });
}

function toRow({ startedAt, endedAt, file, why, ...transfer }: Transfer): TransfersTable {
  return { ...transfer, started_at: startedAt, ended_at: endedAt, file: storable(file), why: storable(why) };
}

function toTransfer({
  started_at: startedAt,
  ended_at: endedAt,
  protocol,
  kind,
  state,
  mac,
  ...row
}: TransfersTable): Transfer {
  return {
    ...row,
    startedAt,
    endedAt,
    protocol: protocol as Transfer['protocol'],
    kind: kind as Transfer['kind'],
    state: state as Transfer['state'],
    mac: mac,
  };
}
