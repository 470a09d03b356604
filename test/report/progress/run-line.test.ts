import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pc from 'picocolors';
import { runLine } from '../../../src/report/progress/run-line.js';
import type { RunNow, TimeLeft } from '../../../src/domain/progress/run-now.js';
import type { Fetching } from '../../../src/report/progress/told-run.js';
import { phonesNow, runNow, told, began } from './support/told.js';

const plain = pc.createColors(false);
const fleet = [
  ...phonesNow(12, 'done'),
  ...phonesNow(5, 'upgrading'),
  ...phonesNow(40, 'waiting'),
  ...phonesNow(1, 'failed'),
];

describe('a run on one line', () => {
  it('says what is done, under way, waiting and failed, and for how long it has been going on', () => {
    expect(runLine(told(runNow(200, { phones: fleet })), 120, plain)).toBe(
      'done 12 · upgrading 5 · waiting 40 · failed 1 · 3m 20s',
    );
  });

  it('calls done only what is done: what was left alone, and what is not known, is told apart', () => {
    const phones = [
      ...phonesNow(2, 'done'),
      ...phonesNow(1, 'already-done'),
      ...phonesNow(264, 'aborted'),
      ...phonesNow(3, 'unverified'),
      ...phonesNow(1, 'blocked'),
      ...phonesNow(1, 'deferred'),
    ];
    expect(runLine(told(runNow(60, { phones })), 120, plain)).toBe(
      'done 3 · upgrading 0 · waiting 0 · failed 0 · unverified 3 · left alone 266 · 1m 00s',
    );
  });

  it('says how far the look is while it lasts, and nothing of phones', () => {
    const survey = { targets: 254, probed: 120, found: 12, earlier: null };
    expect(runLine(told(runNow(9, { phase: 'survey', survey })), 120, plain)).toBe(
      'looked at 120 of 254 · answered 12 · 9s',
    );
    const open = { ...survey, targets: null };
    expect(runLine(told(runNow(9, { phase: 'survey', survey: open })), 120, plain)).toBe(
      'looked at 120 · answered 12 · 9s',
    );
  });

  it('says what phones have fetched, and how long the rest takes at that pace while more comes', () => {
    const at = began + 200_000;
    const fetching = { at, since: began + 100_000, grewAt: at, bytes: 1.2e9, left: 2.4e9 };
    const line = (more: Partial<Fetching>): string =>
      runLine(told(runNow(200, { phones: fleet }), { fetching: { ...fetching, ...more } }), 200, plain);
    expect(line({})).toBe(
      'done 12 · upgrading 5 · waiting 40 · failed 1 · 3m 20s · about 3m left to fetch · fetched 1.2 of about 3.6 GB',
    );
    expect(line({ grewAt: began + 150_000 })).not.toContain('left');
    expect(line({ since: began + 195_000 })).not.toContain('left');
  });

  it('says how long it takes by what is known: a time, two, or the most', () => {
    const line = (left: Partial<TimeLeft>, more: Partial<RunNow> = {}): string => {
      const whole: TimeLeft = { atLeastMs: 0, atMostMs: 110_000, until: 'run', ...left };
      return runLine(told(runNow(200, { phones: fleet, left: whole, ...more })), 200, plain).split('3m 20s')[1] ?? '';
    };
    expect(line({ atLeastMs: 120_000, atMostMs: 420_000, until: 'wave' })).toBe(' · 2m to 7m left of this wave');
    expect(line({ atLeastMs: 29_000, atMostMs: 110_000 })).toBe(' · at most 110s left');
    expect(line({ atLeastMs: 61_000, atMostMs: 241_000 })).toBe(' · 60s to 5m left');
    expect(line({ atLeastMs: 3_600_000, atMostMs: 7_000_000, until: 'looked' })).toBe(' · about 1h 20m left to look');
    expect(line({}, { goesOn: false })).toBe('');
  });

  it('tells no most that is far from the least, as that is only a deadline; and rounds a least down, so that it stays one', () => {
    const line = (atLeastMs: number, atMostMs = 2_820_000): string =>
      runLine(told(runNow(200, { left: { atLeastMs, atMostMs, until: 'run' } })), 200, plain).split('3m 20s')[1] ?? '';
    expect(line(0)).toBe('');
    expect(line(29_999)).toBe('');
    expect(line(30_000)).toBe(' · at least 30s left');
    expect(line(79_000)).toBe(' · at least 70s left');
    expect(line(119_000)).toBe(' · at least 110s left');
    expect(line(239_000)).toBe(' · at least 3m left');
    expect(line(7_000_000, 70_000_000)).toBe(' · at least 1h 50m left');
    expect(line(60_000, 240_000)).toBe(' · 60s to 4m left');
    expect(line(60_000, 240_001)).toBe(' · at least 60s left');
  });

  it('tells no time left to fetch of a run that is stopping: it does not wait for that', () => {
    const at = began + 200_000;
    const fetching = { at, since: began + 100_000, grewAt: at, bytes: 1.2e9, left: 2.4e9 };
    const line = runLine(told(runNow(200, { phones: fleet, stopping: true }), { fetching }), 200, plain);
    expect(line).toBe(
      'done 12 · upgrading 5 · waiting 40 · failed 1 · stopping · 3m 20s · fetched 1.2 of about 3.6 GB',
    );
  });

  it('is never longer than the terminal, loses whole parts, what went wrong last, and says so', () => {
    const lost = ['waiting 40', 'upgrading 5', '3m 20s', 'done 12'];
    const whole = ['done 12', 'upgrading 5', 'waiting 40', 'failed 1', '3m 20s'];
    const lines = lost.reduce((all, one) => [...all, (all.at(-1) ?? []).filter((part) => part !== one)], [whole]);
    const shown = lines.map((parts, at) => `${parts.join(' · ')}${at === 0 ? '' : ' …'}`);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 140 }), (columns) => {
        const line = runLine(told(runNow(200, { phones: fleet })), columns, plain);
        expect(line.length).toBeLessThanOrEqual(columns);
        const longest = shown.find((text) => text.length <= columns);
        if (longest !== undefined) expect(line).toBe(longest);
        else expect(columns >= 8 || columns === 0 || line.endsWith('…')).toBe(true);
      }),
    );
  });

  it('colors what is good and what is bad, and nothing without colors', () => {
    const colored = runLine(told(runNow(200, { phones: fleet })), 120, pc.createColors(true));
    expect(colored).toContain('\u001b[32mdone 12\u001b[39m');
    expect(colored).toContain('\u001b[31mfailed 1\u001b[39m');
    expect(runLine(told(runNow(200, { phones: fleet })), 120, plain)).not.toContain('\u001b');
  });
});
