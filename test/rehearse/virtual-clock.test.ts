import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sleep } from '../../src/domain/ports/clock.js';
import { grainFor, grainMs, VirtualClock } from '../../src/rehearse/virtual-clock.js';

const start = Date.parse('2026-12-01T22:00Z');

/** Enough of them that they wait in no simple order. */
const anyWaits = fc.array(
  fc.integer({ min: 0, max: 50_000 }).map((tenths) => tenths / 10),
  { minLength: 1, maxLength: 60, size: 'max' },
);

it('has a grain that is a small part of a look', () => {
  expect([0, 20, 200, 700, 5_000].map(grainFor)).toEqual([10, 10, 30, 100, 100]);
});

describe('the virtual clock', () => {
  it('lets eight hours pass at once', async () => {
    const clock = new VirtualClock(start);
    await clock.until(sleep(clock, 8 * 3_600_000));
    expect(new Date(clock.now()).toISOString()).toBe('2026-12-02T06:00:00.000Z');
    expect(clock.monotonic()).toBe(clock.now());
  });

  it('calls everything when it is due, in order, and what is due together in the order in which it was asked for', async () => {
    await fc.assert(
      fc.asyncProperty(anyWaits, async (waits) => {
        const clock = new VirtualClock(start);
        const called: { index: number; at: number }[] = [];
        for (const [index, ms] of waits.entries()) clock.after(ms, () => void called.push({ index, at: clock.now() }));
        await clock.until(sleep(clock, 6_000));
        expect(called.map(({ index }) => index).sort((a, b) => a - b)).toEqual([...waits.keys()]);
        for (const [place, { index, at }] of called.entries()) {
          const due = start + Math.max(1, waits[index]!);
          expect(at).toBeGreaterThanOrEqual(due);
          expect(at - due).toBeLessThan(grainMs);
          const before = called[place - 1];
          if (before) expect(before.at < at || (before.at === at && before.index < index)).toBe(true);
        }
      }),
    );
  });

  it('calls no one who has withdrawn, also at the same moment', async () => {
    const clock = new VirtualClock(start);
    const called: string[] = [];
    const withdraw = clock.after(100, () => void called.push('withdrawn before'));
    clock.after(200, () => {
      called.push('first');
      withdrawn();
    });
    const withdrawn = clock.after(200, () => void called.push('withdrawn just now'));
    withdraw();
    await clock.until(sleep(clock, 500));
    expect(called).toEqual(['first']);
  });

  it('waits for what is asked for by what it has called, and for turns of the event loop in between', async () => {
    const clock = new VirtualClock(start);
    const work = (async () => {
      await sleep(clock, 1_000);
      await turn();
      await sleep(clock, 1_000);
      return clock.now() - start;
    })();
    expect(await clock.until(work)).toBe(2_000);
  });

  it('ends with the work, and leaves what is due later for the next', async () => {
    const clock = new VirtualClock(start);
    let later = false;
    clock.after(3_000, () => void (later = true));
    await clock.until(sleep(clock, 1_000));
    expect([clock.now() - start, later]).toEqual([1_000, false]);
    await clock.until(sleep(clock, 5_000));
    expect(later).toBe(true);
  });

  it('throws what the work throws, and says when no time could ever bring it about', async () => {
    const clock = new VirtualClock(start);
    const failing = sleep(clock, 1_000).then(() => {
      throw new RangeError('no');
    });
    await expect(clock.until(failing)).rejects.toThrow(new RangeError('no'));
    await expect(clock.until(new Promise(() => {}))).rejects.toThrow('waits for something that is no matter of time');
  });
});
