import { describe, expect, it } from '@jest/globals';
import { type Log, silentLog } from '../../../src/domain/ports/log.js';
import { heedWishes } from '../../../src/fleet/run/heed-wishes.js';
import { PauseControl } from '../../../src/fleet/pause-control.js';
import { StopControl } from '../../../src/fleet/stop-control.js';
import type { AskedWish, Wish } from '../../../src/store/store-rows.js';
import { StoreError } from '../../../src/store/store-error.js';
import { FakeClock } from '../support/fake-clock.js';

/** A run that reads its wishes from here. */
function heeding() {
  const clock = new FakeClock();
  const [stop, pause] = [new StopControl(), new PauseControl(clock)];
  const said: string[] = [];
  const log: Log = { ...silentLog, warn: (text) => void said.push(text) };
  const shown = { wish: null as AskedWish | null, trouble: false, asked: 0 };
  const store = {
    wishFor: async (runId: string): Promise<AskedWish | null> => {
      expect(runId).toBe('run-1');
      shown.asked += 1;
      if (shown.trouble) throw new StoreError('store-broken', 'the disk is gone');
      return shown.wish;
    },
  };
  const end = heedWishes({ store, runId: 'run-1', clock, log, stop, pause });
  const wish = (one: Wish, by = 'the dashboard'): void => {
    shown.wish = { wish: one, at: '2026-01-15T01:00:00.000Z', by };
  };
  return { clock, stop, pause, said, shown, wish, end };
}

describe('what is wished of a run', () => {
  it('is read every two seconds, and pauses and continues it', async () => {
    const run = heeding();
    await run.clock.pass(9_000);
    expect([run.shown.asked, run.said, run.pause.isPaused]).toEqual([4, [], false]);
    run.wish('pause');
    await run.clock.pass(6_000);
    expect(run.pause.isPaused).toBe(true);
    run.wish('continue');
    await run.clock.pass(6_000);
    expect(run.pause.isPaused).toBe(false);
    expect(run.said).toEqual([
      'the run is paused: no further phone is written to until it is continued',
      'the run is continued',
    ]);
    run.end();
    const { asked } = run.shown;
    await run.clock.pass(60_000);
    expect(run.shown.asked).toBe(asked);
  });

  it('stops it as one ctrl-C does, however often it is asked for', async () => {
    const run = heeding();
    run.wish('stop', 'alice');
    await run.clock.pass(60_000);
    expect([run.stop.gently.aborted, run.stop.now.aborted, run.stop.reason]).toEqual([
      true,
      false,
      'asked to stop by alice',
    ]);
    expect(run.said).toHaveLength(1);
    run.end();
  });

  it('is no second ctrl-C for a run that winds down already', async () => {
    const run = heeding();
    run.stop.request('SIGINT');
    run.wish('stop');
    await run.clock.pass(10_000);
    run.wish('pause');
    await run.clock.pass(10_000);
    expect([run.stop.now.aborted, run.stop.reason, run.pause.isPaused, run.said]).toEqual([false, 'SIGINT', false, []]);
    run.end();
  });

  it('and cannot be read changes nothing, is told once, and is heeded when it can be read again', async () => {
    const run = heeding();
    run.shown.trouble = true;
    await run.clock.pass(60_000);
    expect(run.said).toEqual(['what is wished of the run from beside it cannot be read; the run goes on']);
    expect([run.pause.isPaused, run.stop.gently.aborted]).toEqual([false, false]);
    run.shown.trouble = false;
    run.wish('pause');
    await run.clock.pass(4_000);
    expect(run.pause.isPaused).toBe(true);
    run.end();
  });

  it('is not heeded by a run that has ended while it was read', async () => {
    const run = heeding();
    run.wish('stop');
    run.clock.after(2_000, () => run.end());
    await run.clock.pass(2_000);
    expect(run.stop.gently.aborted).toBe(false);
  });
});
