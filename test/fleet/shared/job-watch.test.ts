import { describe, expect, it } from '@jest/globals';
import { silentLog } from '../../../src/domain/ports/log.js';
import { type JobEnd, JobWatch } from '../../../src/fleet/shared/job-watch.js';
import { StoreError } from '../../../src/store/store-error.js';
import {
  type Job,
  jobForm,
  type JobState,
  type NamedJob,
  type SharedWork,
  type WorkerRow,
} from '../../../src/store/work.js';
import { FakeClock } from '../support/fake-clock.js';

const job: Job = { key: '10.0.0.5', kind: 'move', run: 'tonight', site: 'berlin', form: jobForm };
const worker = (change: Partial<WorkerRow> = {}): WorkerRow => ({
  ...{ id: 'w', host: 'gate', pid: 1, version: '0', startedAt: 'then', isLeaving: false, jobs: 0 },
  ...{ sites: [{ name: 'berlin', subnets: [] }], seenMsAgo: 1_000, seenAt: '2026-01-15T00:59:00.000Z' },
  ...change,
});

/** A queue in memory. */
function queue(): {
  work: SharedWork;
  states: Map<string, JobState>;
  workers: WorkerRow[];
  expired: number;
  away: boolean;
} {
  const its = {
    states: new Map<string, JobState>([['1', { id: '1', job, state: 'waiting', result: null }]]),
    workers: [] as WorkerRow[],
    expired: 0,
    away: false,
  };
  const asked = <T>(answer: () => T): Promise<T> =>
    its.away ? Promise.reject(new StoreError('store-away', 'It does not answer.')) : Promise.resolve(answer());
  const work = {
    states: (jobs: readonly NamedJob[]) => asked(() => jobs.flatMap(({ id }) => its.states.get(id) ?? [])),
    expire: () => asked(() => void (its.expired += 1)),
    workers: () => asked(() => its.workers),
    withdraw: (jobs: readonly NamedJob[]) =>
      asked(() => jobs.forEach(({ id }) => its.states.get(id)?.state === 'waiting' && its.states.delete(id))),
  } as unknown as SharedWork;
  return Object.assign(its, { work });
}

describe('jobs that are watched', () => {
  const watched = (
    its: ReturnType<typeof queue>,
  ): { clock: FakeClock; watch: JobWatch; ended: () => JobEnd | undefined } => {
    const clock = new FakeClock();
    const watch = new JobWatch(its.work, clock, silentLog, () => ({ run: 'tonight', isLocked: true }));
    let end: JobEnd | undefined;
    void watch.ended('1', job).then((one) => (end = one));
    return { clock, watch, ended: () => end };
  };

  it('end when their worker has ended them', async () => {
    const its = queue();
    its.workers = [worker()];
    const { clock, ended } = watched(its);
    await clock.pass(10_000);
    expect(ended()).toBeUndefined();
    its.states.set('1', { id: '1', job, state: 'done', result: { how: 'done' } });
    await clock.pass(1_100);
    expect(ended()).toMatchObject({ state: 'done', result: { how: 'done' } });
  });

  it('end when nobody is there who could take them, with when somebody last was', async () => {
    for (const [workers, why] of [
      [[], 'No worker works for the site berlin; none was ever seen.'],
      [
        [worker({ seenMsAgo: 300_000 })],
        'No worker works for the site berlin; the last one, on gate, was seen 5m 00s ago (2026-01-15T00:59:00.000Z).',
      ],
      [
        [worker({ sites: [{ name: 'paris', subnets: [] }] })],
        'No worker works for the site berlin; none was ever seen.',
      ],
      [
        [worker({ isLeaving: true })],
        'No worker works for the site berlin; the last one, on gate, was seen 1s ago (2026-01-15T00:59:00.000Z).',
      ],
    ] as const) {
      const its = queue();
      its.workers = [...workers];
      const { clock, ended } = watched(its);
      await clock.pass(60_000);
      expect(ended()).toBeUndefined();
      await clock.pass(3_000);
      expect(ended()).toEqual({ state: 'no-worker', why });
      expect(its.states.size).toBe(0);
    }
  });

  it('wait for a worker that is there, however long it has others to do', async () => {
    const its = queue();
    its.workers = [worker()];
    const { clock, ended, watch } = watched(its);
    await clock.pass(3_600_000);
    expect(ended()).toBeUndefined();
    watch.close();
  });

  it('wait a minute anew when their worker has left them, as one that is started again', async () => {
    const its = queue();
    const { clock, ended } = watched(its);
    its.states.set('1', { id: '1', job, state: 'taken', result: null });
    await clock.pass(600_000);
    its.states.set('1', { id: '1', job, state: 'waiting', result: null });
    await clock.pass(55_000);
    expect(ended()).toBeUndefined();
    await clock.pass(10_000);
    expect(ended()).toMatchObject({ state: 'no-worker' });
  });

  it('are given to others when their worker is silent, but not right after the database was away', async () => {
    const its = queue();
    its.workers = [worker()];
    const { clock, watch } = watched(its);
    await clock.pass(5_000);
    expect(its.expired).toBeGreaterThan(0);
    its.away = true;
    await clock.pass(120_000);
    its.away = false;
    const before = its.expired;
    await clock.pass(8_000);
    expect(its.expired).toBe(before);
    await clock.pass(6_000);
    expect(its.expired).toBeGreaterThan(before);
    watch.close();
  });
});
