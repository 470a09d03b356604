import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseAssumption } from '../../../src/domain/rehearsal/assumptions.js';
import { BusyShares } from '../../../src/rehearse/model/busy-shares.js';
import { Calls } from '../../../src/rehearse/model/calls.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** A Tuesday. */
const since = Date.parse('2026-12-01T22:00Z');

function sharesOf(...texts: string[]): BusyShares {
  const shares = texts.map((text) => parseAssumption(`busy:${text}`));
  return new BusyShares(
    shares.flatMap((one) => (one.name === 'busy' ? [one.value] : [])),
    'UTC',
  );
}

/** Looks every so many ms, from an hour of the night on; the share of looks at which a phone was in a call. */
function seenBusy(shares: BusyShares, phones: number, from: number, to: number): number {
  let [busy, looks] = [0, 0];
  for (let phone = 0; phone < phones; phone += 1) {
    const calls = new Calls(1, `phone ${phone}`, shares, 4 * minuteMs, since);
    for (let at = from; at < to; at += 5 * minuteMs) {
      looks += 1;
      if (calls.isBusy(at)) busy += 1;
    }
  }
  return busy / looks;
}

describe('calls', () => {
  it.each([1, 10, 50, 90])('take a phone %d%% of its time, from the first look to the last', (percent) => {
    const shares = sharesOf(`${percent}%`);
    for (const hour of [0, 3, 7]) {
      const seen = seenBusy(shares, percent < 50 ? 800 : 150, since + hour * hourMs, since + (hour + 1) * hourMs);
      expect(Math.abs(seen * 100 - percent)).toBeLessThan(0.5 + percent / 12);
    }
  });

  it('begin and end with their hours', () => {
    const shares = sharesOf('0%', '100% Wed 07:00-08:00');
    const morning = Date.parse('2026-12-02T07:00Z');
    expect(seenBusy(shares, 50, since, morning)).toBe(0);
    expect(seenBusy(shares, 50, morning, morning + hourMs)).toBe(1);
    expect(seenBusy(shares, 50, morning + hourMs, morning + 3 * hourMs)).toBe(0);
  });

  it('last as long as is said, on average', () => {
    const shares = sharesOf('20%');
    const lengths: number[] = [];
    for (let phone = 0; phone < 200; phone += 1) {
      const calls = new Calls(3, `phone ${phone}`, shares, 4 * minuteMs, since);
      let began: number | null = null;
      for (let at = since; at < since + 8 * hourMs; at += 10_000) {
        const busy = calls.isBusy(at);
        if (busy && began === null && at > since) began = at;
        if (busy || began === null) continue;
        lengths.push(at - began);
        began = null;
      }
    }
    const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    expect(mean / minuteMs).toBeGreaterThan(3.8);
    expect(mean / minuteMs).toBeLessThan(4.2);
  });

  it('are the same however often somebody looks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 * hourMs }), { maxLength: 20 }),
        fc.integer({ min: 0, max: 9 * hourMs }),
        fc.nat(1_000),
        (looks, last, seed) => {
          const shares = sharesOf('30%', '70% 23:00-01:00');
          const [seldom, often] = [0, 1].map(() => new Calls(seed, 'a phone', shares, 4 * minuteMs, since));
          for (const look of looks.filter((one) => one < last).sort((a, b) => a - b)) often!.isBusy(since + look);
          expect(often!.isBusy(since + last)).toBe(seldom!.isBusy(since + last));
        },
      ),
    );
  });
});
