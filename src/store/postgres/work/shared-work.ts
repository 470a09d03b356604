import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import { groupBy } from '../../../domain/lists/group-by.js';
import type { StoreTables } from '../../schema/tables.js';
import { jsonOf } from '../../schema/values.js';
import {
  type Job,
  jobKinds,
  type JobResult,
  type JobState,
  type NamedJob,
  type Planning,
  type SharedWork,
  type TakenJob,
} from '../../work.js';
import type { Sharing } from '../../store-over.js';
import type { Transact } from '../../transact.js';
import { asBossDb, bossOf, jobs, queueOf, queueOfJob } from './jobs.js';
import { haltIn } from './halts.js';
import { isOurs, named, refusalsOf, stillOurs } from './ours.js';
import { workerRows } from './workers.js';

type Db = Kysely<StoreTables>;

/** Of a job as pg-boss keeps it. */
interface JobRow {
  id: string;
  data: Job;
  state: string;
  output: { result?: JobResult } | null;
}

/** A lease until its worker says how long it wants it (s): right after it has taken the job. */
const firstLeaseSeconds = 60;

/** What workers share in a database, and what holds them back. */
export function sharingIn(db: Db, beside: Transact): Sharing {
  return { workFor: (assertPlans) => sharedWork(db, beside, assertPlans), refusals: refusalsOf };
}

