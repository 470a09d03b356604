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
  total: 58,
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
