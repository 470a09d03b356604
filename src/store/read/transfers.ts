import type { Kysely } from 'kysely';
import type { StoreTables, TransfersTable } from '../schema/tables.js';
import { storable } from '../schema/values.js';
import type { Transfer } from '../store-rows.js';

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
