import { describe, expect, it } from '@jest/globals';
import type { PhoneNow, RunNow } from '../../../src/domain/progress/run-now.js';
import { timeLeft } from '../../../src/domain/progress/time-left.js';

const minute = 60_000;
const run = (more: Partial<RunNow>): RunNow => ({
  ...{ id: '', profile: 'any', dryRun: false, phase: 'migrate', startedAt: 0, now: 0 },
  survey: { targets: 10, probed: 10, found: 10, earlier: null },
  ...{ phones: [], slots: Number.POSITIVE_INFINITY, usualMs: null, goesOn: true },
  ...more,
});

/** A phone of this wave that is written to and ends at these instants (ms). */
interface Way {
  wave: number;
  from: number;
  to: number;
}

function phoneAt({ wave, from, to }: Way, now: number, index: number): PhoneNow {
  const key = String(index);
  const base = { key, address: key, mac: null, model: null, wave };
  if (now < from) return { ...base, state: 'waiting', writtenAt: null, endedAt: null };
  if (now < to) return { ...base, state: 'upgrading', writtenAt: from, endedAt: null };
  return { ...base, state: 'done', writtenAt: from, endedAt: to };
}

/** The ways of phones that take `took()` each, in waves of these sizes, so many at once. */
function waysOf(sizes: readonly number[], slots: number, took: () => number): Way[] {
  let start = 30_000;
  return sizes.flatMap((size, wave) => {
    const free = new Array<number>(Math.min(size, slots)).fill(start);
    const ways = Array.from({ length: size }, () => {
      free.sort((a, b) => a - b);
      const from = free.shift() ?? start;
      const to = from + took();
      free.push(to);
      return { wave, from, to };
    });
    start = Math.max(...ways.map(({ to }) => to));
    return ways;
  });
}

/** How many looks at such a run told a time, and how many of those were wrong by more than 2.5 times and half a minute. */
function judged(sizes: readonly number[], slots: number, took: () => number): { told: number; wrong: number } {
  const ways = waysOf(sizes, slots, took);
  const end = Math.max(...ways.map(({ to }) => to));
  const result = { told: 0, wrong: 0 };
  for (let now = 31_000; now < end; now += end / 200) {
    const left = timeLeft(run({ now, slots, phones: ways.map((way, index) => phoneAt(way, now, index)) }));
    if (left === null) continue;
    const wave = Math.min(...ways.filter(({ to }) => to > now).map((way) => way.wave));
    const until = left.until === 'run' ? end : Math.max(...ways.filter((way) => way.wave === wave).map(({ to }) => to));
    const truth = until - now;
    result.told += 1;
    if (left.ms > truth * 2.5 + 30_000 || left.ms < truth / 2.5 - 30_000) result.wrong += 1;
  }
  return result;
}

