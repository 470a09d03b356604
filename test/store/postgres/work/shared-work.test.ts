import { readdirSync, statSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
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
import { describeInPostgres, rowsOf, useCluster } from '../../support/open-test-store.js';
import type { JobRecorders } from '../../../../src/store/write/job-recorders.js';
import type { Recorder } from '../../../../src/store/write/recorder.js';
import { allOf, newRun, waitingTarget } from '../../support/samples.js';
import { leftAside } from '../../../../src/store/write/aside.js';
import { temporaryFolder } from '../../../support/command/temporary-folder.js';
import { StandingClock } from '../../support/standing-clock.js';

const lease = 60_000;

describeInPostgres('what workers share', () => {
  const cluster = useCluster();

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

  it('is taken by one worker each, of its own site and kind', () =>
    sharing(async (work) => {
      const ids = await handOut(
        work,
        job('a'),
        job('b'),
        job('c', { site: 'Paris' }),
        job('part 1', { kind: 'survey' }),
      );
      expect(await statesOf(work, ids)).toEqual(['a waiting', 'b waiting', 'c waiting', 'part 1 waiting']);
      const both = await Promise.all([1, 2, 3].map(() => takeOf(work, 'Köln "Süd"', 'move', 1)));
      expect(
        both
          .flat()
          .map((one) => one.job.key)
          .toSorted(),
      ).toEqual(['a', 'b']);
      expect(await takeOf(work, 'nowhere', 'move', 5)).toEqual([]);
      expect((await takeOf(work, 'Paris', 'move', 5)).map((one) => one.job)).toEqual([job('c', { site: 'Paris' })]);
      expect(await statesOf(work, ids)).toEqual(['a taken', 'b taken', 'c taken', 'part 1 waiting']);
    }));

  it('ends with what its worker says, and is not open any more', () =>
    sharing(async (work) => {
      const [one] = await handOut(work, job('a'));
      if (one === undefined) throw new Error('there is a job');
      const { id } = one;
      const taken = await takeOne(work);
      expect((await work.open('tonight')).map(({ state }) => state)).toEqual(['taken']);
      await work.end([{ taken: taken, result: { how: 'handed-back', why: 'The run is paused.' } }]);
      expect(await work.states([one])).toEqual([
        { id, job: job('a'), state: 'done', result: { how: 'handed-back', why: 'The run is paused.' } },
      ]);
      expect(await work.open('tonight')).toEqual([]);
    }));

  it('is taken back while nobody has it', () =>
    sharing(async (work) => {
      const ids = await handOut(work, job('a'), job('b'));
      const taken = await takeOne(work);
      await work.withdraw(ids, by);
      expect(await statesOf(work, ids)).toEqual([`${taken.job.key} taken`]);
    }));

  it('goes to another worker when its lease is over, and the first one can do nothing with it any more', () =>
    sharing(async (work, _, path) => {
      const [one] = await handOut(work, job('a'));
      if (one === undefined) throw new Error('there is a job');
      const { id } = one;
      const first = await takeOne(work);
      await work.expire();
      expect(await statesOf(work, [one])).toEqual(['a taken']);
      await endLeases(path);
      await work.expire();
      const second = await takeOne(work);
      expect([second.id, second.fence > first.fence]).toEqual([first.id, true]);
      expect(await work.renew([first], lease)).toEqual(new Set([id]));
      await work.end([{ taken: first, result: { how: 'done' } }]);
      await work.giveBack([first]);
      expect(await statesOf(work, [one])).toEqual(['a taken']);
      expect(await work.renew([second], lease)).toEqual(new Set());
      await work.end([{ taken: second, result: { how: 'done' } }]);
      expect(await statesOf(work, [one])).toEqual(['a done']);
    }));

  it('stays with a worker whose lease was over, if it comes back before anybody else has it', () =>
    sharing(async (work, _, path) => {
      await handOut(work, job('a'));
      const taken = await takeOne(work);
      await endLeases(path);
      expect(await work.renew([taken], lease)).toEqual(new Set());
      await work.expire();
      expect((await work.open('tonight')).map(({ state }) => state)).toEqual(['taken']);
    }));

  it('given back is there for others at once', () =>
    sharing(async (work) => {
      await handOut(work, job('a'));
      const first = await takeOne(work);
      await work.giveBack([first]);
      expect((await takeOne(work)).fence).toBeGreaterThan(first.fence);
    }));

  it('lets a worker put on record only what is of its job, and an intent only within its lease', () =>
    sharing(async (work, store, path) => {
      await handOut(work, job('10.0.0.5'));
      const taken = await takeOne(work);
      const errors: unknown[] = [];
      const recorder = recordersOf(store).of(taken, { onError: (error) => errors.push(error) });
      await recorder.intent(waitingTarget({ state: 'writing' }), {});
      await endLeases(path);
      await expect(recorder.intent(waitingTarget({ state: 'writing' }), {})).rejects.toMatchObject({
        code: 'store-lost',
      });
      // What was only seen is still worth keeping, while nobody else has it.
      recorder.event({ event: 'evidence', at: '2026-01-15T01:00:00.000Z', address: null, mac: null, text: 'late' });
      await recorder.flush();
      await work.expire();
      await takeOne(work);
      recorder.event({ event: 'evidence', at: '2026-01-15T01:00:00.000Z', address: null, mac: null, text: 'too late' });
      await expect(recorder.flush()).rejects.toMatchObject({ code: 'store-lost' });
      await recorder.close().catch(() => {});
      expect((await allOf(store.eventsOf('tonight'))).map(({ event, text }) => text ?? event)).toEqual([
        'intent',
        'late',
      ]);
    }));

  it('keeps on this machine what a worker has seen while the database is away, for the next worker here to store', () =>
    sharing(async (work, store, path) => {
      const folder = temporaryFolder();
      await handOut(work, job('10.0.0.5'), job('10.0.0.6'));
      const taken = await takeOf(work, 'Köln "Süd"', 'move', 2);
      const told: unknown[] = [];
      const all = store.jobRecorders('tonight', { asideIn: folder.file('aside') });
      const recorders = taken.map((one) => all.of(one, { onError: (error) => told.push(error) }));
      await cluster().stop();
      for (const [who, recorder] of recorders.entries()) {
        recorder.event({ event: 'evidence', at: '2026-01-15T01:00:00.000Z', address: null, mac: null, who });
        await expect(recorder.flush()).rejects.toMatchObject({ code: 'store-away' });
      }
      expect(readdirSync(folder.file('aside'))).toHaveLength(1);
      expect(statSync(folder.file('aside')).mode & 0o777).toBe(0o700);
      await cluster().start();
      const beside = { isAlive: () => true };
      expect(leftAside(folder.file('aside'), beside)).toHaveLength(1);
      // The second one is another worker's by now.
      const other = taken[1];
      if (other === undefined) throw new Error('there are two jobs');
      await work.giveBack([other]);
      const next = await openStore({ path, clock: new StandingClock() });
      const stored = [];
      for (const { left, clear } of leftAside(folder.file('aside'))) {
        for (const each of left) stored.push([each.taken.job.key, await next.storeAside(each)]);
        clear();
      }
      expect(stored.toSorted()).toEqual(
        [
          [taken[0]?.job.key, true],
          [other.job.key, false],
        ].toSorted(),
      );
      expect((await allOf(next.eventsOf('tonight'))).map(({ who }) => who)).toEqual([0]);
      expect(readdirSync(folder.file('aside'))).toEqual([]);
      await next.close();
      for (const recorder of recorders) await recorder.close().catch(() => {});
      folder.remove();
    }));

  it('takes no intent while the run is halted, or has ended, and says why', () =>
    sharing(async (work, store) => {
      await handOut(work, job('10.0.0.5'));
      const taken = await takeOne(work);
      const recorder = recordersOf(store).of(taken, { onError: () => undefined });
      expect(await work.halts(['tonight', 'unknown'])).toEqual(new Map());
      await work.halt({ kind: 'stop', why: 'Five phones failed.' }, by);
      expect(await work.halts(['tonight'])).toEqual(new Map([['tonight', 'Five phones failed.']]));
      await expect(recorder.intent(waitingTarget(), {})).rejects.toMatchObject({
        ...{ code: 'store-held', message: 'Five phones failed.' },
      });
      await work.halt(null, by);
      await recorder.intent(waitingTarget(), {});
      await recorder.close();
    }));

  it('lets phones that were written to have their next step when the run has stopped itself, and no others', () =>
    sharing(async (work, store) => {
      await handOut(work, job('10.0.0.5'), job('10.0.0.6'));
      const taken = await takeOf(work, 'Köln "Süd"', 'move', 2);
      const all = recordersOf(store);
      const recorderOf = (key: string): Recorder => {
        const of = taken.find((one) => one.job.key === key);
        if (of === undefined) throw new Error(key);
        return all.of(of, { onError: () => undefined });
      };
      const [touched, fresh] = [recorderOf('10.0.0.5'), recorderOf('10.0.0.6')];
      await touched.intent(waitingTarget({ address: '10.0.0.5', state: 'writing' }), {});
      await work.halt({ kind: 'trip', why: 'Five phones failed.' }, by);
      await touched.intent(waitingTarget({ address: '10.0.0.5', state: 'writing' }), {});
      await expect(fresh.intent(waitingTarget({ address: '10.0.0.6' }), {})).rejects.toMatchObject({
        code: 'store-held',
      });
      await work.halt({ kind: 'pause', why: 'Lunch.' }, by);
      await expect(touched.intent(waitingTarget({ address: '10.0.0.5' }), {})).rejects.toMatchObject({
        code: 'store-held',
      });
      for (const one of [touched, fresh]) await one.close();
    }));

  it('takes no intent when nobody plans the run any more', () =>
    sharing(async (work, store, path) => {
      await handOut(work, job('10.0.0.5'));
      const recorder = recordersOf(store).of(await takeOne(work), { onError: () => undefined });
      await rowsOf(path, 'update locks set beat_ms = beat_ms - 200000');
      await expect(recorder.intent(waitingTarget(), {})).rejects.toMatchObject({
        ...{ code: 'store-held', message: 'The planner of the run is gone; a resume goes on with it.' },
      });
      await recorder.close();
    }));

  it('hears nothing of a planner that has lost its run to another one', () =>
    sharing(async (work, _, path) => {
      const ids = await handOut(work, job('a'));
      await rowsOf(path, "update locks set run_id = 'another'");
      const lost = { code: 'store-lost' };
      await expect(handOut(work, job('b'))).rejects.toMatchObject(lost);
      await expect(work.halt(null, by)).rejects.toMatchObject(lost);
      await expect(work.withdraw(ids, by)).rejects.toMatchObject(lost);
      expect(await statesOf(work, ids)).toEqual(['a waiting']);
      // One that only reads has no lock to lose.
      await work.withdraw(ids, { run: 'tonight', isLocked: false });
      expect(await statesOf(work, ids)).toEqual([]);
    }));

  it('is handed out once, also where it was not known whether it was', () =>
    sharing(async (work) => {
      const [one] = await handOut(work, job('a'));
      if (one === undefined) throw new Error('there is a job');
      await work.handOut([one], by);
      expect(await takeOf(work, 'Köln "Süd"', 'move', 5)).toHaveLength(1);
      await work.handOut([one], by);
      expect(await takeOf(work, 'Köln "Süd"', 'move', 5)).toEqual([]);
    }));

  it('is forgotten with its run, when that has ended', () =>
    sharing(async (work) => {
      const ids = await handOut(work, job('a'), job('b'));
      await work.end([{ taken: await takeOne(work), result: { how: 'done' } }]);
      await work.forget('tonight');
      expect((await work.states(ids)).map(({ state }) => state)).toEqual(['waiting']);
    }));

  it('knows its workers, when each was heard of, and forgets those that have left', () =>
    sharing(async (work) => {
      const worker = { id: 'w', host: 'h', pid: 1, version: '0', startedAt: 'then', isLeaving: false, jobs: 2 };
      const sites = [{ name: 'Paris', subnets: ['10.0.0.0/24'] }];
      await work.beat({ ...worker, sites });
      await work.beat({ ...worker, sites, jobs: 3 });
      const [row, ...others] = await work.workers();
      expect([row, others]).toEqual([
        { ...worker, sites, jobs: 3, seenMsAgo: expect.any(Number), seenAt: expect.any(String) },
        [],
      ]);
      expect(row?.seenMsAgo).toBeLessThan(30_000);
      await work.leave('w');
      expect(await work.workers()).toEqual([]);
    }));

  it('numbers the events of a run once, however many write them at once', () =>
    sharing(async (work, store) => {
      await handOut(work, ...['a', 'b', 'c', 'd'].map((key) => job(key)));
      const taken = await takeOf(work, 'Köln "Süd"', 'move', 4);
      const all = recordersOf(store);
      const recorders = taken.map((one) => all.of(one, { onError: () => undefined }));
      for (let turn = 0; turn < 10; turn += 1)
        await Promise.all(
          recorders.map((recorder, who) => {
            recorder.event({ event: 'evidence', at: '2026-01-15T01:00:00.000Z', address: null, mac: null, who, turn });
            return recorder.flush();
          }),
        );
      for (const recorder of recorders) await recorder.close();
      const events = await allOf(store.eventsOf('tonight'));
      expect(events).toHaveLength(40);
      for (const who of [0, 1, 2, 3])
        expect(events.filter((event) => event['who'] === who).map(({ turn }) => turn)).toEqual([...Array(10).keys()]);
    }));
});
