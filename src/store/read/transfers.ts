import type { Kysely } from 'kysely';
import type { Signs } from '../locks/holder.js';
import type { Lives } from '../locks/life.js';
import type { StoreTables, TransfersTable } from '../schema/tables.js';
import { storable } from '../schema/values.js';
import type { FetchedBytes, Transfer } from '../store-rows.js';

type Db = Kysely<StoreTables>;

/** Stores how transfers stand, new ones and known ones, in one transaction. */
export async function keepTransfers(db: Db, lives: Lives, transfers: readonly Transfer[]): Promise<void> {
  if (transfers.length === 0) return;
  const server = lives.signs();
  await db.transaction().execute(async (trx) => {
    for (const transfer of transfers) {
      const values = { ...toRow(transfer), ...server };
      await trx
        .insertInto('transfers')
        .values(values)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
        .execute();
    }
  });
}

/**
 * Transfers that began at or after an instant (ISO 8601), of one phone or of all, the earliest first. One whose server is dead is `broken`, with no
 * instant at which it ended.
 */
export async function transfersSince(db: Db, lives: Lives, at: string, mac?: string): Promise<Transfer[]> {
  let query = db.selectFrom('transfers').selectAll().where('started_at', '>=', at);
  if (mac !== undefined) query = query.where('mac', '=', mac);
  return (await query.orderBy('started_at').orderBy('id').execute()).map((row) =>
    toTransfer(isCutOff(row, lives) ? { ...row, ...cutOff } : row),
  );
}

/** Keeps of transfers that a dead server left under way that they are not. Returns how many these are. */
export async function endCutOffTransfers(db: Db, lives: Lives): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const sending = await trx.selectFrom('transfers').selectAll().where('state', '=', 'sending').execute();
    const dead = sending.filter((row) => isCutOff(row, lives));
    for (const { id } of dead) await trx.updateTable('transfers').set(cutOff).where('id', '=', id).execute();
    return dead.length;
  });
}

/** What is known of a transfer whose server was killed. When it ended is not. */
const cutOff = { state: 'broken', why: 'cut off: the server ended', ended_at: null };

/** Only of a server that is known to be dead: one on another machine may still be sending. */
function isCutOff({ state, pid, host, heartbeat_at, ...row }: TransfersTable, lives: Lives): boolean {
  if (state !== 'sending' || pid === null || host === null || heartbeat_at === null) return false;
  return lives.of({ ...row, pid, host, heartbeat_at }) === 'dead';
}

/** How much firmware each client has fetched in transfers that began at or after an instant (ISO 8601). */
export async function firmwareFetchedSince(db: Db, at: string): Promise<FetchedBytes[]> {
  const byFile = db
    .selectFrom('transfers')
    // Of several fetches of one file the one that got furthest counts.
    .select(({ fn }) => ['client', 'mac', fn.max('bytes').as('most')])
    .where('started_at', '>=', at)
    .where('kind', 'in', ['firmware', 'image'])
    .groupBy(['client', 'mac', 'file']);
  return db
    .selectFrom(byFile.as('files'))
    .select(({ fn }) => ['client', 'mac', fn.sum<number>('most').as('bytes')])
    .groupBy(['client', 'mac'])
    .execute();
}

/** Deletes transfers that began before an instant (ISO 8601). */
export async function forgetTransfers(db: Db, before: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('transfers').where('started_at', '<', before).execute();
  });
}

function toRow({ startedAt, endedAt, file, why, ...transfer }: Transfer): Omit<TransfersTable, keyof Signs> {
  return { ...transfer, started_at: startedAt, ended_at: endedAt, file: storable(file), why: storable(why) };
}

function toTransfer(row: TransfersTable): Transfer {
  const { id, client, file, mac, size, bytes, why } = row;
  return {
    ...{ id, client, file, size, bytes, why },
    startedAt: row.started_at,
    endedAt: row.ended_at,
    protocol: row.protocol as Transfer['protocol'],
    kind: row.kind as Transfer['kind'],
    state: row.state as Transfer['state'],
    mac: mac,
  };
}
