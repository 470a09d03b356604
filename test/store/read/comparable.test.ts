import { describe, expect, it } from '@jest/globals';
import { runBefore } from '../../../src/store/read/comparable.js';
import type { RunRow } from '../../../src/store/store-rows.js';

/** Only what tells whether runs are compared. */
const run = (day: number, change: Partial<RunRow> & { declined?: true; dryRun?: boolean } = {}): RunRow => {
  const { declined, dryRun = false, ...of } = change;
  const row = { id: `r${day}`, startedAt: `2026-01-1${day}T01:00:00.000Z`, profile: 'p', state: 'finished', ...of };
  return { ...row, summary: { dryRun, ...(declined ? { declined } : {}) } } as RunRow;
};

describe('the run before', () => {
  it.each([
    ['the last of the same profile', [run(3, { profile: null }), run(2), run(1)], 'r2'],
    ['the last of all where none had the same', [run(3, { profile: null }), run(2, { profile: 'q' })], 'r3'],
    ['a night, for a night, over a later dry run', [run(3, { dryRun: true }), run(2)], 'r2'],
    ['a dry run where there was no night', [run(3, { dryRun: true })], 'r3'],
    ['none that goes on', [run(3, { state: 'running' }), run(2)], 'r2'],
    ['one that was stopped', [run(3, { state: 'interrupted' }), run(2)], 'r3'],
    ['none that somebody said no to', [run(3, { declined: true }), run(2)], 'r2'],
    ['none that began later', [run(5), run(2)], 'r2'],
    ['not the run itself', [run(4)], undefined],
  ])('is %s', (_name, runs, expected) => {
    expect(runBefore(runs, run(4))?.id).toBe(expected);
  });
});
