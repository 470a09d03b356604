import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { StoreTables } from '../../schema/tables.js';
import { jsonOf, valueOf } from '../../schema/values.js';
import {
  type Job,
  type JobResult,
  type JobState,
  type Halt,
  type NamedJob,
  type Planning,
  type SharedWork,
  type TakenJob,
  type WorkerRow,
} from '../../work.js';
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
    workFor: (assertPlans) => sharedWork(db, assertPlans),
    assertOurs: async (trx, taken, hasIntent) => {
      if (!(await isOurs(trx, taken, { withinLease: hasIntent })))
        throw new StoreError(
          'store-lost',
          'Another worker has this phone now, or its lease is over, as this worker had said nothing of it for too long.',
        );
      const why = hasIntent ? await haltOf(trx, taken.job) : null;
      if (why !== null) throw new StoreError('store-held', why);
    },
  };
}

/** A planner that was not heard of for so long (ms) is gone: nobody would stop what begins now. */
const plannerGoneMs = 180_000;

/** Why this phone may not be written to now; `null`: it may. */
async function haltOf(trx: Transaction<StoreTables>, { run, key }: Job): Promise<string | null> {
  const row = await trx
    .selectFrom('runs')
    .leftJoin('locks', 'locks.run_id', 'runs.id')
    .select(['runs.halted', 'runs.state', sql<number | null>`${nowMs} - locks.beat_ms`.as('silentMs')])
    .where('runs.id', '=', run)
    .executeTakeFirst();
  const halt = haltIn(row ?? { halted: null, state: '' });
  if (halt === null)
    return (row?.silentMs ?? Number.POSITIVE_INFINITY) > plannerGoneMs
      ? 'The planner of the run is gone; a resume goes on with it.'
      : null;
  if (halt.kind !== 'trip') return halt.why;
  const target = await trx
    .selectFrom('targets')
    .select('touched')
    .where('run_id', '=', run)
    .where('key', '=', key)
    .executeTakeFirst();
  return target?.touched === 1 ? null : halt.why;
}

function haltIn({ halted, state }: { halted: string | null; state: string }): Halt | null {
  return state === 'running' ? valueOf<Halt>(halted) : { kind: 'stop', why: 'The run is not going on any more.' };
}

/** What workers share, over the queues of pg-boss: a job is `active` for as long as its lease lasts, and `retry_count` is its fence. */
function sharedWork(db: Db, assertPlans: (trx: Transaction<StoreTables>, run: string) => Promise<void>): SharedWork {
  const boss = bossOf(db);
  const known = new Set<string>();
  const makeQueue = async (name: string): Promise<void> => {
    if (known.has(name)) return;
    await boss.createQueue(name, { name, policy: 'standard' });
    known.add(name);
  };
  /** In a transaction of one who plans a run, and still does. */
  const planning = <T>({ run, isLocked }: Planning, work: (trx: Transaction<StoreTables>) => Promise<T>): Promise<T> =>
    db.transaction().execute(async (trx) => {
      if (isLocked) await assertPlans(trx, run);
      return work(trx);
    });
  return {
    prepare: async (sites) => {
      for (const site of sites) for (const kind of ['survey', 'move']) await makeQueue(queueOf(site, kind));
    },
    handOut: async (handed, by) => {
      for (const queue of new Set(handed.map(({ job }) => queueOfJob(job)))) await makeQueue(queue);
      await planning(by, async (trx) => {
        for (const { id, job } of handed)
          // One with this id is there already: its answer was lost.
          await boss.send(queueOfJob(job), job as object, {
            id,
            expireInSeconds: firstLeaseSeconds,
            db: asBossDb(trx),
          });
      });
    },
    states: async (named) => {
      if (named.length === 0) return [];
      const { rows } = await sql<JobRow>`
        select id, data, state::text, output from ${jobs} where ${among(named)}`.execute(db);
      return rows.map(toState);
    },
    open: async (run) => {
      const { rows } = await sql<JobRow>`
        select id, data, state::text, output from ${jobs}
        where data->>'run' = ${run} and state < 'completed'`.execute(db);
      return rows.map(toState);
    },
    withdraw: async (named, by) => {
      if (named.length === 0) return;
      await planning(by, (trx) => sql`delete from ${jobs} where ${among(named)} and state < 'active'`.execute(trx));
    },
    expire: () => boss.expire(),
    forget: async (run) => {
      await db.transaction().execute(async (trx) => {
        await sql`delete from ${jobs} where data->>'run' = ${run} and state >= 'completed'`.execute(trx);
      });
    },
    halt: async (halt, by) => {
      const halted = halt === null ? null : jsonOf(halt);
      await planning(by, (trx) => trx.updateTable('runs').set({ halted }).where('id', '=', by.run).execute());
    },
    halts: async (runs) => {
      if (runs.length === 0) return new Map();
      const rows = await db.selectFrom('runs').select(['id', 'halted', 'state']).where('id', 'in', runs).execute();
      const whys = rows.flatMap(({ id, ...row }): [string, string][] => {
        const halt = haltIn(row);
        return halt === null ? [] : [[id, halt.why]];
      });
      return new Map(whys);
    },
    workers: () => allWorkers(db),
    beat: ({ id, host, pid, version, sites, startedAt, isLeaving, jobs: count }) =>
      db.transaction().execute(async (trx) => {
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
      await db.transaction().execute((trx) => trx.deleteFrom('workers').where('id', '=', id).execute());
    },
    take: async (site, kind, most, leaseMs) => {
      const name = queueOf(site, kind);
      // Many workers look each second, and most find nothing: that holds up nobody.
      if (!(await isWaiting(db, name))) return [];
      return db.transaction().execute(async (trx) => {
        // It says nothing of what failed, but asks us.
        const asked = asBossDb(trx);
        const found = await boss.fetch<Job>(name, { batchSize: most, includeMetadata: true, db: asked });
        if (asked.failure) throw asked.failure;
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
  { id, job, fence }: TakenJob,
  { withinLease = false }: { withinLease?: boolean } = {},
): Promise<boolean> {
  const lasts = withinLease ? sql`and started_on + expire_in > clock_timestamp()` : sql``;
  const { rows } = await sql`
    select 1 from ${jobs} where name = ${queueOfJob(job)} and id = ${id}::uuid and state = 'active' and retry_count = ${fence} ${lasts} for update`.execute(
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
    from unnest(${taken.map(({ job }) => queueOfJob(job))}::text[], ${taken.map(({ id }) => id)}::uuid[],
      ${taken.map(({ fence }) => fence)}::int[]) as ours(name, id, fence)
    where j.name = ours.name and j.id = ours.id and j.retry_count = ours.fence and j.state = 'active'
    returning j.id`.execute(trx);
  const kept = new Set(rows.map(({ id }) => id));
  return new Set(taken.map(({ id }) => id).filter((id) => !kept.has(id)));
}

/** These jobs: queues are tables of their own, and a job is found by its queue's name and its id. */
function among(named: readonly NamedJob[]): RawBuilder<unknown> {
  const queues = [...new Set(named.map(({ job }) => queueOfJob(job)))];
  return sql`name = any(${queues}) and id = any(${named.map(({ id }) => id)}::uuid[])`;
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
