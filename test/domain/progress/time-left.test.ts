import { describe, expect, it } from '@jest/globals';
import type { PhoneNow, TimeLeft } from '../../../src/domain/progress/run-now.js';
import { timeLeft, type Timeline } from '../../../src/domain/progress/time-left.js';

const minute = 60_000;
/** From the write to the end of the watch. */
const deadline = 45 * minute;

const line = (more: Partial<Timeline>): Timeline => ({
  ...{
    phase: 'migrate',
    startedAt: 0,
    now: 0,
    takenOverAt: 0,
    phones: [],
    longestWatchMs: deadline,
    pausedMs: () => 0,
  },
  survey: { targets: 10, probed: 10, found: 10, earlier: null },
  watchedUntil: ({ writtenAt }) => (writtenAt ?? 0) + deadline,
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
  return { ...base, state: to - from < deadline ? 'done' : 'unverified', writtenAt: from, endedAt: to };
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

/** The times told at looks at such a run, each with what was then left in truth (ms). */
function looksAt(ways: readonly Way[], looks = 200): { truth: number; left: TimeLeft }[] {
  const end = Math.max(...ways.map(({ to }) => to));
  const told: { truth: number; left: TimeLeft }[] = [];
  for (let now = 31_000; now < end; now += end / looks) {
    const left = timeLeft(line({ now, phones: ways.map((way, index) => phoneAt(way, now, index)) }));
    if (left === null) continue;
    const wave = Math.min(...ways.filter(({ to }) => to > now).map((way) => way.wave));
    const until = left.until === 'run' ? end : Math.max(...ways.filter((way) => way.wave === wave).map(({ to }) => to));
    told.push({ truth: until - now, left });
  }
  return told;
}

/** Numbers below 1 that look random and are always the same. */
function randomFrom(seed: number): () => number {
  let last = seed;
  return () => (last = (last * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
}

/** How far (ms) a time is from what was told of it. */
function missedBy(truth: number, { atLeastMs, atMostMs }: TimeLeft): number {
  return Math.max(0, atLeastMs - truth, truth - atMostMs);
}

/** How many looks at such a run told a time, and how many of those were wrong by more than half a minute. */
function judged(sizes: readonly number[], slots: number, took: () => number): { told: number; wrong: number } {
  const told = looksAt(waysOf(sizes, slots, took));
  return { told: told.length, wrong: told.filter(({ truth, left }) => missedBy(truth, left) > 30_000).length };
}

describe('the time that is left', () => {
  const fleets = [
    ['one wave', [200], 20],
    ['one wave, all at once', [200], Number.POSITIVE_INFINITY],
    ['canaries first', [1, 10, 40, 400], 20],
    ['canaries first, all at once', [1, 10, 40, 400], Number.POSITIVE_INFINITY],
    ['waves alike', [50, 50, 50], Number.POSITIVE_INFINITY],
  ] as const;

  it.each(fleets.flatMap(([name, ...how]) => [0, 0.02, 0.1].map((silent) => [name, silent, ...how] as const)))(
    'lies between what is told: %s, a share of %d goes silent',
    (_name, silent, sizes, slots) => {
      const random = randomFrom(7);
      // A fleet whose phones take three to six minutes; those that go silent are watched to their deadline.
      const took = (): number => (random() < silent ? deadline : (3 + 3 * random()) * minute);
      const { told, wrong } = judged(sizes, slots, took);
      expect(told).toBeGreaterThan(100);
      expect(wrong / told).toBeLessThan(0.05);
    },
  );

  it.each([
    ['phones in line, as quick as a demo', [60], 10, 11_000, 15_000],
    ['phones in line', [200], 20, 3 * minute, 6 * minute],
    ['phones in line that take very different times', [200], 20, 2 * minute, 12 * minute],
    ['few phones in line', [24], 5, 3 * minute, 6 * minute],
    ['canaries first', [1, 10, 40, 400], 20, 3 * minute, 6 * minute],
    ['all of a wave at once', [50, 50, 50], Number.POSITIVE_INFINITY, 3 * minute, 6 * minute],
  ] as const)('its least is one: %s', (_name, sizes, slots, from, to) => {
    const told = [1, 2, 3, 4, 5].flatMap((seed) => {
      const random = randomFrom(seed);
      const ways = waysOf(sizes, slots, () => from + random() * (to - from));
      // Less than half a minute is told to nobody.
      return looksAt(ways, 400).filter(({ left }) => left.atLeastMs >= 30_000);
    });
    const tooMuch = told.filter(({ truth, left }) => left.atLeastMs > truth);
    expect(told.length).toBeGreaterThan(200);
    expect(tooMuch.length / told.length).toBeLessThan(0.01);
  });

  const underWay = (count: number, writtenAt: number, wave = 0): PhoneNow[] =>
    Array.from({ length: count }, (_, index) =>
      phoneAt({ wave, from: writtenAt, to: Number.POSITIVE_INFINITY }, writtenAt, wave * 1_000 + index),
    );
  const done = (count: number, from: number, to: number, wave = 0): PhoneNow[] =>
    Array.from({ length: count }, (_, index) => phoneAt({ wave, from, to }, to, wave * 1_000 + 500 + index));
  const waiting = (count: number, wave = 0): PhoneNow[] =>
    Array.from({ length: count }, (_, index) => phoneAt({ wave, from: 1, to: 2 }, 0, wave * 1_000 + 700 + index));

  it('is at most what the watch of the last phone takes, before any has ended', () => {
    const phones = underWay(10, 0);
    expect(timeLeft(line({ now: minute, phones }))).toEqual({ atLeastMs: 0, atMostMs: 44 * minute, until: 'run' });
  });

  it('is at least what phones usually take, also those of an earlier wave', () => {
    const phones = [...done(3, 0, 4 * minute), ...underWay(5, 4 * minute, 1)];
    const left = { atLeastMs: 3 * minute, atMostMs: 44 * minute, until: 'run' };
    expect(timeLeft(line({ now: 5 * minute, phones }))).toEqual(left);
  });

  it('is only bounded where a phone takes longer than any before: it may take until its deadline', () => {
    const phones = [...done(9, 0, 4 * minute), ...underWay(1, 0)];
    const left = { atLeastMs: 0, atMostMs: 40 * minute, until: 'run' };
    expect(timeLeft(line({ now: 5 * minute, phones }))).toEqual(left);
  });

  it('is that of the wave where others wait, unless some of it will be replaced by those', () => {
    const phones = [...done(6, 0, 4 * minute), ...underWay(2, 2 * minute), ...waiting(400, 1)];
    expect(timeLeft(line({ now: 4 * minute, phones }))).toMatchObject({ until: 'wave' });
    const blocked = { ...phones[0]!, key: 'blocked', state: 'blocked' as const, writtenAt: null };
    expect(timeLeft(line({ now: 4 * minute, phones: [...phones, blocked] }))).toBeNull();
  });

  it('is told of phones in line by the pace at which others have ended, and not while they wait for something else', () => {
    const ended = [...done(10, 0, 4 * minute), ...done(10, 4 * minute, 8 * minute)];
    const inLine = [...ended, ...underWay(10, 8 * minute), ...waiting(60)];
    const left = timeLeft(line({ now: 8 * minute, phones: inLine }));
    expect(left?.atLeastMs).toBe(20 * minute);
    expect(left?.atMostMs).toBe(36 * minute + deadline);
    // A pause of twenty minutes in between is no pace.
    const later = inLine.map((phone) => ({ ...phone, writtenAt: phone.writtenAt && phone.writtenAt + 20 * minute }));
    const paused = { phones: [...done(10, 0, 4 * minute), ...later.slice(10)], pausedMs: () => 20 * minute };
    const ends = paused.phones.map((phone, at) => (at < 10 || at > 19 ? phone : { ...phone, endedAt: 28 * minute }));
    const unpaused = timeLeft(line({ now: 8 * minute, phones: inLine }));
    expect(timeLeft(line({ now: 28 * minute, ...paused, phones: ends }))).toEqual(unpaused);
    const inCall = [...ended, ...waiting(1)];
    expect(timeLeft(line({ now: 12 * minute, phones: inCall }))).toBeNull();
  });

  it('is not told where nothing bounds it', () => {
    const phones = underWay(10, 0);
    expect(timeLeft(line({ now: minute, phones, watchedUntil: () => null }))).toBeNull();
    expect(timeLeft(line({ now: minute, phase: 'question', phones }))).toBeNull();
    expect(timeLeft(line({ now: minute, phones: [...phones, ...waiting(5)] }))).toBeNull();
    expect(timeLeft(line({ now: deadline + 1, phones }))).toBeNull();
    expect(timeLeft(line({ now: 5 * minute, phones: done(9, 0, 4 * minute) }))).toBeNull();
  });

  it('takes no pace from phones that were written to before the run was taken over', () => {
    const night = 600 * minute;
    const others = [...done(5, night, night + 4 * minute), ...underWay(4, night + 4 * minute), ...waiting(20)];
    const now = night + 6 * minute;
    const left = timeLeft(line({ now, takenOverAt: night, phones: [...others, ...underWay(1, 0)] }));
    expect(left?.atMostMs).toBeLessThan(100 * minute);
  });

  describe('of the look at the targets', () => {
    const look = (now: number, probed: number, earlier: { at: number; probed: number } | null) =>
      timeLeft(line({ now, phase: 'survey', survey: { targets: 1_000, probed, found: 0, earlier } }));

    it('is told at a steady pace', () => {
      const left = { atLeastMs: 20_000, atMostMs: 20_000, until: 'looked' };
      expect(look(20_000, 500, { at: 10_000, probed: 250 })).toEqual(left);
    });

    it('is not told in the first seconds, nor when the pace has just changed, nor when nothing moves', () => {
      expect(look(9_000, 500, { at: 1_000, probed: 50 })).toBeNull();
      expect(look(20_000, 500, null)).toBeNull();
      expect(look(20_000, 500, { at: 10_000, probed: 490 })).toBeNull();
      expect(look(60_000, 500, { at: 50_000, probed: 500 })).toBeNull();
      expect(look(60_000, 1_000, { at: 50_000, probed: 500 })).toBeNull();
    });

    it('is not told of the last few: they are those that answer slowly', () => {
      expect(look(20_000, 990, { at: 10_000, probed: 500 })).toBeNull();
    });
  });
});
