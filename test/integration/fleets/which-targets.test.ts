import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCommand } from '../../support/command/command.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { type Network, startNetwork } from '../../support/network.js';
import { type Report, reportedAt } from '../../support/reports/report-schema.js';
import { runForReport } from '../../support/reports/reported-run.js';

const late = '00CCFC00BEEF';

describe('which targets a run takes', () => {
  const folder = temporaryFolder();
  const db = folder.file('runs.db');
  let network: Network;
  let migrate: string[];
  /** By address, lowest first. */
  let desks: string[];

  beforeAll(async () => {
    network = await startNetwork(
      [
        { kind: 'printer', name: 'printer' },
        { model: '8841', name: 'late order', mac: late },
        { model: '8841', count: 4, name: 'desk' },
      ],
      { subnet: '127.85.2.0/28', files: { missingLicenses: [late] } },
    );
    migrate = ['--profile', quickProfile(folder.path, 'mpp-to-enterprise'), '--files', network.files, '--db', db];
    desks = network.simulator.phones.filter(({ name }) => name.startsWith('desk')).map(({ address }) => address);
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  const reach = (): string[] => [...network.reach, '--no-config'];
  const at = ({ phones }: Report, outcome: string): string[] =>
    phones.filter((phone) => phone.outcome === outcome).map(({ address }) => address);
  const written = (): Set<string | null> => new Set(network.posts().map(({ mac }) => mac));

  describe('two of a subnet first, then these two for real, a wave at a time', () => {
    let dry: Awaited<ReturnType<typeof runForReport>>;
    let first: typeof dry;
    let resumed: typeof dry;

    beforeAll(async () => {
      dry = await runForReport(['--subnet', network.subnet, ...migrate, '--dry-run', '--limit', '2', ...reach()]);
      const paced = ['--waves', '1,100%', '--pause-after-wave', '--yes'];
      const fromDry = ['--from-run', 'latest', '--only', 'planned'];
      first = await runForReport([...fromDry, ...migrate, ...paced, ...reach()]);
      // From here on the latest run is another one.
      await runCommand(['audit', '--target', desks[3] ?? '', '--db', db, ...reach()]);
      resumed = await runForReport(['resume', first.report.run.id, '--yes', '--no-config', '--db', db]);
    });

    it('--limit 2 plans the first two that may be moved, and leaves the others', () => {
      // Because of the phone without a license, not of those beyond the limit.
      expect(dry.code).toBe(1);
      const left = dry.report.phones.filter(({ failure }) => failure?.code === 'beyond-limit');
      expect(left.every(({ outcome, touched }) => outcome === 'deferred' && !touched)).toBe(true);
      const beyond = dry.report.totals.beyondLimit ?? 0;
      expect(beyond).toBeGreaterThanOrEqual(left.length);
      expect(beyond).toBeGreaterThanOrEqual(2);
      expect(dry.stderr).toContain(`${beyond} of them beyond --limit`);
      expect(at(dry.report, 'planned')).toEqual(desks.slice(0, 2));
      expect(reportedAt(dry.report, network.phone('late order'))).toMatchObject({ outcome: 'blocked' });
    });

    it('--from-run takes those, and only those are written to', () => {
      expect(at(first.report, 'done')).toHaveLength(1);
      expect(at(first.report, 'deferred')).toHaveLength(1);
      expect(first.report.totals.targets).toBe(2);
      expect(first.report.phones.every(({ named }) => named)).toBe(true);
    });

    it('a resume of it keeps its own phones, whatever the latest run is by then', () => {
      expect(resumed.code).toBe(0);
      expect(at(resumed.report, 'done')).toEqual(desks.slice(0, 2));
      expect(resumed.report.totals.targets).toBe(2);
      expect(written()).toEqual(new Set(resumed.report.phones.map(({ mac }) => mac)));
    });
  });

  it('an audit of the first phone exits 0 and says how to have the others', async () => {
    const { code, stdout } = await runCommand([
      'audit',
      '--subnet',
      network.subnet,
      '--limit',
      '1',
      '--db',
      db,
      ...reach(),
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/ 1 {2}audited$/m);
    expect(stdout).toMatch(/The run took no more phones than --limit allows: raise it, or leave it\s+out/);
    expect(stdout).not.toContain('What stood in the way');
  });

  it('only those with a failure code of last night', async () => {
    const all = await runForReport(['--subnet', network.subnet, ...migrate, '--dry-run', ...reach()]);
    const args = ['--from-run', all.report.run.id, '--only', 'license-missing', ...migrate, '--dry-run', ...reach()];
    const { report, code } = await runForReport(args);
    expect(code).toBe(1);
    expect(report.phones.map(({ mac, outcome }) => [mac, outcome])).toEqual([[late, 'blocked']]);
  });

  it.each([
    [
      'a word that is none',
      ['--from-run', 'latest', '--only', 'failed,unverifed'],
      /--only unverifed: .*did you mean unverified\?/,
    ],
    [
      'an end that none had',
      ['--from-run', 'latest', '--only', 'wrong-load'],
      /has no phone that ended with wrong-load; it had .*license-missing/,
    ],
    ['a run that is none', ['--from-run', '1999'], /There is no run 1999 in the store/],
    ['--only without a run', ['--target', '127.85.2.1', '--only', 'failed'], /--only needs --from-run/],
    ['no phones at all', ['--target', '127.85.2.1', '--limit', '0'], /--limit 0: at least one phone must be allowed/],
    [
      'a number that is none of phones',
      ['--target', '127.85.2.1', '--limit', '-3'],
      /--limit -3: this is no whole number/,
    ],
    [
      'a limit that is nothing',
      ['--target', '127.85.2.1', '--limit', 'five'],
      /--limit five: this is neither a number nor a file/,
    ],
  ])('exit code 2 and nothing contacted for %s', async (_what, args, says) => {
    const asked = network.simulator.log.length;
    const { code, stderr } = await runCommand(['audit', ...args, '--db', db, ...reach()]);
    expect(code).toBe(2);
    expect(stderr).toMatch(says);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(network.simulator.log.length).toBe(asked);
  });

  it('exit code 2 where there is no store, and none is made', async () => {
    const missing = folder.file('none.db');
    const { code, stderr } = await runCommand(['audit', '--from-run', 'latest', '--db', missing, ...reach()]);
    expect(code).toBe(2);
    expect(stderr).toContain(`there is no store at ${missing}`);
  });

  describe('a list that gives MACs without addresses', () => {
    let list: string;
    beforeAll(() => {
      list = folder.file('macs.csv');
      writeFileSync(list, `address,mac,vid,site\n,${late},V99,Berlin\n,00CCFC00DEAD,,Bonn\n`);
    });

    it('is scanned for: found phones are named, the others are listed as not read, and the exit code is 1', async () => {
      const { code, report } = await runForReport([
        ...['audit', '--inventory', list, '--subnet', network.subnet, '--db', db, ...reach()],
      ]);
      expect(code).toBe(1);
      expect(report.phones.find(({ mac }) => mac === late)).toMatchObject({ named: true, site: 'Berlin' });
      expect(report.phones.find(({ address }) => address === '00CCFC00DEAD')).toMatchObject({
        ...{ outcome: 'no-answer', named: true, mac: null, site: 'Bonn' },
        failure: { code: 'not-found-by-mac' },
      });
    });

    it('limits a run to its phones with --limit FILE', async () => {
      const { report } = await runForReport([
        ...['audit', '--limit', list, '--subnet', network.subnet, '--db', db, ...reach()],
      ]);
      expect(report.phones.filter(({ outcome }) => outcome === 'audited').map(({ mac }) => mac)).toEqual([late]);
    });

    it('needs a subnet', async () => {
      const { code, stderr } = await runCommand(['audit', '--inventory', list, '--db', db, ...reach()]);
      expect(code).toBe(2);
      expect(stderr).toContain('no subnet is given in which to look for these MACs; add --subnet');
    });
  });
});