describe('the time that is left', () => {
  it.each([
    ['one wave', [200], 20],
    ['one wave, all at once', [200], Number.POSITIVE_INFINITY],
    ['canaries first', [1, 10, 40, 400], 20],
    ['canaries first, all at once', [1, 10, 40, 400], Number.POSITIVE_INFINITY],
    ['waves alike', [50, 50, 50], Number.POSITIVE_INFINITY],
  ])('is about right nearly always when it is told: %s', (_name, sizes, slots) => {
    let seed = 7;
    // A fleet whose phones take three to six minutes.
    const took = (): number => {
      seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32;
      return (3 + (3 * seed) / 2 ** 32) * minute;
    };
    const { told, wrong } = judged(sizes, slots, took);
    expect(told).toBeGreaterThan(40);
    expect(wrong / told).toBeLessThan(0.15);
  });

  const underWay = (count: number, writtenAt: number, wave = 0): PhoneNow[] =>
    Array.from({ length: count }, (_, index) =>
      phoneAt({ wave, from: writtenAt, to: Number.POSITIVE_INFINITY }, writtenAt, wave * 1_000 + index),
    );
  const done = (count: number, from: number, to: number, wave = 0): PhoneNow[] =>
    Array.from({ length: count }, (_, index) => phoneAt({ wave, from, to }, to, wave * 1_000 + 500 + index));

  it('is not told before anything tells it', () => {
    expect(timeLeft(run({ now: minute, phones: underWay(10, 0) }))).toBeNull();
    expect(timeLeft(run({ now: minute, phase: 'question', phones: underWay(10, 0), usualMs: minute }))).toBeNull();
  });

  it('is not told of a run that does not go on', () => {
    expect(timeLeft(run({ now: minute, phones: underWay(10, 0), usualMs: 4 * minute, goesOn: false }))).toBeNull();
  });

  it('is told from earlier nights before the first phone has ended', () => {
    const left = timeLeft(run({ now: minute, phones: underWay(10, 0), usualMs: 4 * minute }));
    expect(left).toEqual({ ms: 4 * minute * 1.15 - minute, until: 'run' });
  });

  it('is not told from a canary for a wave many times its size: they do not share its file server', () => {
    const phones = [...done(3, 0, minute), ...underWay(400, minute, 1)];
    expect(timeLeft(run({ now: 1.5 * minute, phones }))).toBeNull();
  });

  it('is that of the wave where a later wave is much larger', () => {
    const later = Array.from({ length: 400 }, (_, index) =>
      phoneAt({ wave: 1, from: Number.POSITIVE_INFINITY, to: Number.POSITIVE_INFINITY }, 0, 5_000 + index),
    );
    const phones = [...done(6, 0, 4 * minute), ...underWay(2, 2 * minute), ...later];
    expect(timeLeft(run({ now: 4 * minute, phones }))).toMatchObject({ until: 'wave' });
  });

  it('is not told while a phone takes longer than any before: it may take until its deadline', () => {
    const phones = [...done(9, 0, 4 * minute), ...underWay(1, 0)];
    expect(timeLeft(run({ now: 4.1 * minute, phones }))).not.toBeNull();
    expect(timeLeft(run({ now: 5 * minute, phones }))).toBeNull();
  });

  it('takes no account of phones of which it is not known when they were written to, as of an interrupted run', () => {
    const night = 600 * minute;
    const others = [...done(9, night, night + 4 * minute), ...underWay(5, night + minute)];
    const earlier = done(3, 0, 4 * minute).map((phone) => ({ ...phone, key: `${phone.key}-earlier`, writtenAt: null }));
    const now = night + 4 * minute;
    expect(timeLeft(run({ now, phones: [...others, ...earlier] }))).toEqual(timeLeft(run({ now, phones: others })));
    const lost = underWay(1, night).map((phone) => ({ ...phone, writtenAt: null }));
    expect(timeLeft(run({ now, phones: [...others, ...lost] }))).toBeNull();
  });

  it('is not told when all have ended', () => {
    expect(timeLeft(run({ now: 5 * minute, phones: done(9, 0, 4 * minute) }))).toBeNull();
  });

  describe('of the look at the targets', () => {
    const look = (now: number, probed: number, earlier: { at: number; probed: number } | null) =>
      timeLeft(run({ now, phase: 'survey', survey: { targets: 1_000, probed, found: 0, earlier } }));

    it('is told at a steady pace', () => {
      expect(look(20_000, 500, { at: 10_000, probed: 250 })).toEqual({ ms: 20_000, until: 'looked' });
    });

    it('is not told in the first seconds, nor when the pace has just changed, nor when nothing moves', () => {
      expect(look(9_000, 500, { at: 1_000, probed: 50 })).toBeNull();
      expect(look(20_000, 500, null)).toBeNull();
      expect(look(20_000, 500, { at: 10_000, probed: 490 })).toBeNull();
      expect(look(60_000, 500, { at: 50_000, probed: 500 })).toBeNull();
      expect(look(60_000, 1_000, { at: 50_000, probed: 500 })).toBeNull();
    });
  });
});
