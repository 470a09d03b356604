import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import { wishBeside } from '../../support/command/beside.js';
import { type Running, runCommand, startCommand } from '../../support/command/command.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { type Network, startNetwork } from '../../support/network.js';
import { readReport } from '../../support/reports/report-schema.js';

interface Status {
  run: { id: string; state: string; pausedSince: string | null; stopping: boolean };
  phones: { done: number; underWay: number; waiting: number };
  timeLeft: unknown;
}

const phones = 20;

describe('a real run of twenty phones that somebody pauses from beside it', () => {
  const folder = temporaryFolder();
  const report = folder.file('report.json');
  let network: Network;
  let db: string;
  let names = 0;
  afterEach(() => network.close());
  afterAll(() => folder.remove());

  const store = (): string[] => ['--no-config', '--db', db];
  const posts = (): number => network.posts().length;

  /** Starts it, five phones at once, and pauses it as soon as the first has been written to. */
  async function pausedRun(): Promise<Running> {
    db = folder.file(`${(names += 1)}.db`);
    network = await startNetwork([{ model: '8841', load: 'sip88xx.12-0-3MPP0001-87', count: phones }], {
      timeScale: 300,
      subnet: '127.66.0.0/27',
    });
    const profile = quickProfile(folder.path, 'mpp-to-enterprise', { upgradeDeadline: '60s', stopGrace: '2s' });
    const run = startCommand([
      ...[...network.scan, '--profile', profile, '--files', network.files, '--yes', ...store()],
      ...['--max-upgrading', '5', '--output', 'ndjson', '--report', report, '--progress-every', '500ms'],
    ]);
    await run.shows('"state":"submitted"');
    await wishBeside(db, 'pause');
    await run.shows('"event":"paused"');
    return run;
  }

  async function status(): Promise<Status> {
    return JSON.parse((await runCommand(['status', ...store(), '--json'])).stdout) as Status;
  }

  /** Looks until it is so; the run tells its store every two seconds. */
  async function until(isSo: (now: Status) => boolean): Promise<Status> {
    for (let tries = 0; tries < 100; tries += 1) {
      const now = await status();
      if (isSo(now)) return now;
      await wait(100);
    }
    throw new Error(`it never was so: ${JSON.stringify(await status())}`);
  }

  it('writes to none until it is continued, watches the others to their end, and says so everywhere', async () => {
    const run = await pausedRun();
    // What was past its intent when the wish was read has been sent by now.
    const now = await until(({ phones: { underWay }, run: { pausedSince } }) => underWay === 0 && pausedSince !== null);
    const before = posts();
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(phones);
    expect(now).toMatchObject({
      run: { state: 'running', pausedSince: expect.stringMatching(/^20.*Z$/), stopping: false },
      phones: { done: before, underWay: 0, waiting: phones - before },
      timeLeft: null,
    });
    expect((await runCommand(['status', ...store()])).stdout).toMatch(
      /^Run \d{14}-[0-9a-f]{6} · mpp-to-enterprise · paused for \d+s · [^]*It has been paused since 20\d\d-\d\d-\d\d \d\d:\d\d UTC: no further phone is written to until it is continued; it told so \d s ago\./,
    );
    expect((await runCommand(['runs', ...store()])).stdout).toMatch(/ paused +30 {2}/);
    expect(JSON.parse((await runCommand(['runs', ...store(), '--json'])).stdout).runs[0]).toMatchObject({
      state: 'running',
      pausedSince: now.run.pausedSince,
    });
    await run.shows(' · paused for ', 'stderr');
    expect(run.stderr).toContain('the run is paused: no further phone is written to until it is continued');
    await wait(3_000);
    expect(posts()).toBe(before);
    await wishBeside(db, 'continue', 'alice');
    const { code, stdout } = await run.done;
    expect([code, posts()]).toEqual([0, phones]);
    expect(stdout).toMatch(/^\{"event":"paused",.*"by":"the dashboard"\}$/m);
    expect(stdout).toMatch(/^\{"event":"continued",.*"by":"alice"\}$/m);
    expect(readReport(report).totals.byOutcome).toMatchObject({ done: phones });
  });

  it('and then stops, as by one ctrl-C: it says who asked, exits with 1 and can be resumed', async () => {
    const run = await pausedRun();
    const before = (await until(({ phones: { underWay } }) => underWay === 0)) && posts();
    await wishBeside(db, 'stop', 'alice');
    const { code, stderr } = await run.done;
    expect([code, posts()]).toEqual([1, before]);
    expect(stderr).toContain('the run was asked to stop');
    expect(stderr).not.toContain('Leaving;');
    const told = readReport(report);
    expect(told.run.interrupted).toBe('asked to stop by alice');
    expect(told.totals.byOutcome).toMatchObject({ done: before, aborted: phones - before });
    expect((await runCommand(['status', ...store()])).stdout).toContain('It was interrupted: asked to stop by alice.');
    const again = await runCommand(['resume', ...store(), '--yes', '--report', report]);
    expect([again.code, posts()]).toEqual([0, phones]);
    expect(readReport(report).totals.byOutcome).toMatchObject({ done: phones });
  });

  it('and is killed: it is resumed like any other, and is not paused any more', async () => {
    const run = await pausedRun();
    run.kill('SIGKILL');
    await run.done;
    expect((await status()).run).toMatchObject({ state: 'cut off', pausedSince: null });
    expect((await runCommand(['status', ...store()])).stdout).not.toContain('paused');
    expect((await runCommand(['runs', ...store()])).stdout).toContain(' cut off ');
    await expect(wishBeside(db, 'continue')).rejects.toThrow('is dead, so it cannot be asked to continue');
    const again = await runCommand(['resume', ...store(), '--yes', '--report', report]);
    expect([again.code, posts()]).toEqual([0, phones]);
    expect(readReport(report).totals.byOutcome).toMatchObject({ done: phones });
  });

  it('a next run does not begin where somebody stops the one that it finishes first', async () => {
    const run = await pausedRun();
    run.kill('SIGKILL');
    await run.done;
    const slow = quickProfile(folder.path, 'mpp-to-enterprise', { upgradeDeadline: '60s', stopGrace: '1s' });
    // Phones that never come back: the watch of what is under way lasts for long.
    const under = (await status()).phones.underWay;
    expect(under).toBeGreaterThan(0);
    await network.close();
    const before = posts();
    const next = startCommand([
      ...[...network.scan, '--profile', slow, '--files', network.files, '--skip-preflight', '--yes', ...store()],
    ]);
    await next.shows('its phones are checked first', 'stderr');
    for (let tries = 0; tries < 100; tries += 1) {
      const asked = await wishBeside(db, 'stop').then(
        () => true,
        () => false,
      );
      if (asked) break;
      await wait(50);
    }
    const { code } = await next.done;
    const listed = JSON.parse((await runCommand(['runs', ...store(), '--json'])).stdout) as { runs: object[] };
    expect(listed.runs).toMatchObject([{ interrupted: 'asked to stop by the dashboard' }]);
    expect([code, posts()]).toEqual([1, before]);
  });
});
