import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { outcomes } from '../../../src/domain/progress/outcome.js';
import { type Finished, runCommand, startCommand } from '../../support/command/command.js';
import { readReport, type Report } from '../../support/reports/report-schema.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const folder = temporaryFolder();
const enterpriseFolder = temporaryFolder();
let demo: Finished;
let enterpriseDemo: Finished;

// Both wait most of their time: beside each other they take no longer than one.
beforeAll(async () => {
  [demo, enterpriseDemo] = await Promise.all([
    runCommand(['demo'], { cwd: folder.path }),
    runCommand(['demo', '--direction', 'e2m'], { cwd: enterpriseFolder.path }),
  ]);
});
afterAll(() => {
  folder.remove();
  enterpriseFolder.remove();
});

describe('fleet-migrate demo', () => {
  let report: Report;
  beforeAll(() => {
    report = readReport(folder.file('demo-report.json'));
  });

  it('exits 0', () => {
    // The last words name the exit codes of both runs where they are not as they should be.
    expect({ code: demo.code, ending: demo.stdout.trim().split('\n').at(-1) }).toEqual({
      code: 0,
      ending: expect.stringContaining('ended with exit code 1'),
    });
    expect(demo.stderr).not.toContain('internal error');
  });

  it('shows the two commands that it runs: the dry run, then the real one', () => {
    const commands = demo.stdout.split('\n').filter((line) => line.startsWith('$ fleet-migrate'));
    expect(commands).toEqual([expect.stringContaining('--dry-run'), expect.stringContaining('--yes')]);
  });

  it('says that its phones are gone, and how to keep such a network', () => {
    expect(demo.stdout).toMatch(/phones are gone now: .* would find nobody\. fleet-migrate simulate keeps /);
    expect(enterpriseDemo.stdout).toContain('nobody. fleet-migrate simulate --scenario enterprise keeps ');
  });

  it('shows every outcome but the two of runs that do not write', () => {
    const shown = Object.keys(report.totals.byOutcome);
    expect(shown).toEqual(outcomes.filter((outcome) => outcome !== 'audited' && outcome !== 'planned'));
  });

  it('migrates most of what may migrate', () => {
    expect(report.run).toMatchObject({ profile: 'mpp-to-enterprise', dryRun: false });
    expect(report.totals.byOutcome.done).toBeGreaterThan(20);
    expect(report.phones.length).toBeGreaterThan(50);
  });

  it('leaves the same phones in demo-report.csv', () => {
    const rows = parse(readFileSync(folder.file('demo-report.csv'), 'utf8'), { columns: true }) as Record<
      string,
      string
    >[];
    expect(rows.map(({ address, outcome }) => [address, outcome])).toEqual(
      report.phones.map(({ address, outcome }) => [address, outcome]),
    );
  });
});

describe.each([
  ['demo', () => ({ demo, cwd: folder.path })],
  ['demo --direction e2m', () => ({ demo: enterpriseDemo, cwd: enterpriseFolder.path })],
])('the last words of fleet-migrate %s', (_name, told) => {
  it('name commands that look at the runs it has kept', async () => {
    const { cwd, demo: shown } = told();
    const lines = shown.stdout.slice(shown.stdout.indexOf('Look at them:')).split('\n');
    const commands = lines
      .filter((line) => line.startsWith('  fleet-migrate '))
      .map((line) => line.trim().split(' ').slice(1));
    expect(commands.map(([name]) => name)).toEqual(['runs', 'report', 'report', 'report', 'report']);
    for (const words of commands) {
      const { code, stdout, stderr } = await runCommand(words, { cwd });
      expect([words, code, stderr, stdout.length > 100]).toEqual([words, 0, '', true]);
    }
  });
});