/** What workers share, over the queues of pg-boss: a job is `active` for as long as its lease lasts, and `retry_count` is its fence. */
function sharedWork(
  db: Db,
  beside: Transact,
  assertPlans: (trx: Transaction<StoreTables>, run: string) => Promise<void>,
): SharedWork {
  const boss = bossOf(db);
  const known = new Set<string>();
  const makeQueue = async (name: string): Promise<void> => {
    if (known.has(name)) return;
    await boss.createQueue(name, { name, policy: 'standard' });
    known.add(name);
  };
  /** For one who plans a run, and still does. */
  const planning =
    <T>({ run, isLocked }: Planning, work: (trx: Transaction<StoreTables>) => Promise<T>) =>
    async (trx: Transaction<StoreTables>): Promise<T> => {
      if (isLocked) await assertPlans(trx, run);
      return work(trx);
    };
  return {
    prepare: async (sites) => {
      for (const site of sites) for (const kind of jobKinds) await makeQueue(queueOf(site, kind));
    },
    handOut: async (handed, by) => {
      for (const queue of new Set(handed.map(({ job }) => queueOfJob(job)))) await makeQueue(queue);
      // Those whose ids are there already stay: the answer of an earlier try was lost.
      const rows = handed.map(({ id, job }) => ({
        ...{ id, name: queueOfJob(job), data: job, expireInSeconds: firstLeaseSeconds },
      }));
      await beside(planning(by, (trx) => boss.insert(rows, { db: asBossDb(trx) })));
    },
    states: async (named) => {
      if (named.length === 0) return [];
      // Not what they ask for: that is known, and may be long.
      const { rows } = await sql<Omit<JobRow, 'data'>>`
        select id, state::text, output from ${jobs} where ${among(named)}`.execute(db);
      const byId = new Map(named.map(({ id, job }) => [id, job]));
      return rows.flatMap((row) => {
        const job = byId.get(row.id);
        return job === undefined ? [] : [toState({ ...row, data: job })];
      });
    },
    open: async (run) => {
      const { rows } = await sql<JobRow>`
        select id, data, state::text, output from ${jobs}
        where data->>'run' = ${run} and state < 'completed'`.execute(db);
      return rows.map(toState);
    },
    withdraw: async (named, by) => {
      if (named.length === 0) return;
      await beside(
        planning(by, (trx) => sql`delete from ${jobs} where ${among(named)} and state < 'active'`.execute(trx)),
      );
    },
    // Nobody else writes then, so that a worker either has its job for the whole of what it writes, or not.
    expire: async () => {
      if (await anyLeaseIsOver(db)) await boss.expire();
    },
    forget: async (run) => {
      await db.transaction().execute(async (trx) => {
        await sql`delete from ${jobs} where data->>'run' = ${run} and state >= 'completed'`.execute(trx);
      });
    },
    halt: async (halt, by) => {
      const halted = halt === null ? null : jsonOf(halt);
      // Nobody else writes then, so that no intent is put on record by one who has not seen it.
      await db
        .transaction()
        .execute(planning(by, (trx) => trx.updateTable('runs').set({ halted }).where('id', '=', by.run).execute()));
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
    ...workerRows(db, beside),
    take: async (sites, most, leaseMs) => {
      const queues = sites.flatMap((site) => jobKinds.map((kind) => ({ kind, name: queueOf(site, kind) })));
      // Many workers look each second, and most find nothing: that holds up nobody.
      const waiting = await waitingIn(
        db,
        queues.filter(({ kind }) => most[kind] > 0).map(({ name }) => name),
      );
      if (waiting.size === 0) return [];
      return beside(async (trx) => {
        // It says nothing of what failed, but asks us.
        const asked = asBossDb(trx);
        const taken: TakenJob[] = [];
        for (const { kind, name } of queues) {
          const room = most[kind] - taken.filter(({ job }) => job.kind === kind).length;
          if (room <= 0 || !waiting.has(name)) continue;
          const found = await boss.fetch<Job>(name, { batchSize: room, includeMetadata: true, db: asked });
          if (asked.failure) throw asked.failure;
          taken.push(...found.map(({ id, data, retryCount }) => ({ id, job: data, fence: retryCount })));
        }
        await renew(trx, taken, leaseMs);
        return taken;
      });
    },
    renew: (taken, leaseMs) => beside((trx) => renew(trx, taken, leaseMs)),
    end: (ended) =>
      beside(async (trx) => {
        const ours = await stillOurs(
          trx,
          ended.map(({ taken }) => taken),
        );
        const groups = groupBy(
          ended.filter(({ taken }) => ours.has(taken)),
          ({ taken, result }) => jsonOf([queueOfJob(taken.job), result]),
        );
        for (const group of groups.values()) {
          const [{ taken, result }] = group;
          const ids = severalIds(group.map((each) => each.taken));
          await boss.complete(queueOfJob(taken.job), ids, { result }, { db: asBossDb(trx) });
        }
      }),
    giveBack: (taken) =>
      beside(async (trx) => {
        const ours = await stillOurs(trx, taken);
        for (const [queue, group] of groupBy(ours.keys(), ({ job }) => queueOfJob(job)))
          await boss.fail(queue, severalIds(group), {}, { db: asBossDb(trx) });
      }),
  };
}

/** pg-boss takes the ids of several jobs here, too; its types say so only where nothing is said of them. */
function severalIds(taken: readonly TakenJob[]): string {
  return taken.map(({ id }) => id) as unknown as string;
}

/** Those of these queues in which a job waits. */
async function waitingIn(db: Db, queues: readonly string[]): Promise<ReadonlySet<string>> {
  if (queues.length === 0) return new Set();
  const { rows } = await sql<{ name: string }>`
    select name from unnest(${queues}::text[]) as ours(name)
    where exists (select from ${jobs} j where j.name = ours.name and j.state < 'active')`.execute(db);
  return new Set(rows.map(({ name }) => name));
}

async function anyLeaseIsOver(db: Db): Promise<boolean> {
  const { rows } = await sql`
    select 1 from ${jobs} where state = 'active' and started_on + expire_in < now() limit 1`.execute(db);
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
    from ${named(taken)} where ${isOurs} returning j.id`.execute(trx);
  const kept = new Set(rows.map(({ id }) => id));
  return new Set(taken.map(({ id }) => id).filter((id) => !kept.has(id)));
}

/** These jobs: queues are tables of their own, and a job is found by its queue's name and its id. */
function among(named: readonly NamedJob[]): RawBuilder<unknown> {
  const queues = [...new Set(named.map(({ job }) => queueOfJob(job)))];
  return sql`name = any(${queues}) and id = any(${named.map(({ id }) => id)}::uuid[])`;
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
