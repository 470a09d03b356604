import { expect, it } from '@jest/globals';
import { describeInPostgres, rowsOf, useCluster } from '../../support/open-test-store.js';
import { lease, sharingIn } from './sharing.js';

describeInPostgres('what workers share', () => {
  const cluster = useCluster();
  const { sharing, job, by, handOut, takeOf, takeOne, endLeases, statesOf } = sharingIn(cluster);

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
});
