import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { type Finished, runCommand } from '../../support/command/command.js';
import { type Network, startNetwork } from '../../support/network.js';
import { parseReport, readReport, reportedAt } from '../../support/reports/report-schema.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

/** Within the network's subnet, and nobody is there. */
const dark = { address: '127.85.1.60' };
const alsoDark = ['127.85.1.58', '127.85.1.59'];

describe('a target that somebody named is owed an answer', () => {
  const folder = temporaryFolder();
  let network: Network;
  let desk: string;
  let printer: string;

  beforeAll(async () => {
    network = await startNetwork(
      [
        { model: '8841', name: 'desk' },
        { kind: 'printer', name: 'printer' },
      ],
      {
        subnet: '127.85.1.0/26',
      },
    );
    desk = network.phone('desk').address;
    printer = network.phone('printer').address;
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  let files = 0;
  function inventory(...rows: string[]): string {
    const path = folder.file(`phones-${(files += 1)}.csv`);
    writeFileSync(path, `address,mac,site\n${rows.join('\n')}\n`);
    return path;
  }
  const audit = (...words: string[]): Promise<Finished> =>
    runCommand(['audit', ...words, ...network.reach, '--no-config']);
  const scanned = (): string[] => ['--subnet', network.subnet];

  describe('an inventory of three phones, of which one is dark and one a printer, exits 1 and lists all three', () => {
    const db = folder.file('three.db');
    const json = folder.file('three.json');
    let run: Finished;
    let list: string;

    beforeAll(async () => {
      list = inventory(`${desk},,`, `${printer},,Berlin`, `${dark.address},00CCFC0000FF,Bonn`);
      run = await audit('--inventory', list, '--db', db, '--report', json);
    });

    it('in the table and the summary, with what to do', () => {
      expect(run.code).toBe(1);
      expect(run.stdout).toContain('Need attention (2)');
      expect(run.stdout).toMatch(new RegExp(`^${dark.address} .* no-answer +connect-reset: `, 'm'));
      expect(run.stdout).toMatch(new RegExp(`^${printer} .* not-a-phone `, 'm'));
      expect(run.stdout).toMatch(/What stood in the way:[^]*connect-reset: [^]*connect-reset \(127\.85\.1\.60\): /);
      expect(run.stdout).toContain('Find the 2 phones that you named but that could not be read');
      expect(run.stdout).not.toContain('Nothing is left to do');
    });

    it('in the JSON report, whose totals count it once', () => {
      const report = readReport(json);
      expect(report.phones).toHaveLength(3);
      expect(report.totals).toEqual({
        ...{
          targets: 3,
          byOutcome: { audited: 1, 'no-answer': 1, 'not-a-phone': 1 },
          noAnswerByCode: { 'connect-reset': 1 },
        },
        byDirection: { m2e: { eligible: 1 } },
      });
      const found = reportedAt(report, dark);
      expect(found).toMatchObject({ outcome: 'no-answer', named: true, touched: false, site: 'Bonn', mac: null });
      expect(found.failure?.code).toBe('connect-reset');
      expect(reportedAt(report, { address: printer })).toMatchObject({ outcome: 'not-a-phone', named: true });
    });

    it('in CSV', async () => {
      const { code, stdout } = await audit('--inventory', list, '--output', 'csv');
      const rows = parse(stdout, { columns: true }) as Record<string, string>[];
      expect(code).toBe(1);
      expect(rows.map(({ address, outcome, named }) => [address, outcome, named]).sort()).toEqual(
        [
          [desk, 'audited', 'yes'],
          [printer, 'not-a-phone', 'yes'],
          [dark.address, 'no-answer', 'yes'],
        ].sort(),
      );
    });

    it('in the events', async () => {
      const { code, stdout } = await audit('--inventory', list, '--output', 'ndjson');
      const events = stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      const ended = events.filter(({ event }) => event === 'outcome').map(({ address, outcome }) => [address, outcome]);
      expect(code).toBe(1);
      expect(ended).toContainEqual([dark.address, 'no-answer']);
      expect(ended).toContainEqual([printer, 'not-a-phone']);
      expect(events.find(({ event }) => event === 'survey-finished')).toMatchObject({ targets: 3, phones: 2 });
    });

    it('in the lists of the stored run', async () => {
      const { stdout } = await runCommand(['report', '--lists', '--db', db, '--no-config']);
      expect(stdout).toMatch(/^No answer \(1\)[^]*connect-reset[^]*127\.85\.1\.60 .*Bonn/m);
      expect(stdout).toMatch(new RegExp(`^Not a phone \\(1\\)[^]*${printer} .*Berlin`, 'm'));
    });

    it('and report --diff tells of phones only', async () => {
      await audit(...scanned(), '--db', db);
      const { code, stdout } = await runCommand(['report', '--diff', '--db', db, '--no-config']);
      expect(code).toBe(0);
      expect(stdout).toContain('Nothing changed.');
    });
  });

  it('an inventory of dark phones exits 4 and lists them all', async () => {
    const { code, stdout } = await audit(
      '--inventory',
      inventory(...alsoDark.map((at) => `${at},,`)),
      '--output',
      'json',
    );
    expect(code).toBe(4);
    expect(parseReport(stdout).phones.map(({ address, outcome }) => [address, outcome])).toEqual(
      alsoDark.map((address) => [address, 'no-answer']),
    );
  });

  it.each([
    ['an address', '127.85.1.60', 1],
    ['a range', '127.85.1.55-60', 6],
  ])('a dark target, %s, exits 4 and is listed', async (_kind, target, listed) => {
    const { code, stdout } = await audit('--target', target);
    expect(code).toBe(4);
    expect(stdout).toContain(`Need attention (${listed})`);
    expect(stdout).toContain('Nothing answered: check the addresses');
  });

  it('a named printer alone answered, and exits 1', async () => {
    const { code, stdout } = await audit('--target', printer);
    expect(code).toBe(1);
    expect(stdout).toContain('No phone was read');
    expect(stdout).not.toContain('Nothing is left to do');
  });

  it('a subnet with dark addresses and a printer exits 0, and its dark ones are counted', async () => {
    const { code, stdout } = await audit(...scanned(), '--output', 'json');
    const report = parseReport(stdout);
    expect(code).toBe(0);
    expect(report.phones.map(({ address, named }) => [address, named]).sort()).toEqual(
      [desk, printer].sort().map((address) => [address, false]),
    );
    expect(report.totals.noAnswerByCode).toEqual({ 'connect-reset': 60 });
  });

  it('a subnet, and an inventory that names a dark address of it, exits 1 and lists that one', async () => {
    const { code, stdout } = await audit(
      ...scanned(),
      '--inventory',
      inventory(`${dark.address},,`),
      '--output',
      'json',
    );
    const report = parseReport(stdout);
    expect(code).toBe(1);
    expect(report.phones).toHaveLength(3);
    expect(reportedAt(report, dark)).toMatchObject({ outcome: 'no-answer', named: true });
    expect(report.totals.byOutcome['no-answer']).toBe(60);
    expect(report.totals.noAnswerByCode).toEqual({ 'connect-reset': 60 });
  });

  it('what is excluded is owed none, also when it was named', async () => {
    const list = inventory(`${desk},,`, `${dark.address},,`);
    const { code, stdout } = await audit('--inventory', list, '--exclude', dark.address, '--output', 'json');
    expect(code).toBe(0);
    expect(parseReport(stdout).phones.map(({ address }) => address)).toEqual([desk]);
  });

  it('a file of sites names its targets and not its subnets', async () => {
    const config = folder.file('fleet-migrate.yaml');
    const site = (more: string): void =>
      writeFileSync(config, `sites:\n  north:\n    subnets: ${network.subnet}\n${more}`);
    const codeOf = async (): Promise<number | null> =>
      (await runCommand(['audit', ...network.reach, '--config', config, '--quiet'])).code;
    site('');
    expect(await codeOf()).toBe(0);
    site(`    targets: ${dark.address}\n`);
    expect(await codeOf()).toBe(1);
  });
});
