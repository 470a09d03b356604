import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { type ClusterNetwork, startCluster } from '../../support/cluster.js';
import { runCommand } from '../../support/command/command.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { runForReport } from '../../support/reports/reported-run.js';

const enterprise = { model: '8841', vid: 'V05', load: 'sip88xx.14-2-1-0101-26' };

describe('which phones of Unified CM a move takes, by what was asked for', () => {
  const folder = temporaryFolder();
  let network: ClusterNetwork;
  let inventory: string;

  beforeAll(async () => {
    network = await startCluster(
      [
        { ...enterprise, name: 'HQ off', ucm: { pool: 'HQ' } },
        { ...enterprise, name: 'HQ on', ucm: { pool: 'HQ', webAccess: 'on' } },
        { ...enterprise, name: 'Branch off', ucm: { pool: 'Branch' } },
        { ...enterprise, name: 'Branch on', ucm: { pool: 'Branch', webAccess: 'on', description: 'Lobby, left' } },
        { ...enterprise, name: 'Elsewhere', ucm: { pool: 'Branch', shownAddress: 'next' } },
        { model: '8841', vid: 'V05', name: 'In its place', ucm: { known: false } },
        { ...enterprise, name: 'Listed as another', ucm: { pool: 'Branch' } },
        { ...enterprise, name: 'Has moved', ucm: { pool: 'Lab', webAccess: 'on', shownAddress: '127.78.5.13' } },
      ],
      { subnet: '127.78.5.0/28' },
    );
    const rows = network.simulator.phones.map(
      ({ name, mac }) => `${mac},${name === 'Listed as another' ? '7841' : '8841'},V05`,
    );
    inventory = folder.file('vids.csv');
    writeFileSync(inventory, ['mac,model,vid', ...rows].join('\n'));
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  /** Without where its files are: an audit looks at none. */
  const askUcm = (): string[] =>
    network.askUcm.filter((word, at, all) => word !== '--ucm-files-port' && all[at - 1] !== '--ucm-files-port');

  const found = async (...options: string[]): Promise<Record<string, string>> => {
    const { report } = await runForReport(
      [
        ...[...network.reach, ...network.askUcm, '--profile', 'enterprise-to-mpp', '--dry-run'],
        ...['--files', network.files, '--inventory', inventory, ...options],
      ],
      { env: network.env },
    );
    return Object.fromEntries(
      report.phones.map(({ mac, address, ucm, outcome, failure }) => {
        const known = mac ?? ucm?.name.slice(3) ?? address;
        return [network.simulator.phoneByMac(known)?.name ?? known, failure?.code ?? outcome];
      }),
    );
  };

  it('all of them without a word; those about which the network or a list says otherwise are named and left alone', async () => {
    expect(await found()).toEqual({
      ...{ 'HQ off': 'planned', 'HQ on': 'planned', 'Branch off': 'planned', 'Branch on': 'planned' },
      'In its place': 'inventory-mismatch',
      'Listed as another': 'inventory-mismatch',
      // As one whose web server is off: nobody has seen it at another address.
      'Has moved': 'ucm-not-here',
    });
  });

  it('one that answers at another address than Unified CM shows is one phone, there', async () => {
    const { report } = await runForReport(
      ['audit', '--subnet', '127.78.5.0/28', ...network.reach, ...askUcm(), '--device-pool', 'lab'],
      { env: network.env },
    );
    const { mac, address } = network.phone('Has moved');
    const own = report.phones.filter((phone) => phone.ucm?.name === `SEP${mac}` || phone.address === '127.78.5.13');
    expect(own.map((phone) => [phone.address, phone.mac, phone.outcome, phone.failure?.message ?? null])).toEqual([
      [address, mac, 'audited', null],
      ['127.78.5.13', null, 'blocked', expect.stringContaining(`the phone itself answers at ${address}.`)],
    ]);
  });

  it('those of a device pool, or by their names and descriptions', async () => {
    expect(await found('--device-pool', 'hq')).toMatchObject({ 'HQ off': 'planned', 'HQ on': 'planned' });
    const lobby = await found('--match', '*lobby*');
    expect(Object.entries(lobby).filter(([, how]) => how === 'planned')).toEqual([['Branch on', 'planned']]);
  });

  it('only those of a device pool, also where a subnet says where they may reappear and others are there, too', async () => {
    const inPool = await found('--device-pool', 'HQ', '--subnet', '127.78.5.0/28');
    expect(inPool).toMatchObject({
      ...{ 'HQ off': 'planned', 'HQ on': 'planned', 'Branch off': 'ucm-not-chosen', 'Branch on': 'ucm-not-chosen' },
      // Multiplatform, and none of Unified CM's: the subnet alone makes it a target.
      'In its place': 'planned',
    });
    expect(Object.values(inPool).filter((how) => how === 'planned')).toHaveLength(3);
  });

  it('those of a list of addresses, or of MACs, whether Unified CM or the phone tells the MAC', async () => {
    const list = folder.file('tonight.txt');
    writeFileSync(list, `${network.phone('HQ off').mac}\n${network.phone('Branch on').mac}\n`);
    const places = folder.file('places.txt');
    writeFileSync(places, `${network.phone('HQ on').address}\n`);
    expect(await found('--limit', places)).toEqual({ 'HQ on': 'planned' });
    const taken = Object.entries(await found('--limit', list)).filter(([, how]) => how === 'planned');
    expect(taken.map(([name]) => name).sort()).toEqual(['Branch on', 'HQ off']);
  });

  it('only those of an earlier run that ended so: neither Unified CM nor a list brings others', async () => {
    const db = ['--db', folder.file('again.db'), '--no-config'];
    const run = (...more: string[]) => runCommand(more, { env: network.env });
    const all = [...network.reach, ...network.askUcm, '--profile', 'enterprise-to-mpp', '--files', network.files];
    const { stdout } = await run('migrate', ...all, '--dry-run', ...db);
    const [, count, line = ''] = /take the (\d+) phones[^]*?\n {6}fleet-migrate (.*)/.exec(stdout) ?? [];
    expect(Number(count)).toBeLessThan(Number(/; (\d+) targets in/.exec(stdout)?.[1]));
    const words = execFileSync('sh', ['-c', `printf '%s\n' ${line}`], { encoding: 'utf8' })
      .trimEnd()
      .split('\n');
    expect(words).toEqual(expect.arrayContaining(['--from-run', '--only', 'blocked', '--dry-run']));
    for (const more of [[], ['--inventory', inventory]]) {
      const again = await run(...words, ...more, '--output', 'json');
      const { totals } = JSON.parse(again.stdout) as { totals: { targets: number } };
      expect(totals.targets).toBe(Number(count));
    }
  });

  it('a run of all of them changes nothing when it is dry', () => {
    expect(network.changes()).toEqual([]);
    expect(network.ucm.violations).toEqual([]);
  });
});
