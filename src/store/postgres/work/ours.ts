import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { StoreTables } from '../../schema/tables.js';
import { StoreError } from '../../store-error.js';
import type { Sharing } from '../../store-over.js';
import type { TakenJob } from '../../work.js';
import type { Refusal } from '../../write/entry.js';
import { heldOf } from './halts.js';
import { jobs, queueOfJob } from './jobs.js';

/** See {@link Sharing}. */
export const refusalsOf: Sharing['refusals'] = async (trx, run, entries) => {
  const ofJobs = [...new Set(entries.flatMap(({ job }) => job ?? []))];
  const intending = new Set(entries.flatMap(({ job, ofIntent }) => (ofIntent && job ? [job] : [])));
  const ours = await stillOurs(trx, ofJobs);
  const refusals = new Map<TakenJob, Refusal>();
  for (const job of ofJobs) {
    const lasts = ours.get(job);
    if (lasts === undefined) refusals.set(job, { error: lost(), intentsOnly: false });
    else if (intending.has(job) && !lasts) refusals.set(job, { error: lost(), intentsOnly: true });
  }
  const fresh = [...intending].filter((job) => !refusals.has(job));
  for (const [job, why] of await heldOf(trx, run, fresh))
    refusals.set(job, { error: new StoreError('store-held', why), intentsOnly: true });
  return refusals;
};

function lost(): StoreError {
  return new StoreError(
    'store-lost',
    'Another worker has this phone now, or its lease is over, as this worker had said nothing of it for too long.',
  );
}

/**
 * Those of these jobs that a worker still has, until the end of the transaction in which it writes, and whether their leases last. A lease that is over and
 * that nobody else has taken is still its own, but for the right to write to a phone.
 */
export async function stillOurs(
  trx: Transaction<StoreTables>,
  taken: readonly TakenJob[],
): Promise<ReadonlyMap<TakenJob, boolean>> {
  if (taken.length === 0) return new Map();
  const { rows } = await sql<{ id: string; fence: number; lasts: boolean }>`
    select j.id, j.retry_count as fence, j.started_on + j.expire_in > clock_timestamp() as lasts from ${jobs} j, ${named(taken)}
    where ${isOurs} order by j.id for update of j`.execute(trx);
  const lasting = new Map(rows.map(({ id, fence, lasts }) => [`${id} ${fence}`, lasts]));
  return new Map(
    taken.flatMap((one): [TakenJob, boolean][] => {
      const lasts = lasting.get(`${one.id} ${one.fence}`);
      return lasts === undefined ? [] : [[one, lasts]];
    }),
  );
}

/** As the rows `ours` of a statement. */
export function named(taken: readonly TakenJob[]): RawBuilder<unknown> {
  return sql`unnest(${taken.map(({ job }) => queueOfJob(job))}::text[], ${taken.map(({ id }) => id)}::uuid[],
      ${taken.map(({ fence }) => fence)}::int[]) as ours(name, id, fence)`;
}

/** Of a job and of such a row: its worker still has it. */
export const isOurs = sql`j.name = ours.name and j.id = ours.id and j.retry_count = ours.fence and j.state = 'active'`;
