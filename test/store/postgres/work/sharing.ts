import { randomUUID } from 'node:crypto';
import { openStore } from '../../../../src/store/open-store.js';
import { migrateDatabase } from '../../../../src/store/postgres/open-database.js';
import type { Store } from '../../../../src/store/store.js';
import {
  type Job,
  jobForm,
  type JobKind,
  type NamedJob,
  type SharedWork,
  type TakenJob,
} from '../../../../src/store/work.js';
import type { PostgresCluster } from '../../../support/postgres/cluster.js';
import { rowsOf } from '../../support/open-test-store.js';
import type { JobRecorders } from '../../../../src/store/write/job-recorders.js';
import { newRun } from '../../support/samples.js';
import { StandingClock } from '../../support/standing-clock.js';

export const lease = 60_000;

/** What tests of shared work do, over a database of their own each. */
export function sharingIn(cluster: () => PostgresCluster) {
  const sharing = async (test: (work: SharedWork, store: Store, path: string) => Promise<void>): Promise<void> => {
    const path = await cluster().database();
    await migrateDatabase({ path, access: { password: null, ca: null } });
    const store = await openStore({ path, clock: new StandingClock() });
    try {
      if (store.work === null) throw new Error('a database shares its work');
      const lock = await store.acquireRunLock({ runId: 'tonight' });
      if (!lock.ok) throw new Error('the store is new');
      await store.beginRun(newRun('tonight'));
      await test(store.work, store, path);
    } finally {
      await store.close();
    }
  };
  const job = (key: string, change: Partial<Job> = {}): Job => ({
    ...{ key, kind: 'move', run: 'tonight', site: 'Köln "Süd"', form: jobForm },
    ...change,
  });
  const by = { run: 'tonight', isLocked: true };
  const handOut = async (work: SharedWork, ...all: Job[]): Promise<NamedJob[]> => {
    const named = all.map((one) => ({ id: randomUUID(), job: one }));
    await work.handOut(named, by);
    return named;
  };
  const takeOf = (work: SharedWork, site: string, kind: JobKind, most: number): Promise<TakenJob[]> =>
    work.take([site], { move: 0, survey: 0, [kind]: most }, lease);
  const takeOne = async (work: SharedWork, of = job('')): Promise<TakenJob> => {
    const [taken] = await takeOf(work, of.site, of.kind, 1);
    if (taken === undefined) throw new Error('there was no job');
    return taken;
  };
  const recordersOf = (store: Store): JobRecorders => store.jobRecorders('tonight', {});
  const endLeases = (path: string): Promise<object[]> =>
    rowsOf(path, "update fleet_migrate_jobs.job set started_on = now() - interval '1 day' where state = 'active'");
  const statesOf = async (work: SharedWork, ids: readonly NamedJob[]): Promise<string[]> =>
    (await work.states(ids)).map(({ job: { key }, state }) => `${key} ${state}`).toSorted();
  return { sharing, job, by, handOut, takeOf, takeOne, recordersOf, endLeases, statesOf };
}
