import { sql, type Transaction } from 'kysely';
import type { StoreTables } from '../../schema/tables.js';
import { valueOf } from '../../schema/values.js';
import type { Halt, TakenJob } from '../../work.js';
import { nowMs } from './jobs.js';

/** A planner that was not heard of for so long (ms) is gone: nobody would stop what begins now. */
const plannerGoneMs = 180_000;

/** Those of the phones of a run that may not be written to now, and why. */
export async function heldOf(
  trx: Transaction<StoreTables>,
  run: string,
  jobs: readonly TakenJob[],
): Promise<ReadonlyMap<TakenJob, string>> {
  if (jobs.length === 0) return new Map();
  const all = (why: string): ReadonlyMap<TakenJob, string> => new Map(jobs.map((job) => [job, why]));
  const row = await trx
    .selectFrom('runs')
    .leftJoin('locks', 'locks.run_id', 'runs.id')
    .select(['runs.halted', 'runs.state', sql<number | null>`${nowMs} - locks.beat_ms`.as('silentMs')])
    .where('runs.id', '=', run)
    .executeTakeFirst();
  const halt = haltIn(row ?? { halted: null, state: '' });
  if (halt === null)
    return (row?.silentMs ?? Number.POSITIVE_INFINITY) > plannerGoneMs
      ? all('The planner of the run is gone; a resume goes on with it.')
      : new Map();
  if (halt.kind !== 'trip') return all(halt.why);
  const keys = jobs.map(({ job }) => job.key);
  const touched = await trx
    .selectFrom('targets')
    .select('key')
    .where('run_id', '=', run)
    .where('key', 'in', keys)
    .where('touched', '=', 1)
    .execute();
  const next = new Set(touched.map(({ key }) => key));
  return new Map(jobs.filter(({ job }) => !next.has(job.key)).map((job) => [job, halt.why]));
}

/** What a run tells its workers. */
export function haltIn({ halted, state }: { halted: string | null; state: string }): Halt | null {
  return state === 'running' ? valueOf<Halt>(halted) : { kind: 'stop', why: 'The run is not going on any more.' };
}
