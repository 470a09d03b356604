import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pc from 'picocolors';
import type { RunNow, TimeLeft } from '../../../src/domain/progress/run-now.js';
import type { ToldRun } from '../../../src/report/progress/told-run.js';
import { runView } from '../../../src/report/progress/run-view.js';
import { displayWidth } from '../../../src/report/table/cut.js';
import { began, phoneNow, phonesNow, runNow, told } from './support/told.js';

const plain = pc.createColors(false);
const view = (run: ToldRun, columns = 80, rows = 24): string[] => runView(run, { columns, rows }, plain);

/** Wave 1 is over, wave 2 under way, wave 3 waits. */
const inWaves = [
  ...phonesNow(10, 'done', { wave: 0, writtenAt: began, endedAt: began + 240_000 }),
  ...phonesNow(33, 'done', { wave: 1, writtenAt: began + 240_000, endedAt: began + 500_000 }),
  ...phonesNow(1, 'failed', { wave: 1, writtenAt: began + 240_000, endedAt: began + 520_000 }),
  phoneNow('restarting', { wave: 1, writtenAt: began + 240_000, address: '10.9.9.9' }),
  ...phonesNow(350, 'waiting', { wave: 2 }),
];

describe('a run on a terminal', () => {
  it('is told by what it is, a bar, counts, its waves, the last problems and the phones under way the longest', () => {
    const run = runNow(540, { phones: inWaves });
    const longest = [{ phone: inWaves.find(({ state }) => state === 'restarting')!, says: 'Upgrading firmware' }];
    const problems = [
      {
        address: '10.0.0.7',
        mac: null,
        at: began + 520_000,
        code: 'upgrade-failed',
        message: 'The phone says: no space',
      },
    ];
    expect(view(told(run, { longest, problems }))).toEqual([
      'Run 20261130020000-abcdef · mpp-to-enterprise · 9m 00s',
      '████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  44 of 395 phones ended · 8.8 a minute',
      'done 43 · upgrading 1 · waiting 350 · failed 1',
      'wave 1 of 3  10 of 10 · done 10',
      'wave 2 of 3  34 of 35 · done 33 · upgrading 1 · failed 1',
      'wave 3 of 3  0 of 350 · waiting 350',
      'Last problems (UTC)',
      '  02:08  10.0.0.7  upgrade-failed: The phone says: no space',
      'Longest under way',
      '  10.9.9.9  8841  restarting  5m 00s  Upgrading firmware',
    ]);
  });

  it('while it looks, tells how far that is and how fast', () => {
    const survey = { targets: 1_000, probed: 500, found: 40, earlier: { at: began + 10_000, probed: 300 } };
    const left = { atLeastMs: 20_000, atMostMs: 25_000, until: 'looked' } as const;
    expect(view(told(runNow(20, { phase: 'survey', profile: null, survey, left })))).toEqual([
      'Run 20261130020000-abcdef · audit · 20s · about 30s left to look',
      '████████████░░░░░░░░░░░░  looked at 500 of 1000 · answered 40 · 20 a second',
    ]);
  });

  it('says that it is stopping, also where there is room for little', () => {
    const run = told(runNow(540, { phones: inWaves, stopping: true }));
    expect(view(run)[0]).toBe('Run 20261130020000-abcdef · mpp-to-enterprise · stopping · 9m 00s');
    expect(view(run, 39).slice(0, 2)).toEqual(['Run 20261130020000-abcdef · 9m 00s', 'stopping · mpp-to-enterprise']);
    expect(view(run, 21)).toEqual(['failed 1 · stopping …']);
  });

  it('says that it is paused, and for how long by now, but not of one that has ended', () => {
    const run = runNow(540, { phones: inWaves, pausedSince: began + 340_000 });
    expect(view(told(run))[0]).toBe('Run 20261130020000-abcdef · mpp-to-enterprise · paused for 3m 20s · 9m 00s');
    expect(view(told({ ...run, goesOn: false }))[0]).toBe('Run 20261130020000-abcdef · mpp-to-enterprise · 9m 00s');
    // What is left to fetch is fetched by phones that wait, too.
    const fetching = { at: run.now, since: began, bytes: 1_000_000_000, left: 1_000_000_000, grewAt: run.now };
    expect(view(told(run, { fetching })).join('\n')).not.toContain('left');
    expect(view(told({ ...run, pausedSince: null }, { fetching })).join('\n')).toContain('left to fetch');
  });

  it('has a bar that keeps its length when a pace comes, or a digit', () => {
    const bar = (ended: number, endedAt: number): number => {
      const phones = [
        ...phonesNow(ended, 'done', { writtenAt: began, endedAt: began + endedAt }),
        ...phonesNow(395 - ended, 'waiting'),
      ];
      return /^[█▒░]+/.exec(view(told(runNow(540, { phones })), 70)[1] ?? '')?.[0].length ?? 0;
    };
    expect([bar(2, 500_000), bar(9, 500_000), bar(394, 500_000)]).toEqual([bar(0, 0), bar(0, 0), bar(0, 0)]);
  });

  it('cuts the address in a problem where it loses least', () => {
    const message = `http://10.0.0.5:6970/${'folder/'.repeat(40)}00CCFC123456_M2E.lic was answered with 404 (Not Found).`;
    const problems = [{ address: '10.0.0.7', mac: null, at: began, code: 'license-missing', message }];
    expect(view(told(runNow(540, { phones: inWaves }), { problems }), 110).join('|')).toContain(
      '00CCFC123456_M2E.lic was answered with 404 (Not Found).',
    );
  });

  it('says that it waits for an answer', () => {
    expect(view(told(runNow(20, { phase: 'question', phones: phonesNow(3, 'waiting') })))[0]).toContain(
      'waits for an answer',
    );
  });

  it('shows the waves around the one that is under way', () => {
    const phones = Array.from({ length: 30 }, (_, wave) => phoneNow(wave < 10 ? 'done' : 'waiting', { wave }));
    const waves = view(told(runNow(60, { phones }))).filter((line) => line.startsWith('wave '));
    expect(waves.map((line) => Number(/^wave (\d+) /.exec(line)?.[1]))).toEqual([9, 10, 11, 12, 13, 14]);
  });

  it('counts waves to the last one, also where a phone of an earlier one is missing', () => {
    const phones = [phoneNow('upgrading', { wave: 1 }), phoneNow('waiting', { wave: 2 })];
    expect(view(told(runNow(60, { phones }))).filter((line) => line.startsWith('wave '))).toEqual([
      'wave 2 of 3  0 of 1 · upgrading 1',
      'wave 3 of 3  0 of 1 · waiting 1',
    ]);
  });

  it('fills its bar only when nothing is left', () => {
    const almost = [...phonesNow(999, 'done'), phoneNow('upgrading')];
    expect(view(told(runNow(60, { phones: almost })))[1]).toContain('░');
    expect(view(told(runNow(60, { phones: phonesNow(1_000, 'done') })))[1]).not.toContain('░');
  });

  it('is whole on a terminal of 40 columns, and does not cut what went wrong before what is fine', () => {
    const run = told(runNow(540, { phones: inWaves }));
    expect(view(run, 39)).toEqual([
      'Run 20261130020000-abcdef · 9m 00s',
      'mpp-to-enterprise',
      '█░░░░░░░░░░░  44 of 395 phones ended …',
      'done 43 · upgrading 1 · waiting 350',
      'failed 1',
      'wave 1 of 3  10 of 10 · done 10',
      'wave 2 of 3  34 of 35 · failed 1 …',
      'wave 3 of 3  0 of 350 · waiting 350',
    ]);
    expect(view(run, 20)).toEqual(['done 43 · failed 1 …']);
    const fine = told(runNow(540, { phones: phonesNow(350, 'waiting') }));
    expect(view(fine, 39).slice(3)).toEqual(['done 0 · upgrading 0 · waiting 350', 'failed 0']);
  });

  it('at 80 columns shows the run, for how long, and every time left; the name of the profile gives way, and says so', () => {
    const head = (left: TimeLeft, more: Partial<RunNow> = {}): string | undefined =>
      view(told(runNow(30, { phones: inWaves, left, ...more })), 79)[0];
    expect(head({ atLeastMs: 20_000, atMostMs: 40_000, until: 'run' })).toBe(
      'Run 20261130020000-abcdef · mpp-to-enterprise · 30s · about 30s left',
    );
    expect(head({ atLeastMs: 20_000, atMostMs: 50_000, until: 'wave' })).toBe(
      'Run 20261130020000-abcdef · mpp-to-enter… · 30s · at most 50s left of this wave',
    );
    const longest = { atLeastMs: 4_200_000, atMostMs: 9_600_000, until: 'wave' } as const;
    expect(head(longest, { workedMs: 37_200_000 })).toBe(
      'Run 20261130020000-abcdef · mpp… · 10h 20m · 1h 10m to 2h 40m left of this wave',
    );
    const survey = { phase: 'survey', dryRun: true, workedMs: 600_000 } as const;
    expect(head({ atLeastMs: 5_000_000, atMostMs: 5_000_000, until: 'looked' }, survey)).toBe(
      'Run 20261130020000-abcdef · mpp…, dry run · 10m 00s · about 1h 20m left to look',
    );
  });

  it('on a narrow terminal has two lines for that, also while there is no time left to be told, so that nothing jumps', () => {
    const head = (left: TimeLeft | null): string[] => view(told(runNow(30, { phones: inWaves, left })), 39).slice(0, 2);
    const first = 'Run 20261130020000-abcdef · 30s';
    expect(head(null)).toEqual([first, 'mpp-to-enterprise']);
    expect(head({ atLeastMs: 4_200_000, atMostMs: 9_600_000, until: 'wave' })).toEqual([
      first,
      '1h 10m to 2h 40m left of this wave · m…',
    ]);
  });

  it('loses no count of a phone: what has no room goes to another line', () => {
    const many = [
      ...phonesNow(100, 'done'),
      ...phonesNow(100, 'failed'),
      ...phonesNow(100, 'unverified'),
      ...phonesNow(100, 'blocked'),
      ...phonesNow(100, 'waiting'),
    ];
    const lines = (columns: number): string[] => view(told(runNow(30, { phones: many })), columns);
    expect(lines(79).slice(2)).toEqual([
      'done 100 · upgrading 0 · waiting 100 · failed 100 · unverified 100',
      'left alone 100',
    ]);
    expect(lines(39).slice(3)).toEqual([
      'done 100 · upgrading 0 · waiting 100',
      'failed 100 · unverified 100',
      'left alone 100',
    ]);
  });

  it('of a wave at 80 columns keeps what ended badly and says that there is more: what is under way can be told from the rest', () => {
    const wave = [
      ...phonesNow(26, 'done', { wave: 2 }),
      ...phonesNow(2, 'upgrading', { wave: 2 }),
      ...phonesNow(3, 'waiting', { wave: 2 }),
      ...phonesNow(4, 'failed', { wave: 2 }),
      ...phonesNow(2, 'unverified', { wave: 2 }),
      ...phonesNow(1, 'blocked', { wave: 2 }),
    ];
    const lines = (columns: number): string[] =>
      view(told(runNow(30, { phones: [phoneNow('done', { wave: 0 }), ...wave] })), columns);
    expect(lines(79)).toContain('wave 3 of 3  33 of 38 · done 26 · failed 4 · unverified 2 · left alone 1 …');
    expect(lines(39)).toContain('wave 3 of 3  failed 4 · unverified 2 …');
    expect(lines(110)).toContain(
      'wave 3 of 3  33 of 38 · done 26 · upgrading 2 · waiting 3 · failed 4 · unverified 2 · left alone 1',
    );
  });

  it('fits every terminal: no line is too long and there are never too many', () => {
    const run = told(runNow(540, { phones: inWaves }), {
      longest: [{ phone: inWaves[44]!, says: '更新中😀'.repeat(80) }],
      problems: Array.from({ length: 9 }, () => ({
        address: '10.0.0.7',
        mac: null,
        at: began,
        code: 'busy',
        message: 'y'.repeat(300),
      })),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 220 }), fc.integer({ min: 1, max: 60 }), (columns, rows) => {
        const lines = view(run, columns, rows);
        expect(lines.length).toBeGreaterThan(0);
        expect(lines.length).toBeLessThanOrEqual(rows);
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
      }),
    );
  });

  it('writes nothing from a phone that a terminal would obey', () => {
    const problems = [{ address: '10.0.0.7', mac: null, at: began, code: 'busy', message: 'red \u001b[31m\nand more' }];
    const longest = [{ phone: phoneNow('upgrading', { model: '8841\u001b[2J' }), says: '\r' }];
    expect(view(told(runNow(5, { phones: inWaves }), { problems, longest })).join('|')).not.toMatch(/\u001b|\n|\r/);
  });

  it('without colors has none', () => {
    const colored = runView(told(runNow(540, { phones: inWaves })), { columns: 80, rows: 24 }, pc.createColors(true));
    expect(colored.join('')).toContain('\u001b[');
    expect(view(told(runNow(540, { phones: inWaves }))).join('')).not.toContain('\u001b[');
  });
});
