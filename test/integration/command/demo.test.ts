import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { outcomes } from '../../../src/domain/progress/outcome.js';
import { type Finished, runCommand } from '../../support/command/command.js';
import { readReport, type Report } from '../../support/reports/report-schema.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

describe('fleet-migrate demo', () => {
  const folder = temporaryFolder();
  let demo: Finished;
  let report: Report;

  beforeAll(async () => {
    demo = await runCommand(['demo'], { cwd: folder.path });
    report = readReport(folder.file('demo-report.json'));
  });
  afterAll(() => folder.remove());

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
