import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pc from 'picocolors';
import { type Progress, progressLine } from '../../../src/report/progress/progress-line.js';

const plain = pc.createColors(false);
const progress = (change: Partial<Progress> = {}): Progress => ({
  targets: 254,
  probed: 254,
  found: 58,
  done: 12,
  upgrading: 5,
  waiting: 40,
  failed: 1,
  startedAt: 0,
  writingSince: 0,
  total: 58,
  fetching: null,
  ...change,
});
const line = (change: Partial<Progress>, now = 200_000, columns = 120): string =>
  progressLine(progress(change), now, columns, plain);

describe('the progress line', () => {
  it('says what is done, under way, waiting and failed, the time and about what is left', () => {
    // 13 of 58 in 200 s leaves 45 at the same pace: 692 s.
    expect(line({})).toBe('done 12 · upgrading 5 · waiting 40 · failed 1 · 3m 20s · about 12m left');
  });

  it('says how far probing is while it lasts', () => {
    expect(line({ probed: 120, total: null })).toBe(
      'probed 120 of 254 · found 58 · done 12 · upgrading 5 · waiting 40 · failed 1 · 3m 20s',
    );
    expect(line({ targets: null, probed: 120, total: null })).toMatch(/^probed 120 · found 58 · /);
  });

  it('guesses no time left before something is finished, nor after all is', () => {
    expect(line({ done: 0, failed: 0 })).not.toContain('left');
    expect(line({ done: 57, failed: 1 })).not.toContain('left');
    expect(line({ total: null })).not.toContain('left');
    expect(line({ writingSince: null })).not.toContain('left');
  });

  it('measures the pace from the first write on: the search and the question before it are no work', () => {
    expect(line({ writingSince: 187_000 })).toContain(' · 3m 20s · about 45s left');
  });

  describe('where a file server tells what phones have fetched', () => {
    const none = { done: 0, failed: 0, upgrading: 10, waiting: 48, total: 58 };
    const fetching = { at: 200_000, bytes: 200_000_000, left: 3_300_000_000, afterwards: null };

    it('says how long the rest of it takes at the pace so far, before any phone is done', () => {
      // 200 MB in 200 s.
      expect(line({ ...none, fetching })).toContain('3m 20s · about 55m left to fetch · fetched 0.2 of about 3.5 GB');
    });

    it('adds what comes after the last byte once phones have shown it, whatever the phones that are finished say', () => {
      expect(line({ fetching: { ...fetching, afterwards: 300_000 } })).toContain('about 1h 00m left ·');
      expect(line({ fetching: { ...fetching, left: 0, afterwards: 240_000 } })).toContain('about 4m left');
    });

    it('says nothing in the first seconds, and when all is fetched and more is not known', () => {
      expect(line({ ...none, fetching: { ...fetching, at: 9_000 } }, 9_000)).not.toContain('left');
      expect(line({ ...none, fetching: { ...fetching, left: 0 } })).not.toContain('left');
    });

    it('counts down until it is known anew', () => {
      expect(line({ ...none, fetching }, 200_000)).toContain('about 55m left');
      expect(line({ ...none, fetching }, 320_000)).toContain('about 53m left');
    });

    it('leaves it out first on a narrow terminal', () => {
      expect(line({ fetching }, 200_000, 80)).toMatch(/ left to fetch$/);
    });
  });

  it.each([
    [30_000, 'about 2m left'],
    [10_000, 'about 35s left'],
    [3_600_000, 'about 3h 28m left'],
  ])('after %d ms it gives the time left no more exactly than known', (now, expected) => {
    expect(line({}, now)).toContain(expected);
  });

  it('colors what went well and what did not', () => {
    const colored = progressLine(progress(), 0, 120, pc.createColors(true));
    expect(colored).toContain('\x1b[32mdone 12\x1b[39m');
    expect(colored).toContain('\x1b[31mfailed 1\x1b[39m');
  });

  it('leaves out whole parts on a narrow terminal', () => {
    expect(line({ probed: 1 }, 200_000, 80)).toMatch(/^done 12 .* left$/);
    expect(line({}, 200_000, 60)).toBe('done 12 · upgrading 5 · waiting 40 · failed 1 · 3m 20s');
    expect(line({}, 200_000, 30)).toBe('done 12 · upgrading 5');
    expect(line({}, 200_000, 3)).toBe('don');
  });

  it('never is wider than the terminal', () => {
    const count = fc.nat(60_000);
    const any = fc.record({ targets: fc.option(count), probed: count, found: count, done: count, upgrading: count });
    fc.assert(
      fc.property(any, fc.option(count), fc.nat(10_000_000), fc.nat(130), (change, total, now, columns) => {
        expect(line({ ...change, total }, now, columns).length).toBeLessThanOrEqual(columns);
      }),
    );
  });
});
