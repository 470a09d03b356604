import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sleep } from '../../../src/domain/ports/clock.js';
import { Link } from '../../../src/rehearse/model/link.js';
import { grainMs, VirtualClock } from '../../../src/rehearse/virtual-clock.js';

const start = Date.parse('2026-12-01T22:00Z');

interface Fetch {
  /** ms after the start. */
  from: number;
  bytes: number;
}

/** When each download is through, in ms after the start. */
async function fetched(bitsPerSecond: number, fetches: readonly Fetch[]): Promise<number[]> {
  const clock = new VirtualClock(start);
  const link = new Link(bitsPerSecond, clock);
  const ends = fetches.map(async ({ from, bytes }) => {
    await sleep(clock, from);
    await new Promise<void>((resolve) => void link.fetch(bytes, resolve));
    return clock.now() - start;
  });
  return clock.until(Promise.all(ends));
}

/** The same by hand: from one change to the next, each of those under way has its even share. */
function shared(bitsPerSecond: number, fetches: readonly Fetch[]): number[] {
  const perMs = bitsPerSecond / 8 / 1_000;
  const left = fetches.map(({ bytes }) => bytes);
  const ends = fetches.map(() => Infinity);
  let now = 0;
  while (ends.includes(Infinity)) {
    const active = fetches.flatMap(({ from }, index) => (from <= now && ends[index] === Infinity ? [index] : []));
    const begins = Math.min(...fetches.map(({ from }) => (from > now ? from : Infinity)));
    const share = perMs / active.length;
    const through = now + Math.min(...active.map((index) => left[index]! / share), Infinity);
    const next = Math.min(begins, through);
    for (const index of active) {
      left[index]! -= share * (next - now);
      if (left[index]! < 1e-3) ends[index] = next;
    }
    now = next;
  }
  return ends;
}

const seconds = fc.integer({ min: 1, max: 200 }).map((second) => second * 1_000);
const anyFetches = fc.array(fc.record({ from: seconds, bytes: fc.integer({ min: 100_000, max: 90_000_000 }) }), {
  minLength: 1,
  maxLength: 12,
});
const anySpeed = fc.constantFrom(2e6, 10e6, 100e6, 1e9);

describe('a link', () => {
  it('takes one download at its speed', async () => {
    // 75 MB over 50 Mbit/s.
    expect(await fetched(50e6, [{ from: 1_000, bytes: 75e6 }])).toEqual([13_000]);
  });

  it('gives each of several an even share, and the last ones what the others leave', async () => {
    expect(
      await fetched(8e6, [
        { from: 1_000, bytes: 2e6 },
        { from: 1_000, bytes: 2e6 },
      ]),
    ).toEqual([5_000, 5_000]);
    // Both until 3 s, then the larger alone.
    expect(
      await fetched(8e6, [
        { from: 1_000, bytes: 1e6 },
        { from: 1_000, bytes: 3e6 },
      ]),
    ).toEqual([3_000, 5_000]);
    // One is half through when the other comes.
    expect(
      await fetched(8e6, [
        { from: 1_000, bytes: 4e6 },
        { from: 3_000, bytes: 1e6 },
      ]),
    ).toEqual([6_000, 5_000]);
  });

  it('is through when a reckoning by hand says so, whatever comes when', async () => {
    await fc.assert(
      fc.asyncProperty(anySpeed, anyFetches, async (speed, fetches) => {
        const ends = await fetched(speed, fetches);
        // Each change is up to a grain of the clock late.
        const late = grainMs * (2 * fetches.length + 1);
        for (const [index, end] of shared(speed, fetches).entries()) {
          expect(ends[index]!).toBeGreaterThan(end - 15);
          expect(ends[index]!).toBeLessThan(end + late);
        }
      }),
    );
  });

  it('never gives more than it has: the last is not through before all bytes can have come', async () => {
    await fc.assert(
      fc.asyncProperty(anySpeed, anyFetches, async (speed, fetches) => {
        const together = fetches.map(({ bytes }) => ({ from: 1_000, bytes }));
        const ends = await fetched(speed, together);
        const bytes = fetches.reduce((sum, one) => sum + one.bytes, 0);
        const least = 1_000 + ((bytes * 8) / speed) * 1_000;
        expect(Math.max(...ends)).toBeGreaterThan(least - 15);
        expect(Math.max(...ends)).toBeLessThan(least + grainMs * (fetches.length + 1));
        // And the smaller are through first.
        const bySize = [...together.keys()].sort((a, b) => together[a]!.bytes - together[b]!.bytes);
        expect(bySize.map((index) => ends[index]!)).toEqual([...ends].sort((a, b) => a - b));
      }),
    );
  });
});
