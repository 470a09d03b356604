import type { Kysely, Transaction } from 'kysely';
import { printable } from '../../domain/text/printable.js';
import { UsageError } from '../../domain/text/usage-error.js';
import type { StoreTables } from '../schema/tables.js';
import { requireRun } from '../read/runs.js';
import type { AskedWish, RunRow, Wish } from '../store-rows.js';

type Db = Kysely<StoreTables> | Transaction<StoreTables>;

/** Most of who asks that is kept (characters). */
const mostOfName = 80;

/**
 * Keeps what somebody wishes of a run that is going on. A stop is not taken back: somebody has been told that the run ends.
 * @param cutOff ids of runs whose process is dead
 * @throws UsageError when there is no such run, or it cannot be asked for that now
 */
export async function makeWish(
  db: Kysely<StoreTables>,
  runId: string,
  { wish, by, at }: AskedWish,
  cutOff: ReadonlySet<string>,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const run = await requireRun(trx, runId);
    const last = await wishOf(trx, run.id);
    const why = whyNot(run, wish, last, cutOff) ?? (await whyNotYet(trx, run));
    if (why !== null) throw new UsageError(why);
    if (last?.wish === wish) return;
    const values = { wish, at, asked_by: printable(by.trim(), mostOfName) || 'somebody' };
    await trx
      .insertInto('wishes')
      .values({ run_id: run.id, ...values })
      .onConflict((conflict) => conflict.column('run_id').doUpdateSet(values))
      .execute();
  });
}

/** Why a run cannot be asked for this, as a sentence; `null`: it can. */
function whyNot(run: RunRow, wish: Wish, last: AskedWish | null, cutOff: ReadonlySet<string>): string | null {
  const { id, state, profile, summary, progress } = run;
  if (state !== 'running')
    return `The run ${id} is not going on any more, so it cannot be asked to ${wish}; its report shows what came of it.`;
  if (cutOff.has(id))
    return `The process of the run ${id} is dead, so it cannot be asked to ${wish}; a resume goes on with it.`;
  if (wish === 'stop') return null;
  if (profile === null || summary.dryRun)
    return `The run ${id} writes to no phone (${profile === null ? 'an audit' : 'a dry run'}), so there is nothing to ${wish}; it can only be stopped.`;
  if (last?.wish === 'stop' || progress?.stopping === true)
    return `The run ${id} is stopping, so it cannot be asked to ${wish}; once it has ended, a resume goes on with it.`;
  return null;
}

/** Another process has the run's lock already and has not taken the run up yet: what is asked now would be forgotten then. */
async function whyNotYet(db: Db, { id, pid, host }: RunRow): Promise<string | null> {
  const lock = await db.selectFrom('locks').select(['pid', 'host']).where('run_id', '=', id).executeTakeFirst();
  if (lock === undefined || (lock.pid === pid && lock.host === host)) return null;
  return `The run ${id} is just being resumed; ask again in a moment.`;
}

/** The last wish for a run since it began, or was resumed; `null`: none. */
export async function wishOf(db: Db, runId: string): Promise<AskedWish | null> {
  const row = await db
    .selectFrom('wishes')
    .select(['wish', 'at', 'asked_by'])
    .where('run_id', '=', runId)
    .executeTakeFirst();
  return row === undefined ? null : { wish: row.wish as Wish, at: row.at, by: row.asked_by };
}
