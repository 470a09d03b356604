import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { runCommand, startCommand } from '../../support/command/command.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { type Network, startNetwork } from '../../support/network.js';

interface Status {
  run: { id: string; state: string; phase: string };
  targets: number | null;
  phones: { total: number; underWay: number; waiting: number };
  waves: { number: number; total: number }[];
  timeLeft: unknown;
}

describe('a run that is going on', () => {
  const folder = temporaryFolder();
  const store = ['--no-config', '--db', folder.file('going-on.db')];
  let network: Network;
  let profile: string;

  beforeAll(async () => {
    profile = quickProfile(folder.path, 'mpp-to-enterprise', { upgradeDeadline: '120s' });
    network = await startNetwork([{ model: '8841', load: 'sip88xx.12-0-3MPP0001-87', count: 3 }], { timeScale: 10 });
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  const status = async (): Promise<Status> => {
    const { stdout } = await runCommand(['status', ...store, '--json']);
    return JSON.parse(stdout) as Status;
  };

  it('is shown as it is by status, runs and report, and as cut off once it is killed', async () => {
    const run = startCommand([
      ...[...network.scan, '--profile', profile, '--files', network.files, ...store],
      ...['--yes', '--waves', '1,100%'],
    ]);
    let now: Status | null = null;
    // The store is there once the run has begun.
    for (let tries = 0; tries < 400 && now?.phones.underWay !== 1; tries += 1) {
      const { code, stdout } = await runCommand(['status', ...store, '--json']);
      now = code === 0 ? (JSON.parse(stdout) as Status) : null;
      await pause(50);
    }
    expect(now).toMatchObject({
      run: { state: 'running' },
      targets: 14,
      phones: { total: 3, underWay: 1, waiting: 2 },
      waves: [
        { number: 1, total: 1 },
        { number: 2, total: 2 },
      ],
    });
    const text = (await runCommand(['status', ...store])).stdout;
    expect(text).toMatch(/^Run \d{14}-[0-9a-f]{6} · mpp-to-enterprise · \d+s/);
    expect(text).toContain('done 0 · upgrading 1 · waiting 2 · failed 0');
    expect(text).toContain(`Look on: fleet-migrate status ${now?.run.id} --watch`);
    expect((await runCommand(['runs', ...store])).stdout).toMatch(/ running +14 {2}1 upgrading, 2 waiting/);
    const report = await runCommand(['report', ...store]);
    expect(report.stdout).not.toContain('INTERRUPTED');
    expect(report.stdout).toContain('The run is going on; this is what has ended so far.');
    expect(report.stdout).toMatch(/^ +1 {2}upgrading\n +2 {2}waiting$/m);
    run.kill('SIGKILL');
    await run.done;
    expect(await status()).toMatchObject({ run: { state: 'cut off' }, timeLeft: null });
    expect((await runCommand(['status', ...store])).stdout).toContain(`fleet-migrate resume ${now?.run.id}`);
    expect((await runCommand(['runs', ...store])).stdout).toContain(' cut off ');
    expect((await runCommand(['report', ...store])).stdout).toContain('INTERRUPTED');
  });

  it('is looked on at until it ends', async () => {
    const db = ['--no-config', '--db', folder.file('watched.db')];
    const audit = startCommand(['audit', ...network.scan, ...db, '--probe-concurrency', '1']);
    let watched = await runCommand(['status', ...db, '--watch']);
    for (let tries = 0; tries < 100 && watched.code !== 0; tries += 1)
      watched = await runCommand(['status', ...db, '--watch']);
    expect((await audit.done).code).toBe(0);
    expect(watched.stdout).toContain('It has finished.');
  });

  it('says of one that stopped itself why, and that its resume is for a person', async () => {
    const behavior = { upgradeResult: 'download-failed' } as const;
    const phones = [{ model: '8841', load: 'sip88xx.12-0-3MPP0001-87', count: 3, behavior }];
    const failing = await startNetwork(phones, { timeScale: 400 });
    const db = ['--no-config', '--db', folder.file('stopped.db')];
    try {
      const run = ['--profile', profile, '--files', failing.files, ...db, '--yes', '--waves', '1,100%'];
      expect((await runCommand([...failing.scan, ...run])).code).toBe(3);
    } finally {
      await failing.close();
    }
    const { stdout } = await runCommand(['status', ...db]);
    expect(stdout).toContain('It stopped itself: No phone of wave 1 is proven');
    expect(stdout).toMatch(/Once the cause is fixed, continue it: fleet-migrate resume \d{14}-/);
    expect((await runCommand(['runs', ...db])).stdout).toContain(' stopped itself ');
    const [listed] = (JSON.parse((await runCommand(['runs', '--json', ...db])).stdout) as { runs: unknown[] }).runs;
    expect(listed).toMatchObject({ abortedBy: expect.stringContaining('No phone of wave 1') });
  });

  it('is refused with one sentence where there is no such run, or the words do not fit', async () => {
    for (const [words, sentence] of [
      [['status', 'nope', ...store], 'nope'],
      [['status', '--watch', '--json', ...store], '--watch cannot be combined with --json'],
    ] as const) {
      const { code, stderr } = await runCommand(words);
      expect([code, stderr.trimEnd().split('\n').length]).toEqual([2, 1]);
      expect(stderr).toContain(sentence);
    }
  });
});
