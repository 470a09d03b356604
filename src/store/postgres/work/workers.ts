import { type Kysely, sql } from 'kysely';
import type { StoreTables } from '../../schema/tables.js';
import { jsonOf } from '../../schema/values.js';
import type { SharedWork, WorkerRow } from '../../work.js';
import type { Transact } from '../../transact.js';
import { nowMs } from './jobs.js';

/** A worker that ended without a word is remembered for so long (ms): it says when its site was last worked for. */
const forgottenAfterMs = 30 * 86_400_000;

/** The workers on record. */
export function workerRows(db: Kysely<StoreTables>, beside: Transact): Pick<SharedWork, 'workers' | 'beat' | 'leave'> {
  return {
    workers: () => allWorkers(db),
    beat: ({ id, host, pid, version, sites, startedAt, isLeaving, jobs: count }) =>
      beside(async (trx) => {
        const values = {
          ...{ host, pid, version, sites: jsonOf(sites), started_at: startedAt, jobs: count },
          ...{ leaving: isLeaving ? 1 : 0, seen_ms: sql<number>`${nowMs}` },
        };
        await trx
          .insertInto('workers')
          .values({ id, ...values })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
          .execute();
        await trx
          .deleteFrom('workers')
          .where('seen_ms', '<', sql<number>`${nowMs} - ${forgottenAfterMs}`)
          .execute();
      }),
    leave: async (id) => {
      await beside((trx) => trx.deleteFrom('workers').where('id', '=', id).execute());
    },
  };
}

async function allWorkers(db: Kysely<StoreTables>): Promise<WorkerRow[]> {
  const rows = await db
    .selectFrom('workers')
    .selectAll()
    .select(sql<number>`${nowMs} - seen_ms`.as('ago'))
    .orderBy('seen_ms', 'desc')
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, host: row.host, pid: row.pid, version: row.version, startedAt: row.started_at, jobs: row.jobs },
    sites: JSON.parse(row.sites) as WorkerRow['sites'],
    seenMsAgo: row.ago,
    seenAt: new Date(row.seen_ms).toISOString(),
    isLeaving: row.leaving === 1,
  }));
}
