import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, writeFileSync } from 'node:fs';
import { systemClock } from '../../../src/conduct/system-clock.js';
import { openStore } from '../../../src/store/open-store.js';
import { type Finished, runCommand } from '../../support/command/command.js';
import { type Network, startNetwork } from '../../support/network.js';
import { runForReport } from '../../support/reports/reported-run.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

describe('report --diff', () => {
  const folder = temporaryFolder();
  const db = folder.file('diff.db');
  const ids: string[] = [];
  let network: Network;

  /** Three audits: of the first phone, of both, of the second. */
  beforeAll(async () => {
    network = await startNetwork([
      { model: '8841', mac: '00CCFC000001' },
      { model: '8851', mac: '00CCFC000002' },
    ]);
    const [first = '', second = ''] = network.simulator.phones.map(({ address }) => address);
    for (const asked of [[first], [first, second], [second]]) {
      const targets = asked.flatMap((address) => ['--target', address]);
      const { report } = await runForReport(['audit', ...targets, ...network.reach, '--no-config', '--db', db]);
      ids.push(report.run.id);
    }
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  const report = (...words: string[]): Promise<Finished> => runCommand(['report', ...words, '--no-config', '--db', db]);

  /** Who is new and who is gone, by the ends of their MACs. */
  async function changes(...words: string[]): Promise<unknown> {
    const { code, stdout } = await report('--diff', ...words, '--output', 'json');
    expect(code).toBe(0);
    const { schema, from, to, added, notSeen, askedOnlyIn } = JSON.parse(stdout) as Record<
      string,
      { id: string; mac: string }[]
    > & {
      from: { id: string };
      to: { id: string };
      askedOnlyIn: { from: number; to: number };
    };
    expect(schema).toBe('fleet-migrate/diff@1');
    const macs = (phones: { mac: string }[] | undefined): string[] => (phones ?? []).map(({ mac }) => mac.slice(-1));
    return {
      runs: [ids.indexOf(from.id), ids.indexOf(to.id)],
      added: macs(added),
      notSeen: macs(notSeen),
      only: Object.values(askedOnlyIn),
    };
  }

  it('compares the last two runs', async () => {
    expect(await changes()).toEqual({ runs: [1, 2], added: [], notSeen: [], only: [1, 0] });
  });

  it('compares a run with the last one', async () => {
    expect(await changes(String(ids[0]))).toEqual({ runs: [0, 2], added: [], notSeen: [], only: [1, 1] });
  });

  it('compares two runs, in the order in which they are named, wherever the words stand', async () => {
    expect(await changes(String(ids[0]), String(ids[1]))).toEqual({
      runs: [0, 1],
      added: [],
      notSeen: [],
      only: [0, 1],
    });
    expect(await changes(String(ids[1]), String(ids[0]))).toEqual({
      runs: [1, 0],
      added: [],
      notSeen: [],
      only: [1, 0],
    });
    const { stdout } = await report(String(ids[0]), '--diff', 'latest');
    expect(stdout).toMatch(new RegExp(`^Changes from ${ids[0]} .* to ${ids[2]} `));
    expect(stdout).toContain(
      'Not asked in both runs, so not compared: 1 phone only in the first, 1 phone only in the second.',
    );
  });

  it('says that nothing was compared where no phone was seen in both', async () => {
    const { stdout } = await report('--diff', String(ids[0]), String(ids[2]));
    expect(stdout).toContain('\nNothing is compared: no phone was seen in both runs.\n');
    expect(stdout).not.toContain('Nothing changed');
  });

  it('of an audit and a dry run has no outcomes: they answer different questions', async () => {
    const store = ['--db', folder.file('kinds.db'), '--no-config'];
    await runCommand(['audit', ...network.scan, ...store]);
    const dry = ['--profile', 'mpp-to-enterprise', '--files', network.files, '--dry-run'];
    for (const _twice of [1, 2]) await runCommand(['migrate', ...network.scan, ...dry, ...store]);
    const of = async (...words: string[]): Promise<string> =>
      (await runCommand(['report', '--diff', ...words, ...store])).stdout;
    const audit = /(\S+) .* audit /.exec((await runCommand(['runs', ...store])).stdout)?.[1] ?? '';
    expect(await of(audit)).toMatch(
      /\nHow phones ended is not compared: the first run was an audit, the second of the profile mpp-to-enterprise\.\n\nNothing changed\.\n$/,
    );
    expect(await of()).toMatch(/\nNothing changed\.\n$/);
  });

  it('is refused with one sentence where there is nothing to compare', async () => {
    const missing = folder.file('missing.db');
    const none = folder.file('none.db');
    const one = folder.file('one.db');
    await (await openStore({ path: none, clock: systemClock })).close();
    await runCommand(['audit', '--target', '127.66.0.60', ...network.reach, '--no-config', '--db', one]);
    const last = String(ids[2]);
    const store = `in the store ${db}; fleet-migrate runs lists them, and --db names another store.`;
    const rows: [string[], string][] = [
      [['--diff', 'nobody'], `There is no run nobody ${store}`],
      [['--diff', last, '2001'], `There is no run 2001 ${store}`],
      [['--diff', last], `${last} cannot be compared with itself; name two runs (fleet-migrate runs lists them).`],
      [
        ['--diff', last, last],
        `${last} cannot be compared with itself; name two runs (fleet-migrate runs lists them).`,
      ],
      [['--diff', ...ids], 'report --diff compares two runs; 3 were named.'],
      [ids.slice(1), 'report takes one run, or two with --diff; 2 were named.'],
      [['--diff', '--db', none], `The store ${none} has no finished run yet.`],
      [['--diff', '--db', missing], `--db ${missing}: there is no such store; a run makes one. Check the path.`],
      [
        ['--diff', '--lists'],
        '--diff cannot be combined with --lists; leave one of them out (a comparison goes to standard output).',
      ],
      [
        ['--diff', '--report', folder.file('diff.json')],
        '--diff cannot be combined with --report; leave one of them out (a comparison goes to standard output).',
      ],
      [['--diff', '--output', 'csv'], '--diff is shown as table or json, not as csv; choose one with --output.'],
    ];
    for (const [words, sentence] of rows) {
      const own = words.includes('--db') ? [] : ['--db', db];
      const { code, stdout, stderr } = await runCommand(['report', ...words, '--no-config', ...own]);
      expect([code, stdout, stderr]).toEqual([2, '', `fleet-migrate: ${sentence}\n`]);
    }
    const { stderr } = await runCommand(['report', '--diff', '--no-config', '--db', one]);
    expect(stderr).toMatch(
      /^fleet-migrate: The store .*one\.db has only the run \d{14}-\w{6}; there is nothing to compare it with yet\.\n$/,
    );
  });

  it('of a run of another store says which store was looked into', async () => {
    const other = folder.file('other.db');
    const audit = ['audit', '--target', '127.66.0.60', ...network.reach, '--no-config', '--db', other];
    const { report: elsewhere } = await runForReport(audit);
    const { code, stderr } = await report('--diff', elsewhere.run.id);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining(`There is no run ${elsewhere.run.id} in the store ${db}`),
    ]);
  });

  it('leaves the report file of the night alone, as does an earlier report', async () => {
    const night = folder.file('night.json');
    writeFileSync(folder.file('fleet.yaml'), `report: ${night}\n`);
    for (const words of [['--diff'], [String(ids[0])]]) {
      const { code } = await runCommand(['report', ...words, '--config', folder.file('fleet.yaml'), '--db', db]);
      expect(code).toBe(0);
    }
    expect(existsSync(night)).toBe(false);
  });
});
