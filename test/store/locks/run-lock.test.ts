import { beforeEach, describe, expect, it } from '@jest/globals';
import type { HeldLock, LockResult } from '../../../src/store/locks/run-lock.js';
import type { Owner, Processes } from '../../../src/store/locks/owner.js';
import type { Store } from '../../../src/store/store.js';
import { describeStores, rowsOf } from '../support/open-test-store.js';
import { allOf, newRun, waitingTarget } from '../support/samples.js';
import { testStart } from '../support/standing-clock.js';

describeStores('the lock of a store, which one run at a time has', (useStore) => {
  const here = { pidSpace: 'boot/pid:1', timeSpace: 'boot/time:1' };
  const ours: Owner = { pid: 100, host: 'night', processStart: 'boot/1', ...here };
  const alive = new Map<number, string | null>();
  const processes: Processes = {
    isAlive: (pid) => alive.has(pid),
    startOf: (pid) => alive.get(pid) ?? null,
    sinceBoot: () => test.clock.monotonic(),
  };
  const test = useStore({ owner: ours, processes });
  const as = (owner: Partial<Owner>): Promise<Store> => test.open({ owner: { ...ours, ...owner } });
  const held = (result: LockResult): HeldLock => {
    if (!result.ok) throw new Error(`held by ${result.holder.runId}`);
    return result;
  };
  beforeEach(() => {
    alive.clear();
    alive.set(100, 'boot/1');
    alive.set(200, 'boot/2');
  });

  it('says who holds it, from where and since when', async () => {
    held(await test.store.acquireRunLock({ runId: 'run-1' }));
    await test.clock.pass(60_000);
    const other = await as({ pid: 200, processStart: 'boot/2' });
    expect(await other.acquireRunLock({ runId: 'run-2' })).toEqual({
      ok: false,
      holder: { runId: 'run-1', pid: 100, host: 'night', since: testStart, heardOf: null },
    });
  });

  it('is not had twice by the same process either', async () => {
    held(await test.store.acquireRunLock({ runId: 'run-1' }));
    expect((await test.store.acquireRunLock({ runId: 'run-1' })).ok).toBe(false);
  });

  it('goes to one of those who ask in the same tick', async () => {
    const results = await Promise.all(['a', 'b', 'c'].map((runId) => test.store.acquireRunLock({ runId })));
    expect(results.map(({ ok }) => ok)).toEqual([true, false, false]);
  });

  it('is given back, once', async () => {
    const lock = held(await test.store.acquireRunLock({ runId: 'run-1' }));
    await lock.release();
    const other = await as({ pid: 200, processStart: 'boot/2' });
    held(await other.acquireRunLock({ runId: 'run-2' }));
    await lock.release();
    expect((await test.store.acquireRunLock({ runId: 'run-1' })).ok).toBe(false);
  });

  describe('of a dead owner is taken over', () => {
    it('when its process is gone', async () => {
      held(await test.store.acquireRunLock({ runId: 'run-1' }));
      alive.delete(100);
      const other = await as({ pid: 200, processStart: 'boot/2' });
      held(await other.acquireRunLock({ runId: 'run-2' }));
    });

    it('when another process has its number now, also after a restart of the machine', async () => {
      for (const start of ['boot/99', 'later-boot/1']) {
        const lock = held(await test.store.acquireRunLock({ runId: 'run-1' }));
        alive.set(100, start);
        const other = await as({ pid: 200, processStart: 'boot/2' });
        const heir = held(await other.acquireRunLock({ runId: 'run-2' }));
        expect(await lock.heartbeat()).toBe(false);
        await heir.release();
        alive.set(100, 'boot/1');
      }
    });

    it('but not while nobody can tell when the process began', async () => {
      held(await test.store.acquireRunLock({ runId: 'run-1' }));
      alive.set(100, null);
      const other = await as({ pid: 200, processStart: 'boot/2' });
      expect((await other.acquireRunLock({ runId: 'run-2' })).ok).toBe(false);
    });

    it('with the locks of phones that 0.1.0 kept here as well', async () => {
      held(await test.store.acquireRunLock({ runId: 'run-1' }));
      const rows = (sql: string): Promise<object[]> => rowsOf(test.path, sql);
      await rows(
        "insert into locks select 'phone:00CCFC123456', run_id, pid, host, process_start, since, heartbeat_at, pid_space, time_space, beat_ms from locks",
      );
      alive.delete(100);
      const other = await as({ pid: 200, processStart: 'boot/2' });
      held(await other.acquireRunLock({ runId: 'run-2' }));
      expect(await rows('select name, run_id from locks')).toEqual([{ name: 'run', run_id: 'run-2' }]);
    });
  });

  describe('of an owner in another container', () => {
    const container = { pid: 100, processStart: 'boot/7', pidSpace: 'boot/pid:2' };

    it('are not taken over because its number is nobody, or somebody else, here', async () => {
      const theirs = await as(container);
      held(await theirs.acquireRunLock({ runId: 'run-1' }));
      for (const start of [undefined, 'boot/1', 'boot/99']) {
        alive.delete(100);
        if (start) alive.set(100, start);
        const lock = await test.store.acquireRunLock({ runId: 'run-2' });
        expect(lock).toMatchObject({ ok: false, holder: { runId: 'run-1', pid: 100, heardOf: testStart } });
      }
    });

    it('are taken over after three minutes without a heartbeat, wherever the clock of the machine was set', async () => {
      const theirs = await as(container);
      const lock = held(await theirs.acquireRunLock({ runId: 'run-1' }));
      test.clock.setBy(10_800_000);
      expect((await test.store.acquireRunLock({ runId: 'run-2' })).ok).toBe(false);
      await test.clock.pass(120_000);
      expect(await lock.heartbeat()).toBe(true);
      await test.clock.pass(180_000);
      test.clock.setBy(-20_000_000);
      expect((await test.store.acquireRunLock({ runId: 'run-2' })).ok).toBe(false);
      await test.clock.pass(1);
      held(await test.store.acquireRunLock({ runId: 'run-2' }));
      expect(await lock.heartbeat()).toBe(false);
      // Coming back from the dead, it takes nothing away from its heir.
      await lock.release();
      expect(await theirs.acquireRunLock({ runId: 'run-1' })).toMatchObject({ ok: false, holder: { runId: 'run-2' } });
    });

    it('that was taken for dead puts no intent on record any more', async () => {
      const theirs = await as(container);
      held(await theirs.acquireRunLock({ runId: 'run-1' }));
      await theirs.beginRun(newRun('run-1'));
      const recorder = theirs.recorder('run-1', { onError: () => undefined, locked: true });
      await recorder.intent(waitingTarget(), {});
      await test.clock.pass(181_000);
      held(await test.store.acquireRunLock({ runId: 'run-2' }));
      await expect(recorder.intent(waitingTarget(), {})).rejects.toMatchObject({
        code: 'store-lost',
        message: expect.stringContaining('the run run-2 has it now'),
      });
      await recorder.close();
      expect(await allOf(test.store.eventsOf('run-1'))).toHaveLength(1);
    });
  });

  describe.each([
    [
      'on another machine',
      { host: 'elsewhere', pid: 999, processStart: 'far/1', pidSpace: 'far/pid:1', timeSpace: 'far/time:1' },
    ],
    ['of whom the system says nothing', { pid: 999, processStart: null, pidSpace: null, timeSpace: null }],
    ['of an earlier version', { pid: 999, processStart: 'boot/9', pidSpace: null, timeSpace: null }],
  ])('of an owner %s', (_, owner) => {
    it('are held as long as its last sign of life is not old', async () => {
      const far = await as(owner);
      held(await far.acquireRunLock({ runId: 'run-1' }));
      await test.clock.pass(180_000);
      const watched: unknown[] = [];
      const lock = await test.store.acquireRunLock({ runId: 'run-2', onWatch: (holder) => watched.push(holder) });
      expect([lock.ok, watched]).toEqual([false, []]);
    });

    /** Asks for the run lock and lets time pass until the answer is there. */
    const watch = async (then: (passed: number) => Promise<void> = async () => {}): Promise<[LockResult, number]> => {
      let answer: LockResult | undefined;
      let passed = 0;
      test.clock.setBy(10_800_000);
      const said: unknown[] = [];
      const asked = test.store.acquireRunLock({ runId: 'run-2', onWatch: (holder) => said.push(holder) });
      void asked.then((result) => (answer = result));
      // A database answers in its own time; none passes meanwhile.
      const untilItWaits = async (): Promise<void> => {
        while (answer === undefined && test.clock.waiting === 0) await new Promise((resolve) => setImmediate(resolve));
      };
      await untilItWaits();
      expect(said).toMatchObject([{ runId: 'run-1', heardOf: testStart }]);
      for (; answer === undefined; passed += 1_000) {
        await then(passed);
        await test.clock.pass(1_000);
        await untilItWaits();
      }
      return [answer, passed];
    };

    it('are watched when it looks old, and taken over after three minutes of silence', async () => {
      const far = await as(owner);
      const lock = held(await far.acquireRunLock({ runId: 'run-1' }));
      const [taken, passed] = await watch();
      expect([taken.ok, passed]).toEqual([true, 181_000]);
      expect(await lock.heartbeat()).toBe(false);
    });

    it('are left to it at its first heartbeat', async () => {
      const far = await as(owner);
      const lock = held(await far.acquireRunLock({ runId: 'run-1' }));
      const [taken, passed] = await watch(async (at) => void (at === 30_000 && (await lock.heartbeat())));
      expect([taken.ok, passed <= 40_000]).toEqual([false, true]);
      expect(await lock.heartbeat()).toBe(true);
    });

    it('are left to it when the watch is ended', async () => {
      const far = await as(owner);
      held(await far.acquireRunLock({ runId: 'run-1' }));
      test.clock.setBy(10_800_000);
      const stop = new AbortController();
      const asked = test.store.acquireRunLock({ runId: 'run-2', onWatch: () => stop.abort(), signal: stop.signal });
      expect((await asked).ok).toBe(false);
    });
  });

  it('of an earlier version are held by a process that is there with the same start', async () => {
    alive.set(300, 'boot/3');
    const old = await as({ pid: 300, processStart: 'boot/3', pidSpace: null, timeSpace: null });
    held(await old.acquireRunLock({ runId: 'run-1' }));
    await test.clock.pass(10_800_000);
    const lock = await test.store.acquireRunLock({ runId: 'run-2' });
    expect(lock).toMatchObject({ ok: false, holder: { heardOf: null } });
  });

  describe('of runs that are on record as running', () => {
    const begin = async (id: string, owner: Owner, locked: boolean, change: object = {}): Promise<void> => {
      const store = await as(owner);
      if (locked) held(await store.acquireRunLock({ runId: id }));
      const run = newRun(id);
      await store.beginRun({ ...run, summary: { ...run.summary, ...change } });
    };
    const other: Owner = { pid: 200, host: 'night', processStart: 'boot/2', ...here };
    const cutOff = async (): Promise<string[]> => [...(await test.store.cutOffRuns())];

    it('tell which were cut off: those whose owner is dead, not those that live or have ended', async () => {
      await begin('writes', other, true);
      expect(await cutOff()).toEqual([]);
      alive.delete(200);
      expect(await cutOff()).toEqual(['writes']);
      // Its number was given to another process.
      alive.set(200, 'boot/3');
      expect(await cutOff()).toEqual(['writes']);
    });

    it('change nothing by being asked about', async () => {
      await begin('writes', other, true);
      alive.delete(200);
      await cutOff();
      alive.set(200, 'boot/2');
      expect((await test.store.acquireRunLock({ runId: 'next' })).ok).toBe(false);
    });

    it('a run that writes and has lost its lock was cut off; one that only reads is judged by its process', async () => {
      await begin('writes', other, false);
      await begin('plans', other, false, { dryRun: true });
      await begin('reads', other, false, { profile: null });
      expect(await cutOff()).toEqual(['writes']);
      alive.delete(200);
      expect((await cutOff()).sort()).toEqual(['plans', 'reads', 'writes']);
    });

    it('in another container by the silence of its lock; one that holds none is taken to live', async () => {
      const there = { ...other, pidSpace: 'boot/pid:2' };
      await begin('writes', there, true);
      await begin('reads', there, false, { profile: null });
      alive.delete(200);
      expect(await cutOff()).toEqual([]);
      test.clock.setBy(10_800_000);
      expect(await cutOff()).toEqual([]);
      await test.clock.pass(181_000);
      expect(await cutOff()).toEqual(['writes']);
    });

    it('on another machine nothing tells', async () => {
      const far = { ...other, host: 'day', pidSpace: 'far/pid:1', timeSpace: 'far/time:1', processStart: 'far/2' };
      await begin('writes', far, true);
      await begin('reads', far, false, { profile: null });
      await test.clock.pass(10_800_000);
      expect(await cutOff()).toEqual([]);
    });
  });
});
