import { Kysely, sql, type Transaction } from 'kysely';
import type { Pool } from 'pg';
import type { StoreTables } from '../schema/tables.js';
import type { Transact } from '../transact.js';
import { PostgresStoreDialect, type Turns } from './driver.js';
import { isDeadlock } from './problem.js';

/** So often a transaction is tried that was ended for the sake of another one. */
const tries = 5;

/** Events of all runs are numbered by this sequence: nobody waits for another one's numbers, and no two have the same. */
export const eventNumbers = 'event_numbers';

/** Transactions beside those of others: see `Taking` of the driver. */
export function besideOthers(pool: Pool, shown: string, turns: Turns): Transact {
  const db = new Kysely<StoreTables>({ dialect: new PostgresStoreDialect(pool, shown, turns, 'beside') });
  return async (work) => {
    for (let tried = 1; ; tried += 1) {
      try {
        return await db.transaction().execute(work);
      } catch (error) {
        if (!isDeadlock(error) || tried === tries) throw error;
      }
    }
  };
}

/** So many numbers for events, in their order. */
export async function nextEventNumbers(trx: Transaction<StoreTables>, count: number): Promise<number[]> {
  const { rows } = await sql<{ number: number }>`
    select nextval(${eventNumbers}) as number from generate_series(1, ${count}::int)`.execute(trx);
  return rows.map(({ number }) => number);
}
