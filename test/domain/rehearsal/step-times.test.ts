import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type StepTime, StepTimes, type TimedStep } from '../../../src/domain/rehearsal/step-times.js';

const guessMs = 900_000;
const load = 'sip88xx.14-2-1-0101-26';
const step: TimedStep = { step: 'convert', model: '8841', load };
const phones = Array.from({ length: 400 }, (_, index) => `phone ${index}`);

const history = (count: number, ms: number, change: Partial<StepTime> = {}): StepTime[] =>
  Array.from({ length: count }, (_, index) => ({ ...step, ms: ms + index, ...change }));

/** The times of four hundred phones. */
function timesOf(times: StepTimes, of: TimedStep = step): number[] {
  return phones.map((phone) => times.of(of, phone, 0));
}

describe('how long a phone is under way', () => {
  const license: TimedStep = { step: 'authorize', model: '8841', load: null };

  it('is what was measured until its proof, without the looks that it takes: two at a load, one at a license', () => {
    const known = [...history(5, 100_000), ...history(5, 50_000, { ...license })];
    const times = new StepTimes(known, guessMs, null, 1);
    const [load, row] = [step, license].map((of) => times.of(of, 'a', 0) - times.of(of, 'a', 10_000));
    expect([load, row]).toEqual([15_000, 5_000]);
    // However seldom it is looked at, half of it at least.
    expect(times.of(step, 'a', 1_000_000)).toBe(Math.round(times.of(step, 'a', 0) / 2));
  });

  it('is what is given, however often it is looked at', () => {
    const times = new StepTimes([], guessMs, 480_000, 1);
    expect(times.of(step, 'a', 60_000)).toBe(times.of(step, 'a', 0));
  });
});

describe('how long a step takes', () => {
  const all = [
    ...history(10, 100_000),
    ...history(10, 200_000, { load: 'another' }),
    ...history(10, 300_000, { model: '7841' }),
    ...history(10, 400_000, { step: 'upgrade' }),
  ];

  it('is as on phones of that model with that load, where there were enough', () => {
    const times = new StepTimes(all, guessMs, null, 1);
    const known = timesOf(times);
    // All of them, and nothing else.
    expect([...new Set(known)].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 10 }, (_, index) => 100_000 + index),
    );
    expect(Object.fromEntries(times.used)).toEqual({ 'model-and-load': 400 });
  });

  it('is as on that model with any load, then as on any phone in that step, else a guess', () => {
    const times = new StepTimes(all, guessMs, null, 1);
    const most = (of: Partial<TimedStep>): number => Math.max(...timesOf(times, { ...step, ...of }));
    expect(most({ load: 'a third' })).toBe(200_009);
    expect(most({ load: 'a third', model: '8865' })).toBe(300_009);
    expect(most({ step: 'upgrade', model: null, load: null })).toBe(400_009);
    expect(most({ step: 'load' })).toBeGreaterThan(guessMs);
    expect(Object.fromEntries(times.used)).toEqual({ model: 400, step: 800, guess: 400 });
  });

  it('takes four for too few, and five for enough', () => {
    const sourceOf = (count: number): string[] => {
      const times = new StepTimes(history(count, 100_000), guessMs, null, 1);
      timesOf(times);
      return [...times.used.keys()];
    };
    expect(sourceOf(4)).toEqual(['guess']);
    expect(sourceOf(5)).toEqual(['model-and-load']);
  });

  it('is spread by a fifth where it is a guess, or given; a license is quicker', () => {
    const range = (times: StepTimes, of: TimedStep): [number, number] => {
      const known = timesOf(times, of);
      return [Math.min(...known), Math.max(...known)];
    };
    const within = ([least, most]: [number, number], ms: number): void => {
      expect(least).toBeGreaterThanOrEqual(0.8 * ms);
      expect(least).toBeLessThan(0.82 * ms);
      expect(most).toBeLessThanOrEqual(1.2 * ms);
      expect(most).toBeGreaterThan(1.18 * ms);
    };
    within(range(new StepTimes([], guessMs, null, 1), step), guessMs);
    within(range(new StepTimes([], guessMs, null, 1), { step: 'authorize', model: '8841', load: null }), 60_000);
    within(range(new StepTimes([], 20_000, null, 1), { step: 'authorize', model: '8841', load: null }), 20_000);
    // What is given counts before what is known, for steps that load firmware.
    const given = new StepTimes([...all, ...history(9, 5_000, { step: 'authorize', load: null })], guessMs, 480_000, 1);
    within(range(given, step), 480_000);
    expect(range(given, { step: 'authorize', model: '8841', load: null })).toEqual([5_000, 5_008]);
    expect(Object.fromEntries(given.used)).toEqual({ given: 400, 'model-and-load': 400 });
  });

  it('depends on the seed and the phone, and not on who was asked before, or the order of what is known', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.shuffledSubarray(phones),
        fc.shuffledSubarray(all, { minLength: all.length }),
        (seed, asked, known) => {
          const [one, other] = [new StepTimes(all, guessMs, null, seed), new StepTimes(known, guessMs, null, seed)];
          for (const phone of asked) other.of(step, phone, 0);
          expect(other.of(step, 'phone 7', 0)).toBe(one.of(step, 'phone 7', 0));
        },
      ),
    );
    const bySeed = [1, 2].map((seed) => timesOf(new StepTimes(all, guessMs, null, seed)));
    expect(bySeed[0]).not.toEqual(bySeed[1]);
  });
});
