import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ClusterNetwork, startCluster } from '../../support/cluster.js';
import { apart, builtCommand, type Finished, runCommand } from '../../support/command/command.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { runForReport } from '../../support/reports/reported-run.js';

const load = 'sip88xx.14-2-1-0101-26';
const odd = '<!-- <webAccess>0</webAccess> -->\r\n<pcPort>0</pcPort><webAccess>1</webAccess >\t<empty />';

describe('web access that is switched on for an audit', () => {
  const folder = temporaryFolder();
  const db = folder.file('runs.db');
  let network: ClusterNetwork;
  let before: (string | undefined)[];

  beforeAll(async () => {
    const one = { model: '8841', vid: 'V05', load };
    network = await startCluster(
      [
        { ...one, name: 'off', count: 3 },
        { ...one, name: 'absent', ucm: { webAccess: 'absent' } },
        { ...one, name: 'odd', ucm: { vendorConfig: odd } },
        { ...one, name: 'on', ucm: { webAccess: 'on' } },
      ],
      { timeScale: 400 },
    );
    before = settings();
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  const settings = (): (string | undefined)[] =>
    network.simulator.phones.map(({ mac }) => network.ucm.settingsOf(`SEP${mac}`)?.vendorConfig);
  /** Where Unified CM is and who asks it, without where its files are: an audit looks at none. */
  const askUcm = (): string[] =>
    network.askUcm.filter((word, at, all) => word !== '--ucm-files-port' && all[at - 1] !== '--ucm-files-port');
  const audit = (): string[] => ['audit', ...network.scan.slice(2), ...askUcm(), '--db', db, '--no-config'];
  const credentials = (): string[] => ['--ucm-username', network.ucm.username, '--ucm-password-env', 'UCM_PASSWORD'];
  const run = (...args: string[]): Promise<Finished> => runCommand(args, { env: network.env });

  /** Kills an audit once so many phones were told to take their new setting, or stops it at once, as a second ctrl-C does. */
  async function killedAudit(applied: number, how: 'killed' | 'stopped at once' = 'killed'): Promise<void> {
    const told = (): number => network.changes().filter((change) => change.startsWith('applyPhone')).length;
    const until = told() + applied;
    const child = spawn(process.execPath, [builtCommand, ...audit(), '--enable-web-access', '--yes'], {
      stdio: 'ignore',
      env: { ...process.env, NODE_OPTIONS: '', ...network.env, ...apart() },
    });
    const ended = new Promise((resolve) => child.once('close', resolve));
    while (told() < until && child.exitCode === null) await setTimeout(2);
    if (how === 'killed') child.kill('SIGKILL');
    // Signals that come together may count as one.
    else for (; child.exitCode === null && child.signalCode === null; await setTimeout(3)) child.kill('SIGINT');
    await ended;
    expect(settings()).not.toEqual(before);
  }

  it('waits for the window, that of the run or of the site', async () => {
    const closed = new Date().getUTCHours() < 12 ? '13:00-14:00' : '01:00-02:00';
    const ofRun = [...audit(), '--window', closed, '--time-zone', 'UTC'];
    const site = { subnets: [network.subnet], limits: { window: [closed], timeZone: 'UTC' } };
    writeFileSync(folder.file('sites.json'), JSON.stringify({ sites: { Lab: site } }));
    const ofSite = [...audit().slice(0, -1), '--config', folder.file('sites.json')];
    for (const args of [ofRun, ofSite]) {
      const { code, stderr } = await run(...args, '--enable-web-access', '--yes');
      expect([code, stderr]).toEqual([0, expect.stringContaining('not switched on outside the window')]);
    }
    expect(settings()).toEqual(before);
    expect((await run(...audit(), '--window', closed)).stderr).toMatch(
      /--window does nothing without .*--enable-web-access/,
    );
  });

  it('lets every hardware version be read, and every byte is as before', async () => {
    const { code, report } = await runForReport([...audit(), '--enable-web-access', '--yes'], { env: network.env });
    expect(report.phones.map(({ vid }) => vid)).toEqual(report.phones.map(() => 'V05'));
    expect([code, report.run.webAccess, settings()]).toEqual([0, { switched: 5, notPutBack: 0 }, before]);
  });

  it.each(['killed', 'stopped at once'] as const)('is put back by a resume of an audit that was %s', async (how) => {
    await killedAudit(5, how);
    // Phones may be restarting still, which an audit tells by its exit code.
    const { stdout } = await run('resume', ...credentials(), '--yes', '--db', db, '--no-config');
    expect([settings(), stdout]).toEqual([before, expect.not.stringContaining('NOT PUT BACK')]);
    // Which run is told of: some may have been put back before it ended, and are read anew.
    expect(stdout.replace(/\s+/g, ' ')).toMatch(/Web access .* is put back\./);
  });

  it('is put back by the next audit that may switch it, and only told by one that may not: exit code 1', async () => {
    await killedAudit(5);
    const left = settings();
    const plain = await run(...audit());
    expect([plain.code, settings()]).toEqual([1, left]);
    expect(plain.stdout.replace(/\s+/g, ' ')).toContain(
      'NOT PUT BACK for 5 phones: do that with fleet-migrate ucm restore',
    );
    await network.phonesAreBack();
    const again = await run(...audit(), '--enable-web-access', '--yes');
    expect([again.code, settings()]).toEqual([0, before]);
  });

  it('that a killed audit has left waits for the window of a site, also while nobody knows where the phones are', async () => {
    await killedAudit(5);
    const left = settings();
    const closed = new Date().getUTCHours() < 12 ? '13:00-14:00' : '01:00-02:00';
    const site = { subnets: [network.subnet], limits: { window: [closed], timeZone: 'UTC' } };
    writeFileSync(folder.file('sites.json'), JSON.stringify({ sites: { Lab: site } }));
    // They are restarting: registered nowhere, and without an address.
    const ofSite = [...audit().slice(0, -1), '--config', folder.file('sites.json'), '--enable-web-access', '--yes'];
    const { code, stderr } = await run(...ofSite);
    expect([code, stderr, settings()]).toEqual([1, expect.stringContaining('waits for the window'), left]);
    await run('ucm', 'restore', ...askUcm(), '--yes', '--db', db, '--no-config');
    expect(settings()).toEqual(before);
  });

  it('is put back by hand, with ucm restore', async () => {
    await killedAudit(1);
    const { code } = await run('ucm', 'restore', ...askUcm(), '--yes', '--db', db, '--no-config');
    expect([code, settings()]).toEqual([0, before]);
    expect(network.ucm.violations).toEqual([]);
  });
});

describe('web access is switched on for the phones that are read, and for no others', () => {
  const folder = temporaryFolder();
  const one = { model: '8841', vid: 'V05', load };
  let network: ClusterNetwork;
  beforeAll(async () => {
    network = await startCluster(
      [
        { ...one, name: 'gone', ucm: { registers: false } },
        { ...one, name: 'open', ucm: { webAccess: 'on' } },
        { ...one, name: 'lobby', ucm: { pool: 'Lobby' } },
        { ...one, name: 'office', count: 4 },
      ],
      { timeScale: 400 },
    );
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  // Unified CM lists its phones by name, a run reads them by address.
  it.each([
    ['those on a list', ['--limit', 'tonight.txt'], 1],
    ['so many of them', ['--limit', '4'], 4],
    ['those of a device pool', ['--device-pool', 'Default', '--exclude', 'the open one'], 4],
  ])('%s', async (_, choice, expected) => {
    await network.phonesAreBack();
    const open = network.phone('open');
    const list = folder.file('tonight.txt');
    writeFileSync(list, `${network.phone('lobby').mac}\n`);
    const chosen = choice.map((word) =>
      word === 'tonight.txt' ? list : word === 'the open one' ? open.address : word,
    );
    const before = network.changes().length;
    const askUcm = network.askUcm.filter((word, at, all) => ![word, all[at - 1]].includes('--ucm-files-port'));
    const args = ['audit', ...network.scan.slice(2), ...askUcm, '--enable-web-access', '--yes', ...chosen];
    const { report } = await runForReport(args, { env: network.env });

    const read = report.phones.filter(({ outcome }) => outcome === 'audited');
    expect(read.map(({ vid }) => vid)).toEqual(Array.from({ length: expected }, () => 'V05'));
    const closed = read.flatMap(({ mac }) => (mac === open.mac ? [] : [`SEP${mac}`]));
    const changes = network.changes().slice(before);
    expect(new Set(changes.map((change) => change.split(' ')[1]))).toEqual(new Set(closed));
    expect(report.run.webAccess).toEqual({ switched: closed.length, notPutBack: 0 });
  });
});
