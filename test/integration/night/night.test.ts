import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chmodSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Finished, runCommand, startCommand } from '../../support/command/command.js';
import { type Network, startNetwork } from '../../support/network.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { parseReport } from '../../support/reports/report-schema.js';
import { runForReport } from '../../support/reports/reported-run.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const eligible = { model: '8841', load: 'sip88xx.12-0-3MPP0001-87' } as const;

describe('a night', () => {
  const folder = temporaryFolder();
  const networks: Network[] = [];
  let profile: string;

  beforeAll(() => {
    profile = quickProfile(folder.path, 'mpp-to-enterprise');
  });
  afterAll(async () => {
    for (const network of networks) await network.close();
    folder.remove();
  });

  async function network(...args: Parameters<typeof startNetwork>): Promise<Network> {
    const started = await startNetwork(...args);
    networks.push(started);
    return started;
  }

  const night = ({ scan, files }: Network, db: string): string[] => [
    ...[...scan, '--profile', profile, '--files', files, '--yes', '--no-config', '--db', folder.file(db)],
  ];

  it('a second run is told who has the store, contacts nobody and exits with 2', async () => {
    // Slow enough that the first run is still under way when the second has started, on a busy machine too.
    const net = await network([{ ...eligible, count: 3 }], { timeScale: 40 });
    const first = startCommand([...night(net, 'two.db'), '--output', 'ndjson']);
    await first.shows('"event":"intent"');
    const second = await runCommand([...night(net, 'two.db'), '--subnet', '127.66.0.64/26']);
    expect(second.code).toBe(2);
    expect(second.stderr).toMatch(
      /^fleet-migrate: The run \d{14}-[0-9a-f]{6} has been using the store .*two\.db since .* \(pid \d+ on .*\); wait until it ends/,
    );
    expect(second.stdout).toBe('');
    expect((await first.done).code).toBe(0);
    expect(net.posts()).toHaveLength(3);
    for (const phone of net.simulator.phones) expect(phone.violations).toEqual([]);
  });

  it('waves begin one after the other, and --pause-after-wave leaves the rest to resume', async () => {
    const net = await network([{ ...eligible, count: 6 }]);
    const paused = await runForReport([...night(net, 'waves.db'), '--waves', '1,50%,100%', '--pause-after-wave']);
    expect(paused.code).toBe(1);
    expect(paused.report.totals.byOutcome).toMatchObject({ done: 1, deferred: 5 });
    const waiting = (run: typeof paused): string[] =>
      run.report.phones.flatMap(({ failure }) => (failure?.code === 'paused-after-wave' ? [failure.message] : []));
    const through = (which: string, phones: number): string[] =>
      Array<string>(phones).fill(`Wave ${which} has ended; ${phones} phones wait: fleet-migrate resume takes them.`);
    expect(waiting(paused)).toEqual(through('1 of 3', 5));

    const again = await runForReport(['resume', '--yes', '--no-config', '--db', folder.file('waves.db')]);
    expect(again.report.run.id).toBe(paused.report.run.id);
    expect(again.report.totals.byOutcome).toMatchObject({ done: 3, deferred: 3 });
    expect(waiting(again)).toEqual(through('2 of 3', 3));
    const last = await runForReport(['resume', '--yes', '--no-config', '--db', folder.file('waves.db')]);
    expect(last.code).toBe(0);
    expect(last.report.totals.byOutcome).toMatchObject({ done: 6 });
    expect(net.posts()).toHaveLength(6);
    const none = await runCommand(['resume', '--yes', '--no-config', '--db', folder.file('waves.db')]);
    expect([none.code, none.stderr]).toEqual([
      2,
      'fleet-migrate: There is no run to resume; fleet-migrate runs lists them.\n',
    ]);
  });

  it('a threshold stops the run with its arithmetic, exit code 3, and no further phone is written to', async () => {
    const net = await network([{ ...eligible, count: 6, behavior: { upgradeResult: 'download-failed' } }]);
    const run = await runForReport([
      ...night(net, 'threshold.db'),
      '--waves',
      '2,100%',
      '--abort-after',
      'upgrade-failed:2',
      // One after the other, so that the second failure is known before a third phone starts.
      '--max-upgrading',
      '1',
    ]);
    expect(run.code).toBe(3);
    expect(run.report.run.abortedBy).toMatch(/^2 of \d phones of the run/);
    expect(run.report.totals.byOutcome).toMatchObject({ failed: 2, aborted: 4 });
    expect(net.posts()).toHaveLength(2);

    // Nobody goes on with it by accident; by its name it goes on with those not attempted, and counts anew.
    const resume = (...name: string[]) => [
      'resume',
      ...name,
      '--yes',
      '--no-config',
      '--db',
      folder.file('threshold.db'),
    ];
    const unnamed = await runCommand(resume());
    expect([unnamed.code, unnamed.stderr.trim()]).toEqual([
      2,
      `fleet-migrate: The run ${run.report.run.id} stopped itself: ${run.report.run.abortedBy} Once the cause is fixed, continue with: fleet-migrate resume ${run.report.run.id} --db ${folder.file('threshold.db')} --no-config`,
    ]);
    expect(net.posts()).toHaveLength(2);
    const again = await runForReport(resume(run.report.run.id));
    expect([again.code, again.report.run.id]).toEqual([3, run.report.run.id]);
    expect(again.report.totals.byOutcome).toMatchObject({ failed: 4, aborted: 2 });
    const last = await runForReport(resume(run.report.run.id));
    expect(last.report.totals.byOutcome).toMatchObject({ failed: 6 });
    expect(new Set(net.posts().map(({ mac }) => mac)).size).toBe(6);
    expect(net.posts()).toHaveLength(6);
  });

  it('outside of the window every phone is deferred until it opens, and the window of the next run decides anew', async () => {
    const net = await network([{ ...eligible, count: 2 }]);
    // A window that is open at another hour than now, in UTC.
    const hour = (new Date().getUTCHours() + 12) % 24;
    const window = `${String(hour).padStart(2, '0')}:00-${String((hour + 2) % 24).padStart(2, '0')}:00`;
    const run = await runForReport([...night(net, 'window.db'), '--window', window, '--time-zone', 'UTC']);
    expect(run.code).toBe(1);
    expect(run.report.phones.map(({ failure }) => failure?.code)).toEqual(['outside-window', 'outside-window']);
    for (const { nextAttemptAt } of run.report.phones) {
      const opens = new Date(nextAttemptAt ?? '');
      expect(opens.getTime()).toBeGreaterThan(Date.now());
      expect([opens.getUTCHours(), opens.getUTCMinutes(), opens.getUTCSeconds()]).toEqual([hour, 0, 0]);
    }
    expect(net.posts()).toEqual([]);
    // It is told the morning after as well.
    const attempts = run.report.phones.map(({ nextAttemptAt }) => nextAttemptAt);
    const later = (...words: string[]): Promise<Finished> =>
      runCommand(['report', run.report.run.id, ...words, '--no-config', '--db', folder.file('window.db')]);
    expect(parseReport((await later('--output', 'json')).stdout).phones.map((phone) => phone.nextAttemptAt)).toEqual(
      attempts,
    );
    expect((await later('--output', 'csv')).stdout).toContain(`,${attempts[0]},,,\r\n`);
    expect((await later('--lists')).stdout).toContain(
      `next attempt ${attempts[0]?.slice(0, 16).replace('T', ' ')} UTC`,
    );
    const soon = await runForReport([...night(net, 'window.db')]);
    expect(soon.report.totals.byOutcome).toMatchObject({ done: 2 });
  });

  it('a run that was killed is brought to its end by the next one', async () => {
    const net = await network([{ ...eligible, count: 3 }], { timeScale: 100 });
    const first = startCommand([...night(net, 'next.db'), '--output', 'ndjson']);
    await first.shows('"event":"intent"');
    first.kill('SIGKILL');
    await first.done;
    const second = await runForReport(night(net, 'next.db'));
    expect(second.stderr).toContain('was cut off; its phones are checked first.');
    expect(second.code).toBe(0);
    expect(net.posts()).toHaveLength(3);
    const { stdout } = await runCommand(['runs', '--json', '--no-config', '--db', folder.file('next.db')]);
    expect((JSON.parse(stdout) as { runs: { state: string }[] }).runs.map(({ state }) => state)).toEqual([
      'finished',
      'finished',
    ]);
  });

  it('the report of an earlier run is the same again, and two runs can be compared', async () => {
    const net = await network([{ ...eligible, name: 'Reception' }]);
    const audit = await runForReport(['audit', ...net.scan, '--no-config', '--db', folder.file('diff.db')]);
    const run = await runForReport(night(net, 'diff.db'));
    const stored = await runForReport(['report', audit.report.run.id, '--no-config', '--db', folder.file('diff.db')]);
    expect(stored.report).toEqual(audit.report);
    const diff = await runCommand(['report', '--diff', '--no-config', '--db', folder.file('diff.db')]);
    expect(diff.stdout).toContain(run.report.run.id);
    expect(diff.stdout).toMatch(/Other firmware \(1\)/);
  });

  it('a webhook is told, and a broken one never changes the exit code', async () => {
    const net = await network([{ ...eligible }]);
    const bodies: string[] = [];
    const server: Server = createServer((request, response) => {
      let body = '';
      request.on('data', (piece: Buffer) => (body += piece.toString()));
      request.on('end', () => {
        bodies.push(body);
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const told = await runCommand([
      'audit',
      ...net.scan,
      '--no-config',
      '--db',
      folder.file('hook.db'),
      '--notify',
      `http://127.0.0.1:${port}/hook`,
    ]);
    expect(told.code).toBe(0);
    expect(JSON.parse(bodies[0] ?? '')).toMatchObject({
      schema: 'fleet-migrate/notify@1',
      totals: { byOutcome: { audited: 1 } },
    });
    await new Promise((resolve) => server.close(resolve));
    const silent = await runCommand([
      'audit',
      ...net.scan,
      '--no-config',
      '--db',
      folder.file('hook.db'),
      '--notify',
      `http://127.0.0.1:${port}/hook`,
    ]);
    expect([silent.code, silent.stderr]).toEqual([0, expect.stringContaining('the webhook could not be notified')]);
  });

  it('a store that is no store, or may not be written, is one sentence', async () => {
    writeFileSync(folder.file('text.db'), 'not a database, but long enough to be read as one'.repeat(100));
    const wrong = await runCommand(['runs', '--no-config', '--db', folder.file('text.db')]);
    expect([wrong.code, wrong.stderr.trim().split('\n').length]).toEqual([2, 1]);
    expect(wrong.stderr).toContain('text.db');
    chmodSync(folder.file('text.db'), 0o600);
  });
});
