import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assume, parseAssumption } from '../../../src/domain/rehearsal/assumptions.js';
import { type Fate, fateOf } from '../../../src/domain/rehearsal/fate.js';
import { type Running, runCommand, startCommand } from '../../support/command/command.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { startNetwork } from '../../support/network.js';
import type { Report } from '../../support/reports/report-schema.js';
import { runForReport } from '../../support/reports/reported-run.js';

/** What a fleet has, and an audit of it sees. */
const devices = [
  { count: 6, model: '8841', name: 'desk' },
  { model: '8851NR', name: 'came by Webex', behavior: { returnsWithoutLicense: 'WxC', productEnding: '-3PCC-K9=' } },
  { model: '7841', name: 'older', load: 'sip78xx.11-3-5MPP0001-117' },
  { model: '6841', name: 'cafeteria' },
  { model: '8841', name: 'dotted', behavior: { loadSpelling: 'dots' } },
  { model: '8861', name: 'locked', behavior: { auth: 'form', password: 'nobody-knows' } },
  { model: '8845', name: 'at home', load: 'sip8845_65.14-2-1-0101-26', vid: 'V07' },
  { model: '8811', name: 'unlabeled', load: 'sip88xx.12-5-1SR1-4', behavior: { udi: 'missing' } },
  { kind: 'printer', name: 'printer' },
] as const;

const ready = /http port (\d+), https port (\d+), files (\S+)/;
const reasons = ['no-answer', 'deferred', 'failed', 'silent'] as const;
const allWell = reasons.flatMap((what) => ['--assume', `${what}:0%`]);

