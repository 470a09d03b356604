import { describe, expect, it } from '@jest/globals';
import type { RunListEntry } from '../../../src/domain/report/report.js';
import { renderRunsJson, renderRunsTable } from '../../../src/report/runs/table.js';

const night: RunListEntry = {
  id: '20260131-220005',
  startedAt: '2026-01-31T22:00:05.000Z',
  finishedAt: '2026-02-01T04:07:35.000Z',
  profile: 'mpp-to-enterprise',
  dryRun: false,
  totals: { targets: 5_000, byOutcome: { 'no-answer': 800, failed: 3, done: 4_197 } },
  state: 'finished',
  ...{ workedMs: null, interrupted: null, abortedBy: null, declined: false, pausedSince: null },
};

const runs: RunListEntry[] = [
  night,
  {
    ...night,
    id: '20260130-090000',
    profile: null,
    finishedAt: null,
    state: 'killed',
    totals: { targets: 0, byOutcome: {} },
  },
  { ...night, id: '20260129-090000', dryRun: true, totals: { targets: 12, byOutcome: { planned: 12 } } },
];

describe('the list of runs', () => {
  it('is a table in the order given, outcomes in their usual order', () => {
    expect(renderRunsTable(runs)).toBe(
      [
        'run              started               took    profile                      state     targets  outcomes',
        '20260131-220005  2026-01-31 22:00 UTC  6h 07m  mpp-to-enterprise            finished     5000  4197 done, 3 failed, 800 no-answer',
        '20260130-090000  2026-01-31 22:00 UTC  -       audit                        killed          0',
        '20260129-090000  2026-01-31 22:00 UTC  6h 07m  mpp-to-enterprise (dry run)  finished       12  12 planned',
        '',
      ].join('\n'),
    );
  });

  it('says of a run that goes on whether it is paused', () => {
    const pausedSince = '2026-01-31T23:00:00.000Z';
    const paused = { ...night, state: 'running', pausedSince };
    expect(renderRunsTable([paused])).toContain(' paused ');
    // Its process is dead: nobody can continue it.
    expect(renderRunsTable([{ ...paused, state: 'cut off' }])).toContain(' cut off ');
    expect(JSON.parse(renderRunsJson([paused, night])).runs).toMatchObject([
      { state: 'running', pausedSince },
      { state: 'finished', pausedSince: null },
    ]);
  });

  it('says which runs stopped themselves, and which were declined: a resume of those is another matter', () => {
    const stopped = { ...night, state: 'interrupted', abortedBy: '3 of 10 phones have failed.' };
    const table = renderRunsTable([stopped, { ...night, declined: true }, { ...night, state: 'interrupted' }]);
    expect(table.match(/stopped itself|declined|interrupted/g)).toEqual(['stopped itself', 'declined', 'interrupted']);
    expect(JSON.parse(renderRunsJson([stopped])).runs[0]).toMatchObject({ state: 'interrupted', declined: false });
  });

  it('tells how long a run was worked on, not how long it lay before it was resumed', () => {
    expect(renderRunsTable([{ ...night, workedMs: 157_000 }])).toContain(' 2m 37s ');
  });

  it('breaks the outcomes between two, where the terminal is too narrow for all', () => {
    expect(renderRunsTable([night], 110)).toBe(
      [
        'run              started               took    profile            state     targets  outcomes',
        '20260131-220005  2026-01-31 22:00 UTC  6h 07m  mpp-to-enterprise  finished     5000  4197 done, 3 failed,',
        '                                                                                     800 no-answer',
        '',
      ].join('\n'),
    );
  });

  it('has profile and outcomes below each run where they have no room beside it', () => {
    expect(renderRunsTable([night], 80)).toBe(
      [
        'run              started               took    state     targets',
        '20260131-220005  2026-01-31 22:00 UTC  6h 07m  finished     5000',
        '    mpp-to-enterprise: 4197 done, 3 failed, 800 no-answer',
        '',
      ].join('\n'),
    );
    expect(renderRunsTable([night], 40)).toBe(
      [
        'run              state',
        '20260131-220005  finished',
        '    mpp-to-enterprise: 4197 done,',
        '    3 failed, 800 no-answer',
        '',
      ].join('\n'),
    );
    for (const width of [40, 60, 80, 100, 120])
      for (const line of renderRunsTable(runs, width).split('\n')) expect(line.length).toBeLessThanOrEqual(width);
  });

  it('says so when there is none', () => {
    expect(renderRunsTable([])).toBe('There are no runs yet.\n');
  });

  it('shows nothing that a terminal would act on', () => {
    expect(renderRunsTable([{ ...night, profile: 'a\u001b[2Jb' }])).toContain('a\\x1b[2Jb');
  });
});

describe('the list of runs as JSON', () => {
  it('holds each run with its duration', () => {
    expect(JSON.parse(renderRunsJson(runs))).toMatchObject({
      schema: 'fleet-migrate/runs@1',
      runs: [{ ...night, durationMs: 22_050_000 }, { finishedAt: null, durationMs: null }, { dryRun: true }],
    });
  });

  it('has outcomes in their usual order', () => {
    const [first] = JSON.parse(renderRunsJson([night])).runs;
    expect(Object.keys(first.totals.byOutcome)).toEqual(['done', 'failed', 'no-answer']);
  });

  it('may be empty', () => {
    expect(JSON.parse(renderRunsJson([]))).toEqual({ schema: 'fleet-migrate/runs@1', runs: [] });
  });
});
