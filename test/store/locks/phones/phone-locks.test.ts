import { rmSync, statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Owner, Processes } from '../../../../src/store/locks/owner.js';
import { openPhoneLocks, type PhoneLocksOptions } from '../../../../src/store/locks/phones/open-phone-locks.js';
import type { PhoneLocks } from '../../../../src/store/locks/phones/phone-locks.js';
import { temporaryFolder } from '../../../support/command/temporary-folder.js';
import { StandingClock, testStart } from '../../support/standing-clock.js';

describe('the locks of phones on this machine', () => {
  const mac = '00CCFC123456';
  const here = { pidSpace: 'boot/pid:1', timeSpace: 'boot/time:1' };
  const ours: Owner = { pid: 100, host: 'night', processStart: 'boot/1', ...here };
  const theirs: Owner = { pid: 200, host: 'night', processStart: 'boot/2', ...here };
  const alive = new Map<number, string>();
  const processes: Processes = {
    isAlive: (pid) => alive.has(pid),
    startOf: (pid) => alive.get(pid) ?? null,
    sinceBoot: () => clock.monotonic(),
  };
  let folder: ReturnType<typeof temporaryFolder>;
  let clock: StandingClock;
  let opened: PhoneLocks[];
  const open = async (runId: string, owner: Owner, more: Partial<PhoneLocksOptions> = {}): Promise<PhoneLocks> => {
    const locks = await openPhoneLocks({ folder: folder.file('locks'), runId, clock, processes, owner, ...more });
    opened.push(locks);
    return locks;
  };
  const die = (owner: Owner): void => void alive.delete(owner.pid);

  beforeEach(() => {
    folder = temporaryFolder();
    clock = new StandingClock();
    opened = [];
    for (const { pid, processStart } of [ours, theirs]) alive.set(pid, processStart ?? '');
  });
  afterEach(() => {
    for (const locks of opened) locks.close();
    folder.remove();
  });

  it('are had by one run, which may ask again; the other is told who has the phone and since when', async () => {
    const one = await open('run-1', ours);
    const other = await open('run-2', theirs);
    await clock.pass(60_000);
    expect([one.claim(mac), one.claim(mac)]).toEqual([null, null]);
    const since = new Date(Date.parse(testStart) + 60_000).toISOString();
    expect(other.claim(mac)).toEqual({ runId: 'run-1', pid: 100, host: 'night', since, heardOf: null });
    expect(other.claim('00CCFC000001')).toBeNull();
    one.assertHeld(mac);
    expect(() => other.assertHeld(mac)).toThrow(expect.objectContaining({ code: 'store-lost' }));
  });

  it('are had together: those that are free, and those that are ours', async () => {
    const one = await open('run-1', ours);
    const other = await open('run-2', theirs);
    other.claim('B');
    one.claim('C');
    expect(one.claimAll(['A', 'B', 'C'])).toEqual([null, expect.objectContaining({ runId: 'run-2' }), null]);
    for (const each of ['A', 'C']) one.assertHeld(each);
    expect(other.claimAll(['A', 'B'])).toEqual([expect.objectContaining({ runId: 'run-1' }), null]);
  });

  it('are given back one by one, each by its owner only, and all when a run closes', async () => {
    const one = await open('run-1', ours);
    const other = await open('run-2', theirs);
    for (const each of ['A', 'B', 'C']) one.claim(each);
    other.release('A');
    expect(other.claim('A')).not.toBeNull();
    one.release('A');
    expect(other.claim('A')).toBeNull();
    expect(other.claim('B')).not.toBeNull();
    one.close();
    expect([other.claim('B'), other.claim('C')]).toEqual([null, null]);
    // Journeys may still end after their run.
    one.release('A');
    expect(other.claim('A')).toBeNull();
  });

  it('of a dead run are free at once, those it had when another entered and those of one that died since', async () => {
    const dead = await open('run-1', theirs);
    dead.claim('A');
    die(theirs);
    const heir = await open('run-2', ours);
    expect(heir.claim('A')).toBeNull();
    alive.set(300, 'boot/3');
    const third = await open('run-3', { ...theirs, pid: 300, processStart: 'boot/3' });
    third.claim('B');
    expect(heir.claim('B')).not.toBeNull();
    alive.set(300, 'boot/4');
    expect(heir.claim('B')).toBeNull();
    // Should it live after all, it notices.
    expect(() => third.assertHeld('B')).toThrow('had sent no heartbeat');
  });

  it('of a run that was killed go to the one that goes on with it', async () => {
    (await open('run-1', theirs)).claim(mac);
    die(theirs);
    expect((await open('run-1', ours)).claim(mac)).toBeNull();
  });

  describe('of a run in another container', () => {
    const container: Owner = { ...theirs, pid: 1, pidSpace: 'boot/pid:2' };

    it('are its own as long as its heart beats, wherever the clock of the machine is set', async () => {
      const inside = await open('run-1', container);
      inside.claim(mac);
      const outside = await open('run-2', ours);
      clock.setBy(10_800_000);
      expect(outside.claim(mac)).toMatchObject({ runId: 'run-1', pid: 1, heardOf: testStart });
      await clock.pass(150_000);
      inside.heartbeat();
      await clock.pass(180_000);
      expect(outside.claim(mac)).not.toBeNull();
      inside.assertHeld(mac);
    });

    it('are free after three minutes of silence, and it writes no more', async () => {
      const inside = await open('run-1', container);
      inside.claim(mac);
      const outside = await open('run-2', ours);
      await clock.pass(180_001);
      outside.heartbeat();
      expect(outside.claim(mac)).toBeNull();
      expect(() => inside.assertHeld(mac)).toThrow('had sent no heartbeat');
      await open('run-3', { ...ours, pid: 200, processStart: 'boot/2' });
      expect(() => inside.heartbeat()).toThrow(expect.objectContaining({ code: 'store-lost' }));
      expect(() => inside.claim('another')).toThrow('had sent no heartbeat');
    });
  });

  describe('of a run of which nothing can be known', () => {
    const far: Owner = { pid: 7, host: 'elsewhere', processStart: null, pidSpace: null, timeSpace: null };

    it('are its own, and are watched for three minutes by whoever comes when it seems silent', async () => {
      (await open('run-1', far)).claim(mac);
      const recent = await open('run-2', ours);
      expect(recent.claim(mac)).toMatchObject({ runId: 'run-1', heardOf: testStart });
      clock.setBy(10_800_000);
      const watched: string[] = [];
      let later: PhoneLocks | undefined;
      let meanwhile = 0;
      void open('run-3', theirs, {
        onWatch: ({ runId }) => watched.push(runId),
        meanwhile: async () => (meanwhile += 1),
      }).then((locks) => (later = locks));
      let passed = 0;
      for (; later === undefined; passed += 1_000) await clock.pass(1_000);
      expect([watched, passed]).toEqual([['run-1'], 181_000]);
      expect(meanwhile).toBeGreaterThan(30);
      expect(later.claim(mac)).toBeNull();
    });

    it('are not watched where it has none', async () => {
      await open('run-1', far);
      clock.setBy(10_800_000);
      const watched: string[] = [];
      await open('run-2', ours, { onWatch: ({ runId }) => watched.push(runId) });
      expect(watched).toEqual([]);
    });
  });

  it('cannot be told any more once their file is gone: then none is given, and none is held', async () => {
    const one = await open('run-1', ours);
    one.claim(mac);
    rmSync(folder.file('locks/locks-1.db'));
    const lost = expect.objectContaining({ code: 'store-lost' });
    expect(() => one.claim('00CCFC000001')).toThrow(lost);
    expect(() => one.assertHeld(mac)).toThrow(lost);
    // Whoever reads it looks for a folder of locks, not for a store.
    expect(() => one.assertHeld(mac)).toThrow(/^The locks in .*deleted or replaced.*--lock-folder/);
    expect(() => one.heartbeat()).toThrow(lost);
    expect(() => one.close()).toThrow(lost);
    opened = [];
  });

  it('of ten thousand phones are less than two megabytes', async () => {
    const one = await open('run-1', ours);
    for (let number = 0; number < 10_000; number += 1) one.claim(`00CCFC${String(number).padStart(6, '0')}`);
    const sizes = ['', '-wal'].map((ending) => statSync(folder.file(`locks/locks-1.db${ending}`)).size);
    expect(sizes[0] ?? 0).toBeGreaterThan(100_000);
    expect((sizes[0] ?? 0) + (sizes[1] ?? 0)).toBeLessThan(2_000_000);
  });
});
