import { type Kysely, sql, type Transaction } from 'kysely';
import type { StoreTables } from '../../schema/tables.js';
import { jsonOf } from '../../schema/values.js';
import { type Job, type JobResult, type JobState, type SharedWork, type TakenJob, type WorkerRow } from '../../work.js';
import { StoreError } from '../../store-error.js';
import type { Sharing } from '../../store-over.js';
import { asBossDb, bossOf, jobsSchema, queueOf } from './jobs.js';

type Db = Kysely<StoreTables>;

/** Of a job as pg-boss keeps it. */
interface JobRow {
  id: string;
  data: Job;
  state: string;
  output: { result?: JobResult } | null;
}

const jobs = sql.table(`${jobsSchema}.job`);

/** The server's clock (ms since the epoch). */
const nowMs = sql`(extract(epoch from clock_timestamp()) * 1000)::bigint`;

/** A worker that ended without a word is remembered for so long (ms): it says when its site was last worked for. */
const forgottenAfterMs = 30 * 86_400_000;

/** A lease until its worker says how long it wants it (s): right after it has taken the job. */
const firstLeaseSeconds = 60;

/** What workers share in a database, and what holds them back. */
export function sharingIn(db: Db): Sharing {
  return {
    work: sharedWork(db),
    assertOurs: async (trx, taken, hasIntent) => {
      if (!(await isOurs(trx, taken, { withinLease: hasIntent })))
        throw new StoreError(
          'store-lost',
          'Another worker has this phone now, or its lease is over, as this worker had said nothing of it for too long.',
        );
      const why = hasIntent ? await haltOf(trx, taken.job.run) : null;
      if (why !== null) throw new StoreError('store-held', why);
    },
  };
}

/** Why no phone of a run may be written to now; `null`: they may. */
async function haltOf(trx: Transaction<StoreTables>, run: string): Promise<string | null> {
  const row = await trx.selectFrom('runs').select(['halted', 'state']).where('id', '=', run).executeTakeFirst();
  return whyHalted(row ?? { halted: null, state: '' });
}

function whyHalted({ halted, state }: { halted: string | null; state: string }): string | null {
  return state === 'running' ? halted : 'The run is not going on any more.';
}

