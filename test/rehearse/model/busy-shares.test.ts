import { describe, expect, it } from '@jest/globals';
import { parseAssumption } from '../../../src/domain/rehearsal/assumptions.js';
import { BusyShares } from '../../../src/rehearse/model/busy-shares.js';

function sharesOf(zone: string, ...texts: string[]): (at: string) => number {
  const read = texts.map((text) => parseAssumption(`busy:${text}`));
  const shares = new BusyShares(
    read.flatMap((one) => (one.name === 'busy' ? [one.value] : [])),
    zone,
  );
  return (at) => shares.at(Date.parse(at));
}

describe('the share of phones in a call', () => {
  it('is that of the hour, by the clocks of the zone, to the minute', () => {
    const at = sharesOf('Europe/Berlin', '1%', '10% Mon-Fri 07:00-19:00');
    // A Tuesday in winter, a Tuesday in summer, a Sunday.
    expect(at('2026-12-01T05:59:59.999Z')).toBe(0.01);
    expect(at('2026-12-01T06:00:00Z')).toBe(0.1);
    expect(at('2026-12-01T17:59:59Z')).toBe(0.1);
    expect(at('2026-12-01T18:00:00Z')).toBe(0.01);
    expect(at('2026-07-07T05:00:00Z')).toBe(0.1);
    expect(at('2026-12-06T10:00:00Z')).toBe(0.01);
    // Asked for again, and for an earlier time.
    expect(at('2026-12-01T06:00:30Z')).toBe(0.1);
    expect(at('2026-12-01T05:59:00Z')).toBe(0.01);
  });

  it('is the largest of those whose hours these are, also where that of all others is larger', () => {
    const at = sharesOf('UTC', '50%', '5% 06:00-18:00', '20% 12:00-14:00', '10% 13:00-15:00');
    expect(['05:00', '06:00', '12:30', '13:30', '14:30', '18:00'].map((time) => at(`2026-12-01T${time}Z`))).toEqual([
      0.5, 0.05, 0.2, 0.2, 0.1, 0.5,
    ]);
  });

  it('is none at hours that nothing is said of', () => {
    const at = sharesOf('UTC', '10% Mon-Fri 07:00-19:00');
    expect(at('2026-12-01T22:00Z')).toBe(0);
    expect(sharesOf('UTC')('2026-12-01T22:00Z')).toBe(0);
  });
});
