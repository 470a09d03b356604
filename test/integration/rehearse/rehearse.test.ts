import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Rehearsal } from '../../../src/domain/rehearsal/rehearsal.js';
import { type Finished, runCommand } from '../../support/command/command.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { type Network, startNetwork } from '../../support/network.js';

describe('rehearse', () => {
  const folder = temporaryFolder();
  const db = folder.file('fleet.db');
  let network: Network;
  beforeAll(async () => {
    network = await startNetwork([
      { model: '8841', load: 'sip88xx.12-0-3MPP0001-87', count: 12 },
      { model: '7841', load: 'sip78xx.12-0-3MPP0001-87', count: 6 },
      { model: '8841', load: 'sip88xx.14-2-1-0101-26', count: 2 },
    ]);
    const audit = await runCommand(['audit', ...network.scan, '--no-config', '--db', db]);
    expect(audit.code).toBe(0);
    network.simulator.log.length = 0;
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  const files = ['--files', 'http://10.9.9.9:6970'];
  const usual = ['--no-config', '--profile', 'mpp-to-enterprise', ...files, '--at', '2026-12-01 22:00'];
  const window = ['--window', '22:00-05:00', '--time-zone', 'UTC'];
  const certain = ['no-answer', 'deferred', 'failed', 'silent', 'busy'].flatMap((name) => ['--assume', `${name}:0%`]);
  const rehearse = (...args: string[]): Promise<Finished> =>
    runCommand(['rehearse', '--db', db, ...usual, ...window, ...args]);
  async function rehearsal(...args: string[]): Promise<Rehearsal> {
    const { stdout, stderr } = await rehearse(...args, '--output', 'json');
    expect(stderr).toBe('');
    return JSON.parse(stdout) as Rehearsal;
  }

  it('plays the night of the last audit, and contacts nobody', async () => {
    const { nights, of, phones, timesFrom, size, licenses } = await rehearsal(...certain);
    expect({ of: of?.run, phones, timesFrom, size }).toMatchObject({
      ...{ of: expect.any(String), phones: 20, timesFrom: { guess: 18 }, size: { bytes: 75_000_000, from: 'guess' } },
    });
    expect(nights).toHaveLength(1);
    expect(nights[0]).toMatchObject({
      ...{ startsAt: '2026-12-01T22:00:00.000Z', moved: 20, left: 0, stopped: null },
      byOutcome: { done: 18, 'already-done': 2 },
    });
    expect(licenses).toEqual({ needed: 18, held: null, missing: [] });
    expect(network.simulator.log).toEqual([]);
  });

  it('is the same for the same seed, and another for another one', async () => {
    const assumed = ['--assume', 'failed:30%', '--assume', 'silent:20%'];
    const night = async (seed: number): Promise<unknown> =>
      (await rehearsal(...assumed, '--seed', String(seed), '--nights', '1')).nights;
    expect(await night(3)).toEqual(await night(3));
    expect(await night(4)).not.toEqual(await night(3));
  });

  it('goes on with further nights as long as phones are left', async () => {
    const { nights } = await rehearsal('--assume', 'failed:40%', '--nights', '30');
    expect(nights.length).toBeGreaterThan(1);
    expect(nights.at(-1)?.left).toBe(0);
    const moved = nights.map((one) => one.moved);
    expect(moved).toEqual([...moved].sort((a, b) => a - b));
    expect(nights.map(({ startsAt }) => startsAt.slice(11))).toEqual(nights.map(() => '22:00:00.000Z'));
  });

  it('says what the thresholds would do, and ends with 1', async () => {
    const args = ['--waves', '1,5,100%', '--abort-after', '10%', '--assume', 'failed:100%', '--assume', 'no-answer:0%'];
    const others = ['--assume', 'deferred:0%', '--assume', 'silent:0%', '--output', 'json'];
    const { code, stdout } = await rehearse(...args, ...others);
    const { nights } = JSON.parse(stdout) as Rehearsal;
    expect(code).toBe(1);
    expect(nights[0]?.stopped).toEqual({ text: expect.stringContaining('wave 1'), written: 1, notProven: 1 });
  });

  it.each([
    ['nobody answers', ['--assume', 'no-answer:100%', '--assume', 'failed:0%']],
    ['the link is too slow for a load', ['--assume', 'no-answer:0%', '--assume', 'failed:0%', '--link', '8kbit']],
  ])('ends with 1 where it moves none, though nothing stops it: %s', async (_why, args) => {
    const others = ['--assume', 'deferred:0%', '--assume', 'silent:0%', '--output', 'json'];
    const { code, stdout } = await rehearse(...args, ...others);
    const { nights } = JSON.parse(stdout) as Rehearsal;
    expect(nights[0]?.stopped).toBeNull();
    expect(nights[0]?.byOutcome).not.toHaveProperty('done');
    expect(nights[0]?.left).toBeGreaterThan(0);
    expect(code).toBe(1);
  });

  it('says how many slots would fit where the window is too short', async () => {
    const args = ['--window', '22:00-23:30', '--max-upgrading', '2', ...certain];
    const short = [...usual, ...args, '--output', 'json'];
    const { code, stdout } = await runCommand(['rehearse', '--db', db, ...short]);
    const { nights, advice } = JSON.parse(stdout) as Rehearsal;
    expect(code).toBe(1);
    expect(nights[0]?.failures).toMatchObject({ 'outside-window': expect.any(Number) });
    expect(advice).toMatchObject([
      { option: expect.stringMatching(/^--max-upgrading \d+$/), fits: true, outsideWindow: 0 },
    ]);
    const [, slots = ''] = /(\d+)$/.exec(advice[0]?.option ?? '') ?? [];
    const better = [...short, '--max-upgrading', slots];
    const fits = await runCommand([
      'rehearse',
      '--db',
      db,
      ...better.filter((word, at) => at !== better.indexOf('2') && at !== better.indexOf('--max-upgrading')),
    ]);
    expect(fits.code).toBe(0);
    expect((JSON.parse(fits.stdout) as Rehearsal).nights[0]?.endsAt).toBe(advice[0]?.endsAt);
  });

  it('fills the link, and the night takes longer for it', async () => {
    const [wide] = (await rehearsal(...certain)).nights;
    const [narrow] = (await rehearsal(...certain, '--link', '5Mbit')).nights;
    expect(narrow?.files).toMatchObject([{ phones: 18, bytes: 18 * 75_000_000, linkBitsPerSecond: 5_000_000 }]);
    expect(narrow?.files[0]?.timesSlower).toBeGreaterThan(1.5);
    // What 5 Mbit/s need for it, at least.
    const least = (18 * 75_000_000 * 8) / 5_000_000;
    expect((Date.parse(narrow?.endsAt ?? '') - Date.parse(narrow?.startsAt ?? '')) / 1_000).toBeGreaterThan(least);
    expect(Date.parse(narrow?.endsAt ?? '')).toBeGreaterThan(Date.parse(wide?.endsAt ?? ''));
    expect(narrow?.files[0]?.peakBitsPerSecond).toBeLessThanOrEqual(5_000_000);
  });

  it('counts what has come of the firmware, and ends with 1, where the link is too slow for all; another one fits', async () => {
    const args = [...certain, '--link', '2Mbit', '--nights', '1'];
    const { code, stdout } = await rehearse(...args, '--output', 'json');
    const { nights, advice } = JSON.parse(stdout) as Rehearsal;
    expect(code).toBe(1);
    expect(nights[0]?.tooSlow).toBeGreaterThan(0);
    const [fetched] = nights[0]!.files;
    const seconds = (Date.parse(nights[0]!.endsAt) - Date.parse(nights[0]!.startsAt)) / 1_000;
    expect(fetched!.bytes).toBeLessThanOrEqual((seconds * 2_000_000) / 8);
    expect(advice).toMatchObject([{ option: expect.stringMatching(/^a link of \d+ Mbit\/s$/), fits: true }]);
    const told = (await rehearse(...args)).stdout.replaceAll(/\s+/g, ' ');
    expect(told).toContain('though they are well: the link of 2 Mbit/s is too slow.');
  });

  it('goes on with the next night that has hours for phones: a job of workdays not on a Saturday', async () => {
    const workdays = ['--window', 'Mon-Fri 22:00-05:00', '--time-zone', 'UTC', '--at', '2026-12-04 22:00'];
    const { stdout } = await runCommand([
      ...['rehearse', '--db', db, '--no-config', '--profile', 'mpp-to-enterprise', ...files, ...workdays],
      ...['--assume', 'no-answer:60%', '--output', 'json'],
    ]);
    const { nights } = JSON.parse(stdout) as Rehearsal;
    expect(nights.slice(0, 2).map(({ startsAt }) => startsAt.slice(0, 10))).toEqual(['2026-12-04', '2026-12-07']);
  });

  it('says what the run would still need', async () => {
    const { code, stderr } = await runCommand([
      'rehearse',
      '--db',
      db,
      '--no-config',
      '--profile',
      'mpp-to-enterprise',
    ]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/Not needed to rehearse, but to migrate: .*mpp-to-enterprise needs --files,/);
    const enterprise = await runCommand(['rehearse', '--db', db, '--no-config', '--profile', 'enterprise-to-mpp']);
    expect(enterprise.stderr).toMatch(/Not needed to rehearse, but to migrate: .*enterprise-to-mpp needs --ucm,/);
  });

  it('refuses beside --show what would change nothing', async () => {
    const shown = (...args: string[]): Promise<Finished> =>
      runCommand(['rehearse', '--db', db, '--show', 'latest', ...args]);
    expect((await shown('--no-config')).code).toBe(0);
    expect((await shown('--output', 'json')).code).toBe(0);
    const { code, stderr } = await shown('--waves', '1,100%', '--seed', '3', '--at', '22:00');
    expect(code).toBe(2);
    expect(stderr).toContain(
      'so --waves, --at, --seed would change nothing: leave them out, or rehearse anew without --show.',
    );
  });

  it('says when a time that comes twice is taken to be', async () => {
    const args = ['--no-config', '--profile', 'mpp-to-enterprise', ...files, '--at', '2026-10-25 02:30'];
    const zone = ['--window', '00:00-24:00', '--time-zone', 'Europe/Berlin'];
    const { code, stderr } = await runCommand(['rehearse', '--db', db, ...args, ...zone]);
    expect(code).toBe(0);
    expect(stderr).toContain(
      'clocks in Europe/Berlin show 2026-10-25 02:30 twice, as they are set back; the night begins at 00:30 UTC.',
    );
  });

  it('tells the ranges of several draws', async () => {
    const { spread } = await rehearsal('--assume', 'failed:20%', '--times', '5');
    expect(spread).toMatchObject({ times: 5, moved: { least: expect.any(Number), most: expect.any(Number) } });
    expect(spread?.moved.least).toBeLessThan(spread?.moved.most ?? 0);
  });

  it('is kept, marked as what it is, and is no run', async () => {
    const before = (await runCommand(['runs', '--json', '--db', db, '--no-config'])).stdout;
    const { id } = await rehearsal(...certain);
    expect(id).toMatch(/^rehearsal-/);
    expect((await runCommand(['runs', '--json', '--db', db, '--no-config'])).stdout).toBe(before);
    const again = await runCommand(['rehearse', '--db', db, '--no-config', '--show', id, '--output', 'json']);
    expect(again.code).toBe(0);
    expect((JSON.parse(again.stdout) as Rehearsal).id).toBe(id);
    const latest = await runCommand(['rehearse', '--db', db, '--no-config', '--show', 'latest']);
    expect(latest.stdout).toContain(id);
  });

  it('writes files, and no others than it can', async () => {
    const paths = ['night.json', 'night.html'].map((name) => folder.file(name));
    expect((await rehearse(...certain, ...paths.flatMap((path) => ['--report', path]))).code).toBe(0);
    expect((JSON.parse(readFileSync(paths[0] ?? '', 'utf8')) as Rehearsal).schema).toBe('fleet-migrate/rehearsal@1');
    expect(readFileSync(paths[1] ?? '', 'utf8')).toMatch(/rehears/i);
    const csv = await rehearse('--report', folder.file('night.csv'));
    expect([csv.code, csv.stdout]).toEqual([2, '']);
    expect(csv.stderr).toMatch(/a rehearsal is written as \.json or \.html/);
  });

  it('takes a list with models where there is no audit', async () => {
    const list = folder.file('list.csv');
    writeFileSync(list, 'ip,model\n10.1.0.5,8841\n10.1.0.6,7841\n');
    const none = folder.file('new/none.db');
    const { code, stdout } = await runCommand([
      ...['rehearse', '--db', none, ...usual, '--inventory', list, '--output', 'json', ...certain],
    ]);
    const { of, fromList, nights } = JSON.parse(stdout) as Rehearsal;
    expect(code).toBe(0);
    expect({ of, fromList, moved: nights[0]?.moved }).toEqual({ of: null, fromList: 2, moved: 2 });
  });

  it('begins on the clocks of a zone, also without a window', async () => {
    const args = ['rehearse', '--db', db, ...usual, '--time-zone', 'Asia/Tokyo', '--output', 'json', ...certain];
    const { stderr, stdout } = await runCommand(args);
    expect(stderr).toBe('');
    const { zone, nights } = JSON.parse(stdout) as Rehearsal;
    expect([zone, nights[0]?.startsAt]).toEqual(['Asia/Tokyo', '2026-12-01T13:00:00.000Z']);
  });

  it('asks no name server', async () => {
    const { nights } = await rehearsal(...certain, ...network.scan.slice(0, 2), '--target', 'no-such-phone.example');
    expect(nights[0]?.failures).toMatchObject({ 'unresolved-host': 1 });
  });

  describe('with bad input', () => {
    const models = folder.file('without.csv');
    beforeAll(() => {
      mkdirSync(folder.file('sub'));
      writeFileSync(models, 'ip\n10.1.0.5\n10.1.0.6\n10.1.0.7\n10.1.0.8\n');
    });
    it.each<[string, string[], RegExp]>([
      ['no store', ['--db', folder.file('none.db'), ...usual], /there is no such store/],
      ['no profile', ['--db', db, '--no-config'], /rehearse needs --profile/],
      [
        'phones without a model',
        ['--db', db, ...usual, '--inventory', models],
        /10\.1\.0\.5 .* and 1 more: of them neither an audit nor the list says which model/,
      ],
      ['a window in which nothing fits', ['--db', db, ...usual, '--window', '22:00-22:05'], /never open long enough/],
      [
        'a beginning outside the window',
        ['--db', db, ...usual.slice(0, -1), '2026-12-01 12:00', ...window],
        /--at: the window 22:00-05:00 is not open at 2026-12-01 12:00; it opens next at 2026-12-01 22:00: give --at that, or leave it out\./,
      ],
      [
        'a beginning too late in the window',
        ['--db', db, ...usual.slice(0, -1), '2026-12-02 04:50', ...window],
        /--at: a phone usually takes 15m 00s, which does not fit into the window .* it fits next at 2026-12-02 22:00: give/,
      ],
      ['a share over 100 %', ['--db', db, ...usual, '--assume', 'failed:101%'], /more than all phones/],
      [
        'shares over 100 % together',
        ['--db', db, ...usual, '--assume', 'failed:60%', '--assume', 'silent:50%'],
        /112% together/,
      ],
      ['an unknown assumption', ['--db', db, ...usual, '--assume', 'fail:1%'], /did you mean failed\?/],
      ['no percentage', ['--db', db, ...usual, '--assume', 'failed:3'], /comes a percentage from 0 to 100/],
      ['hours that are none', ['--db', db, ...usual, '--assume', 'busy:3% 25:00-26:00'], /not a time of day/],
      [
        'a time that is none',
        ['--db', db, '--no-config', '--profile', 'mpp-to-enterprise', '--at', 'soon'],
        /is no time/,
      ],
      [
        'a subnet with none of the phones',
        ['--db', db, ...usual, '--subnet', '10.99.0.0/24'],
        /None of the 20 phones of the run \S+ is among the targets, .*; ask for others \(--subnet, .*\), or audit/,
      ],
      [
        'a choice of none on Unified CM',
        ['--db', db, '--no-config', '--profile', 'enterprise-to-mpp', '--ucm', 'ucm', '--device-pool', 'Nowhere'],
        /None of the 20 phones of the run \S+ runs Enterprise firmware and is chosen, so Unified CM has none/,
      ],
      [
        'a window in which no phone fits once it is read',
        ['--db', db, ...usual, '--window', '22:00-22:15', '--time-zone', 'UTC'],
        /^fleet-migrate: --window: the window 22:00-22:15 closes before one phone is read and could be moved, .*; widen it\.$/m,
      ],
      [
        'a name among what is excluded',
        // If it were looked up, this machine would know it without a name server.
        ['--db', db, ...usual, '--exclude', 'localhost'],
        /^fleet-migrate: --exclude localhost: host names are not looked up in a rehearsal/,
      ],
      ['an unknown run', ['--db', db, ...usual, '--from-run', '99'], /There is no run 99/],
      ['an unknown rehearsal', ['--db', db, '--no-config', '--show', 'x'], /has no rehearsal x/],
      [
        'a folder as a report',
        ['--db', db, ...usual, '--report', folder.file('sub')],
        /no ending that names its format/,
      ],
    ])('says in one sentence: %s', async (_what, args, says) => {
      const before = statSync(db).size;
      const { code, stdout, stderr } = await runCommand(['rehearse', ...args]);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(says);
      expect(stderr.trim().split('\n')).toHaveLength(1);
      expect(statSync(db).size).toBe(before);
      expect(existsSync(folder.file('none.db'))).toBe(false);
      expect(network.simulator.log).toEqual([]);
    });
  });
});