/** What workers share, over the queues of pg-boss: a job is `active` for as long as its lease lasts, and `retry_count` is its fence. */
function sharedWork(db: Db): SharedWork {
  const boss = bossOf(db);
  const known = new Set<string>();
  const makeQueue = async (name: string): Promise<void> => {
    if (known.has(name)) return;
    await boss.createQueue(name, { name, policy: 'standard' });
    known.add(name);
  };
  return {
    handOut: async (handed) => {
      const named = handed.map((job) => ({ job, queue: queueOf(job.site, job.kind) }));
      for (const queue of new Set(named.map(({ queue: name }) => name))) await makeQueue(queue);
      return db.transaction().execute(async (trx) => {
        const ids: string[] = [];
        for (const { job, queue } of named) {
          const options = { expireInSeconds: firstLeaseSeconds, db: asBossDb(trx) };
          const id = await boss.send(queue, job as object, options);
          if (id === null) throw new Error(`the queue ${queue} did not take a job`);
          ids.push(id);
        }
        return ids;
      });
    },
    states: async (ids) => {
      if (ids.length === 0) return [];
      const { rows } = await sql<JobRow>`
        select id, data, state::text, output from ${jobs} where id = any(${ids}::uuid[])`.execute(db);
      return rows.map(toState);
    },
    open: async (run) => {
      const { rows } = await sql<JobRow>`
        select id, data, state::text, output from ${jobs}
        where data->>'run' = ${run} and state < 'completed'`.execute(db);
      return rows.map(toState);
    },
    withdraw: async (ids) => {
      if (ids.length === 0) return;
      await db.transaction().execute(async (trx) => {
        await sql`delete from ${jobs} where id = any(${ids}::uuid[]) and state < 'active'`.execute(trx);
      });
    },
    expire: () => boss.expire(),
    halt: async (run, why) => {
      await db
        .transaction()
        .execute((trx) => trx.updateTable('runs').set({ halted: why }).where('id', '=', run).execute());
    },
    halts: async (runs) => {
      if (runs.length === 0) return new Map();
      const rows = await db.selectFrom('runs').select(['id', 'halted', 'state']).where('id', 'in', runs).execute();
      const whys = rows.flatMap(({ id, ...row }): [string, string][] => {
        const why = whyHalted(row);
        return why === null ? [] : [[id, why]];
      });
      return new Map(whys);
    },
    workers: () => allWorkers(db),
    beat: ({ id, host, pid, version, sites, startedAt, isLeaving, jobs: count }) =>
      db.transaction().execute(async (trx) => {
        const values = {
          ...{ host, pid, version, sites: jsonOf(sites), started_at: startedAt, jobs: count },
          ...{
            leaving: isLeaving ? 1 : 0,
            seen_ms: sql<number>`${nowMs}`,
          },
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
      await db.transaction().execute((trx) => trx.deleteFrom('workers').where('id', '=', id).execute());
    },
    take: async (site, kind, most, leaseMs) => {
      const name = queueOf(site, kind);
      // Many workers look each second, and most find nothing: that holds up nobody.
      if (!(await isWaiting(db, name))) return [];
      return db.transaction().execute(async (trx) => {
        const found = await boss.fetch<Job>(name, { batchSize: most, includeMetadata: true, db: asBossDb(trx) });
        const taken = found.map(({ id, data, retryCount }): TakenJob => ({ id, job: data, fence: retryCount }));
        await renew(trx, taken, leaseMs);
        return taken;
      });
    },
    renew: (taken, leaseMs) => db.transaction().execute((trx) => renew(trx, taken, leaseMs)),
    end: (taken, result) =>
      db.transaction().execute(async (trx) => {
        if (!(await isOurs(trx, taken))) return;
        await boss.complete(queueOfJob(taken.job), taken.id, { result }, { db: asBossDb(trx) });
      }),
    giveBack: (taken) =>
      db.transaction().execute(async (trx) => {
        if (!(await isOurs(trx, taken))) return;
        await boss.fail(queueOfJob(taken.job), taken.id, {}, { db: asBossDb(trx) });
      }),
  };
}

/**
 * Whether a worker still has a job, within the transaction of what it writes. A lease that is over and that nobody else has taken is still its own,
 * but for the right to write to a phone.
 */
async function isOurs(
  trx: Transaction<StoreTables>,
  { id, fence }: TakenJob,
  { withinLease = false }: { withinLease?: boolean } = {},
): Promise<boolean> {
  const lasts = withinLease ? sql`and started_on + expire_in > clock_timestamp()` : sql``;
  const { rows } = await sql`
    select 1 from ${jobs} where id = ${id}::uuid and state = 'active' and retry_count = ${fence} ${lasts} for update`.execute(
    trx,
  );
  return rows.length > 0;
}

async function isWaiting(db: Db, queue: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from ${jobs} where name = ${queue} and state < 'active' limit 1`.execute(db);
  return rows.length > 0;
}

async function renew(
  trx: Transaction<StoreTables>,
  taken: readonly TakenJob[],
  leaseMs: number,
): Promise<ReadonlySet<string>> {
  if (taken.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    update ${jobs} j set started_on = clock_timestamp(), expire_in = ${leaseMs} * interval '1 millisecond'
    from unnest(${taken.map(({ id }) => id)}::uuid[], ${taken.map(({ fence }) => fence)}::int[]) as ours(id, fence)
    where j.id = ours.id and j.retry_count = ours.fence and j.state = 'active'
    returning j.id`.execute(trx);
  const kept = new Set(rows.map(({ id }) => id));
  return new Set(taken.map(({ id }) => id).filter((id) => !kept.has(id)));
}

function queueOfJob({ site, kind }: Job): string {
  return queueOf(site, kind);
}

function toState({ id, data, state, output }: JobRow): JobState {
  const result = output?.result ?? null;
  switch (state) {
    case 'active':
      return { id, job: data, state: 'taken', result: null };
    case 'completed':
      return { id, job: data, state: 'done', result };
    case 'created':
    case 'retry':
      return { id, job: data, state: 'waiting', result: null };
    default:
      return { id, job: data, state: 'failed', result };
  }
}

async function allWorkers(db: Db): Promise<WorkerRow[]> {
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
