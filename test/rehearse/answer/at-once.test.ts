import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mostAtOnce, peakOf, type Span } from '../../../src/rehearse/answer/at-once.js';

const span = (place: string, from: number, to: number): Span => ({ place, from, to });
const iso = (at: number): string => new Date(at).toISOString();

describe('the most at once', () => {
  it('is told for everywhere, then place by place, the most first', () => {
    const told = mostAtOnce([
      span('Bern', 0, 10),
      span('Basel', 0, 30),
      span('Basel', 5, 20),
      span('Aarau', 8, 9),
      // Begins when another ends.
      span('Bern', 10, 20),
    ]);
    expect(told).toEqual([
      { place: null, phones: 4, at: iso(8) },
      { place: 'Basel', phones: 2, at: iso(5) },
      { place: 'Aarau', phones: 1, at: iso(8) },
      { place: 'Bern', phones: 1, at: iso(0) },
    ]);
  });

  it('is nothing where nothing lasts', () => {
    expect(mostAtOnce([])).toEqual([]);
    expect(peakOf([])).toEqual({ much: 0, at: 0 });
  });

  it('is told of twenty places at most, the fullest ones', () => {
    const spans = Array.from({ length: 30 }, (_, place) =>
      Array.from({ length: place + 1 }, () => span(`place ${place}`, 0, 1)),
    ).flat();
    const told = mostAtOnce(spans);
    expect(told).toHaveLength(21);
    expect(told[0]).toMatchObject({ place: null, phones: 465 });
    expect(told.slice(1).map(({ phones }) => phones)).toEqual(Array.from({ length: 20 }, (_, index) => 30 - index));
  });

  it('is what counting at every moment finds', () => {
    const anySpan = fc.record({
      from: fc.nat(40),
      lasts: fc.integer({ min: 1, max: 20 }),
      much: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(anySpan, { minLength: 1, maxLength: 25 }), (given) => {
        const spans = given.map(({ from, lasts, much }) => ({ from, to: from + lasts, much }));
        const at = (moment: number): number =>
          spans.reduce((sum, { from, to, much }) => sum + (from <= moment && moment < to ? much : 0), 0);
        const counted = Array.from({ length: 61 }, (_, moment) => at(moment));
        const peak = peakOf(spans);
        expect(peak.much).toBe(Math.max(...counted));
        // When it is first so.
        expect(peak.at).toBe(counted.indexOf(peak.much));
      }),
    );
  });
});
