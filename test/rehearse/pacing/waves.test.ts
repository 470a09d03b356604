import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { runs } from '../../support/depth.js';
import { anyFleet, anyLuck, anySeed } from '../../support/rehearsal/any-fleet.js';
import { playAll, turnsOf } from '../../support/rehearsal/played-nights.js';
import { rehearsalParts } from '../../support/rehearsal/small-fleet.js';

interface AskedWaves {
  text: string;
  /** How many phones each wave has of so many. */
  sizes: (total: number) => number[];
}

const upTo = (percent: number, total: number): number => Math.ceil((percent * total) / 100);

/** Computed here once more, by hand. */
const asked: AskedWaves[] = [
  { text: '1,4', sizes: (total) => [1, 4, total - 5] },
  { text: '2,50%,100%', sizes: (total) => [2, upTo(50, total) - 2, total - upTo(50, total)] },
  { text: '25%,50%,75%', sizes: (total) => [25, 50, 75, 100].map((to) => upTo(to, total) - upTo(to - 25, total)) },
];

describe('waves', () => {
  it('come one after the other, as large as asked, each after a phone that was proven', async () => {
    const seen = { later: 0, replaced: 0, stopped: 0, accepted: 0 };
    await fc.assert(
      fc.asyncProperty(
        anyFleet({ least: 12 }),
        anyLuck,
        anySeed,
        fc.constantFrom(...asked),
        fc.boolean(),
        fc.constantFrom(1, 4, Infinity),
        async (phones, assume, seed, { text, sizes }, accepts, maxUpgrading) => {
          const accept = accepts ? (['silent-after-upgrading'] as const) : [];
          const parts = rehearsalParts({ phones, assume, waves: text, accept, maxUpgrading });
          const { first, nights } = await playAll(parts, { seed });
          const [night] = nights;
          const waiting = night!.events.filter((event) => event.event === 'state' && event.state === 'waiting').length;
          if (waiting < 8) return;
          const waveOf = new Map(first.phones.map(({ phone, wave }) => [phone.address, wave ?? 0]));
          const turns = turnsOf(night!);
          const written = turns.filter(({ is }) => is === 'written');
          const touched = new Set(written.map(({ address }) => address));
          const good = new Set<number>();
          const ended = new Set<string>();
          for (const turn of turns) {
            if (turn.is === 'tripped') continue;
            const wave = waveOf.get(turn.address)!;
            if (turn.is === 'ended') {
              ended.add(turn.address);
              const { outcome, failure } = turn.event;
              if (outcome === 'done' || (accepts && failure === 'silent-after-upgrading')) good.add(wave);
              if (accepts && failure === 'silent-after-upgrading') seen.accepted += 1;
              continue;
            }
            // Every phone of the waves before it has ended, and of the last of them that was written to, one is good.
            const before = first.phones.filter((one) => (one.wave ?? 0) > 0 && (one.wave ?? 0) < wave);
            expect(before.filter(({ phone }) => !ended.has(phone.address))).toEqual([]);
            const those = written.map(({ address }) => waveOf.get(address ?? '')!).filter((one) => one < wave);
            if (those.length === 0) continue;
            expect([...good]).toContain(Math.max(...those));
            seen.later += 1;
          }
          const wanted = sizes(waiting);
          const counts = wanted.map(
            (_, index) => [...touched].filter((one) => waveOf.get(one ?? '') === index + 1).length,
          );
          const untouched = (most: number): number =>
            first.phones.filter(({ wave, phone }) => (wave ?? 0) > 0 && (wave ?? 0) <= most && !phone.touched).length;
          const sumTo = (numbers: readonly number[], most: number): number =>
            numbers.slice(0, most).reduce((sum, count) => sum + count, 0);
          const last = counts.findLastIndex((count) => count > 0);
          for (const [index, count] of counts.entries()) {
            expect(count).toBeLessThanOrEqual(wanted[index]!);
            // Where the run has gone on, a phone to which nothing was written has been replaced by one of the next wave, which has one less then.
            const least = sumTo(wanted, index + 1) - untouched(index);
            if (index < last) expect(sumTo(counts, index + 1)).toBeGreaterThanOrEqual(least);
          }
          expect(counts.reduce((sum, count) => sum + count, 0)).toBe(touched.size);
          if (turns.some(({ is }) => is === 'tripped')) seen.stopped += 1;
          if (first.phones.some(({ wave, phone }) => wave === 1 && !phone.touched)) seen.replaced += 1;
        },
      ),
      { seed: 20_261_204, numRuns: runs(40, 500) },
    );
    for (const [what, times] of Object.entries(seen)) expect([what, times > 0]).toEqual([what, true]);
  });
});