describe('fleet-migrate simulate --from-run', () => {
  const folder = temporaryFolder();
  const store = ['--db', folder.file('fleet.db'), '--no-config'];
  const running: Running[] = [];
  let audit: Report;

  beforeAll(async () => {
    const network = await startNetwork(devices);
    // One address more than there are devices, named: nobody answers there.
    const silent = ['--target', '127.66.0.61'];
    ({ report: audit } = await runForReport(['audit', ...network.scan, ...silent, ...store]));
    await network.close();
  });
  afterAll(async () => {
    for (const one of running) one.kill('SIGINT');
    await Promise.all(running.map(({ done }) => done));
    folder.remove();
  });

  /** Simulates the phones of the audit; returns what it has said, and what leads a run to them. */
  async function simulate(...words: string[]): Promise<{ simulation: Running; reach: string[]; files: string }> {
    const ports = ['--http-port', '--https-port', '--files-port', '--ucm-port', '--ucm-files-port'];
    const simulation = startCommand([
      ...['simulate', '--from-run', 'latest', ...store, '--time-scale', '400', ...words],
      ...ports.flatMap((port) => [port, '0']),
    ]);
    running.push(simulation);
    await simulation.shows('Ready');
    const [, http = '', https = '', files = ''] = ready.exec(simulation.stdout) ?? [];
    return { simulation, reach: ['--http-port', http, '--https-port', https, '--insecure', '--timeout', '3s'], files };
  }

  it('makes phones that an audit sees as it saw those of the run', async () => {
    const list = folder.file('list.csv');
    const { simulation, reach } = await simulate(...allWell, '--inventory-out', list, '--assume', 'busy:3%');
    expect(simulation.stdout).toContain(`Reach them with: --inventory ${list} ${reach.slice(0, 4).join(' ')}`);
    expect(simulation.stdout).toContain('Unified CM 127.0.0.1, port ');
    expect(simulation.stderr).toMatch(/^fleet-migrate: --assume busy: has no effect here: [^\n]+\n$/);

    const { report } = await runForReport(['audit', '--inventory', list, ...reach]);
    const seen = ({ phones }: Report) =>
      phones
        .filter(({ outcome }) => outcome !== 'not-a-phone')
        .map(({ address, mac, family, model, productId, vid, serial, softwareVersion, ...more }) => ({
          ...{ address, mac, family, model, productId, vid, serial, softwareVersion },
          hardware: more.hardwareVersion,
          authorization: [more.transitionAuthorizationType, more.returnWithoutLicense],
          end: [more.outcome, more.failure?.code],
        }));
    expect(seen(report)).toEqual(seen(audit));
    // The comparison has something to tell apart.
    expect(seen(report).map(({ end }) => end[1])).toEqual(expect.arrayContaining(['auth-required', 'connect-reset']));
    expect(readFileSync(list, 'utf8').trimEnd().split('\r\n')).toHaveLength(1 + seen(audit).length);
  });

  it('gives phones the fates of a rehearsal of the same seed', async () => {
    const shares = ['no-answer:20%', 'deferred:20%', 'failed:20%', 'silent:20%', 'duration:16m'];
    const assumptions = assume(shares.map((text) => parseAssumption(text)));
    const desks = audit.phones.filter(({ mac, model }) => mac !== null && model === '8841');
    const fates = (seed: number) => desks.map(({ mac }) => fateOf(seed, mac ?? '', 1, assumptions));
    // The first seed by which each fate befalls somebody.
    let seed = 1;
    while (new Set(fates(seed)).size < 5) seed += 1;

    const { reach, files } = await simulate('--seed', `${seed}`, ...shares.flatMap((text) => ['--assume', text]));
    const profile = quickProfile(folder.path, 'mpp-to-enterprise', { upgradeDeadline: '10s' });
    const { report } = await runForReport([
      ...['migrate', ...desks.flatMap(({ address }) => ['--target', address]), ...reach],
      ...['--profile', profile, '--files', files, '--yes'],
    ]);
    const ends: Readonly<Record<Fate, readonly [string, unknown]>> = {
      well: ['done', undefined],
      'no-answer': ['no-answer', 'connect-reset'],
      deferred: ['deferred', 'busy'],
      failed: ['failed', 'upgrade-failed'],
      // After upgrading, unless a busy machine has missed that.
      silent: ['unverified', expect.stringMatching(/^silent/)],
    };
    expect(report.phones.map(({ outcome, failure }) => [outcome, failure?.code])).toEqual(
      fates(seed).map((fate) => ends[fate]),
    );
  });

  it.each([
    [['--from-run', 'latest', '--scenario', 'demo'], /^--scenario and --from-run both say which phones are simulated/],
    [['--from-run', 'latest', '--phones', '7'], /^--phones and --from-run both say/],
    [['--assume', 'failed:1%'], /^--assume needs --from-run, the run whose phones are simulated; .* leave this out\.$/],
    [['--inventory-out', 'list.csv'], /^--inventory-out needs --from-run/],
    [['--db', 'fleet.db'], /^--db needs --from-run/],
    // Where no run is named no file is read anyway.
    [['--no-config', '--scenario', 'nothing'], /^--scenario nothing is neither a file /],
    [['--from-run', 'latest', '--assume', 'failed:101%'], /that is more than all phones/],
    [['--from-run', 'latest', '--assume', 'failed:60%', '--assume', 'silent:50%'], /together, and a phone ends in one/],
    [['--from-run', 'latest', '--assume', 'faild:1%'], /did you mean failed\?$/],
    [['--from-run', 'latest', '--seed', '-1'], /^--seed must be one whole number from 0/],
    [['--from-run', 'nothing', ...store], /^There is no run nothing in the store /],
    [['--from-run', 'latest', '--db', 'none.db', '--no-config'], /^--db none\.db: there is no such store/],
    [
      ['--from-run', 'latest', ...store, '--inventory-out', folder.file('fleet.db')],
      / are the same file; name another/,
    ],
    [['--from-run', 'latest', ...store, '--inventory-out', '/proc/none/a.csv'], /cannot be written to \/proc\/none/],
  ])('%j: one sentence, exit code 2', async (words, message) => {
    const { code, stdout, stderr } = await runCommand(['simulate', ...words], { cwd: folder.path });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^fleet-migrate: [^\n]+[.?]\n$/);
    expect(stderr.replace('fleet-migrate: ', '').trimEnd()).toMatch(message);
  });

  it('a run without a phone that can be simulated is refused, with what it had', async () => {
    const dark = ['--db', folder.file('dark.db'), '--no-config'];
    await runCommand(['audit', '--target', '127.66.0.61', '--http-port', '1', '--https-port', '1', ...dark]);
    const { code, stderr } = await runCommand(['simulate', '--from-run', 'latest', ...dark]);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^fleet-migrate: The run \S+ has no phone that can be simulated: 1 that did not answer; name/,
    );
  });
});
