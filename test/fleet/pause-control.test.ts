import { describe, expect, it } from '@jest/globals';
import { type PauseChange, PauseControl } from '../../src/fleet/pause-control.js';
import { StopControl } from '../../src/fleet/stop-control.js';
import { FakeClock } from './support/fake-clock.js';

describe('a pause', () => {
  it('lasts until the run is continued; asking twice changes nothing', async () => {
    const clock = new FakeClock();
    const pause = new PauseControl(clock);
    const changes: PauseChange[] = [];
    pause.onChange((change) => changes.push(change));
    expect([pause.isPaused, pause.since]).toEqual([false, null]);
    pause.continue('nobody');
    const at = clock.now();
    pause.pause('a');
    await clock.pass(5_000);
    pause.pause('b');
    expect([pause.isPaused, pause.since]).toEqual([true, at]);
    pause.continue('c');
    pause.continue('d');
    expect([pause.isPaused, pause.since]).toEqual([false, null]);
    expect(changes).toEqual([
      { event: 'paused', by: 'a' },
      { event: 'continued', by: 'c' },
    ]);
  });

  it('tells for how long it was, in all and since a moment, whatever the machine’s clock is set to', async () => {
    const clock = new FakeClock();
    const pause = new PauseControl(clock);
    pause.pause('a');
    await clock.pass(10_000);
    const middle = clock.monotonic();
    clock.setBy(3_600_000);
    await clock.pass(10_000);
    pause.continue('a');
    await clock.pass(60_000);
    pause.pause('a');
    await clock.pass(1_000);
    expect([pause.pausedMs(), pause.pausedMs(middle), pause.pausedMs(clock.monotonic())]).toEqual([21_000, 11_000, 0]);
  });

  it('ends the waiting of all: when it is over, by a stop, and after a minute for a look', async () => {
    const clock = new FakeClock();
    const pause = new PauseControl(clock);
    const stop = new StopControl();
    // There is no timer that could end these.
    await Promise.all([pause.wait(stop), pause.over(stop)]);
    pause.pause('a');
    const began = clock.monotonic();
    await clock.run(pause.wait(stop));
    expect(clock.monotonic() - began).toBe(60_000);
    const over = pause.over(stop);
    void clock.wait(600_000).then(() => pause.continue('a'));
    await clock.run(over);
    expect(clock.monotonic() - began).toBe(660_000);
    pause.pause('a');
    const both = Promise.all([pause.wait(stop), pause.over(stop)]);
    stop.request('SIGINT');
    await both;
    expect([clock.monotonic() - began, pause.isPaused]).toEqual([660_000, true]);
    await pause.wait(stop);
  });
});