describe('fleet-migrate demo --direction e2m', () => {
  let report: Report;
  beforeAll(() => {
    report = readReport(enterpriseFolder.file('demo-report.json'));
  });

  it('exits 0', () => {
    expect({ code: enterpriseDemo.code, ending: enterpriseDemo.stdout.trim().split('\n').at(-1) }).toEqual({
      code: 0,
      ending: expect.stringContaining('ended with exit code 1'),
    });
    expect(enterpriseDemo.stderr).not.toContain('internal error');
  });

  it('shows the whole way, as it would be typed, and no password', () => {
    const commands = enterpriseDemo.stdout.split('\n').filter((line) => line.startsWith('$ fleet-migrate'));
    expect(commands).toEqual([
      expect.stringMatching(/^\$ fleet-migrate ucm check --ucm /),
      expect.stringMatching(/^\$ fleet-migrate ucm list --ucm /),
      expect.stringMatching(/^\$ fleet-migrate audit --ucm /),
      expect.stringMatching(/ --profile enterprise-to-mpp --inventory demo-labels\.csv --dry-run$/),
      expect.stringMatching(/ --profile enterprise-to-mpp --inventory demo-labels\.csv --yes /),
      '$ fleet-migrate report --lists --db demo-store.db',
    ]);
    expect(enterpriseDemo.stdout).toContain('Of 8 phones the hardware version (VID) is not known');
    expect(enterpriseDemo.stdout + enterpriseDemo.stderr).not.toContain('cucm-axl-1');
  });

  it('moves Enterprise phones, over an older load too, and licenses those that had moved before', () => {
    const { done } = report.totals.byOutcome;
    expect(done).toBeGreaterThan(12);
    const loads = report.phones
      .filter(({ outcome }) => outcome === 'done')
      .map(({ plan }) => plan.filter(({ step }) => step === 'load').length);
    expect(new Set(loads)).toEqual(new Set([0, 1, 2]));
    expect(report.totals.byDirection).toMatchObject({ e2m: { ineligible: 2, unknown: 1 } });
  });

  it('leaves alone what it cannot know, names it, and puts back a load that was not taken', () => {
    const codes = report.phones.map(({ failure }) => failure?.code).filter((code) => code !== undefined);
    const left = ['eligibility-unknown', 'ucm-behind-proxy', 'ucm-not-found', 'ucm-unregistered'];
    expect(codes).toEqual(expect.arrayContaining([...left, 'not-recognized', 'upgrade-failed']));
    const failed = report.phones.find(({ outcome }) => outcome === 'failed');
    expect(failed?.evidence.map(({ kind }) => kind)).toContain('put-back');
  });
});

describe('a demo that cannot leave its files', () => {
  it.each([
    // Whoever tests this may be allowed to write everywhere else.
    ['where nothing can be written', '/proc', 'nothing can be made in this one'],
    ['where a folder has the name of one', null, 'demo-report.csv: it is a folder'],
  ])('%s is refused before anything else', async (_, place, why) => {
    const own = temporaryFolder();
    try {
      if (place === null) mkdirSync(own.file('demo-report.csv'));
      for (const direction of ['m2e', 'e2m'])
        expect(await runCommand(['demo', '--direction', direction], { cwd: place ?? own.path })).toMatchObject({
          code: 2,
          stdout: '',
          stderr: `fleet-migrate: The demo leaves demo-store.db and its reports in the folder in which it is run, and cannot: ${why}; run it in another folder.\n`,
        });
      expect(readdirSync(own.path)).toEqual(place === null ? ['demo-report.csv'] : []);
    } finally {
      own.remove();
    }
  });

  it('any more, once it has begun, ends there: it claims nothing of what is not there', async () => {
    const own = temporaryFolder();
    try {
      const running = startCommand(['demo'], { cwd: own.path });
      await running.shows('--dry-run');
      mkdirSync(own.file('demo-report.json'));
      const { code, stdout } = await running.done;
      expect(code).toBe(70);
      expect(stdout).toMatch(
        /\nThis is not how the demo should go, and it ends here: fleet-migrate .* ended with exit code 2, not 1\.\n$/,
      );
      expect(stdout).not.toContain('full record');
      expect(existsSync(own.file('demo-report.csv'))).toBe(false);
    } finally {
      own.remove();
    }
  });
});
