import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pc from 'picocolors';
import { runLine } from '../../../src/report/progress/run-line.js';
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
      'looked at 120 of 254 · found 12 · 9s',
    );
    const open = { ...survey, targets: null };
    expect(runLine(told(runNow(9, { phase: 'survey', survey: open })), 120, plain)).toBe(
      'looked at 120 · found 12 · 9s',
    );
  });

  it('says what phones have fetched, and how long the rest takes at that pace', () => {
    const fetching = { at: began + 200_000, since: began + 100_000, bytes: 1.2e9, left: 2.4e9, afterwards: 60_000 };
    expect(runLine(told(runNow(200, { phones: fleet }), { fetching }), 200, plain)).toBe(
      'done 12 · upgrading 5 · waiting 40 · failed 1 · 3m 20s · about 4m left · fetched 1.2 of about 3.6 GB',
    );
    const unknownEnd = { ...fetching, afterwards: null };
    expect(runLine(told(runNow(200, { phones: fleet }), { fetching: unknownEnd }), 200, plain)).toContain(
      'about 3m left to fetch',
    );
  });

  it('tells no time of what has only just begun to be fetched', () => {
    const fetching = { at: began + 105_000, since: began + 100_000, bytes: 1e6, left: 2.4e9, afterwards: null };
    expect(runLine(told(runNow(105, { phones: fleet }), { fetching }), 200, plain)).not.toContain('left');
  });

  it('is never longer than the terminal, and loses whole parts from the end, what went wrong last', () => {
    const by = ['3m 20s', 'waiting 40', 'upgrading 5', 'failed 1'];
    const whole = ['done 12', 'upgrading 5', 'waiting 40', 'failed 1', '3m 20s'];
    const lines = by.reduce((all, lost) => [...all, (all.at(-1) ?? []).filter((part) => part !== lost)], [whole]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 140 }), (columns) => {
        const line = runLine(told(runNow(200, { phones: fleet })), columns, plain);
        expect(line.length).toBeLessThanOrEqual(columns);
        const longest = lines.map((parts) => parts.join(' · ')).find((text) => text.length <= columns);
        expect(line).toBe(longest ?? 'done 12'.slice(0, columns));
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
