import { setImmediate } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { unfinishedRuns } from '../read/runs.js';
import type { StoreTables } from '../schema/tables.js';

/** What was deleted. */
export interface PruneCounts {
  runs: number;
  targets: number;
  events: number;
}

/** Rows deleted, and pages given back, at a time: nobody else who uses the store waits longer than for one such batch. */
const rowsAtOnce = 2_000;
const pagesAtOnce = 1_000;

/**
 * Deletes all finished runs but the `keep` newest, with their targets and events. Runs that can still be resumed stay, and so does what is
 * known about phones: their last state, history, durations and deferrals.
 * @param vacuum gives pages back to the file system; returns how many are left
 */
export async function pruneRuns(
  db: Kysely<StoreTables>,
  keep: number,
  vacuum: (pages: number) => number,
): Promise<PruneCounts> {
  const unfinished = new Set((await unfinishedRuns(db)).map(({ id }) => id));
  const rows = await db.selectFrom('runs').select('id').orderBy('started_at', 'desc').orderBy('id', 'desc').execute();
  const finished = rows.map(({ id }) => id).filter((id) => !unfinished.has(id));
  const counts: PruneCounts = { runs: 0, targets: 0, events: 0 };
  // The oldest first, so that the newer ones remain if this is stopped half-way.
  for (const id of finished.slice(Math.max(0, keep)).reverse()) {
    counts.events += await inSteps(() => deleteEvents(db, id));
    counts.targets += await inSteps(() => deleteTargets(db, id));
    await db.transaction().execute(async (trx) => {
      await trx.deleteFrom('wishes').where('run_id', '=', id).execute();
      await trx.deleteFrom('runs').where('id', '=', id).execute();
    });
    counts.runs += 1;
  }
  for (let left = counts.runs > 0 ? Infinity : 0; left > 0;) {
    const now = vacuum(pagesAtOnce);
    if (now >= left) break;
    left = now;
    await setImmediate();
  }
  return counts;
}

async function deleteEvents(db: Kysely<StoreTables>, runId: string): Promise<number> {
  const result = await db.transaction().execute((trx) =>
    trx
      .deleteFrom('events')
      .where('run_id', '=', runId)
      .where('seq', 'in', (eb) =>
        eb.selectFrom('events').select('seq').where('run_id', '=', runId).orderBy('seq').limit(rowsAtOnce),
      )
      .executeTakeFirst(),
  );
  return Number(result.numDeletedRows);
}

async function deleteTargets(db: Kysely<StoreTables>, runId: string): Promise<number> {
  const result = await db.transaction().execute((trx) =>
    trx
      .deleteFrom('targets')
      .where('run_id', '=', runId)
      .where('key', 'in', (eb) =>
        eb.selectFrom('targets').select('key').where('run_id', '=', runId).orderBy('key').limit(rowsAtOnce),
      )
      .executeTakeFirst(),
  );
  return Number(result.numDeletedRows);
}

async function inSteps(step: () => Promise<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const deleted = await step();
    total += deleted;
    if (deleted < rowsAtOnce) return total;
    await setImmediate();
  }
}
