import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { type Running, startCommand } from '../../support/command/command.js';
import { type Network, startNetwork } from '../../support/network.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { readReport, type Report } from '../../support/reports/report-schema.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { coverEach } from '../../support/depth.js';

const folder = temporaryFolder();
const reportFile = folder.file('report.json');
let network: Network;
afterEach(() => network.close());
afterAll(() => folder.remove());

/**
 * A real run over five phones, one started after the other: its settling takes 300 ms, in which the others wait for the only slot.
 * Resolves as soon as the first phone has been written to.
 */
async function underWay(timing: { timeScale: number; stopGrace: string }): Promise<Running> {
  network = await startNetwork([{ model: '8841', count: 5, name: 'desk' }], {
    timeScale: timing.timeScale,
    subnet: '127.66.0.0/29',
  });
  const profile = quickProfile(folder.path, 'mpp-to-enterprise', { settle: '300ms', stopGrace: timing.stopGrace });
  const run = startCommand([
    ...[...network.scan, '--profile', profile, '--files', network.files, '--yes', '--concurrency', '1'],
    ...['--output', 'ndjson', '--report', reportFile],
  ]);
  await run.shows('"state":"submitted"');
  return run;
}

const outcomesOf = ({ phones }: Report): string[] => phones.map(({ outcome }) => outcome).sort();
const written = (): Set<string | null> => new Set(network.posts().map(({ mac }) => mac));

describe('ctrl-C once', () => {
  it('starts no more phones, watches the touched ones out, writes the report and exits with 130', async () => {
    const run = await underWay({ timeScale: 400, stopGrace: '10s' });
    run.kill('SIGINT');
    const { code, stderr } = await run.done;
    const report = readReport(reportFile);
    expect(code).toBe(130);
    expect(stderr).toContain('Stopping: no more phones are started');
    expect(report.run.interrupted).toBe('SIGINT');
    for (const { mac, outcome, failure } of report.phones) {
      if (written().has(mac)) expect([outcome, failure]).toEqual(['done', null]);
      else expect([outcome, failure?.code]).toEqual(['aborted', 'stopped-before-start']);
    }
    expect(written().size).toBeGreaterThan(0);
    expect(outcomesOf(report)).toContain('aborted');
  });

  it('watches them only for a short while: what is not proven by then is unverified', async () => {
    // A conversion takes some 20 seconds at this speed.
    const run = await underWay({ timeScale: 20, stopGrace: '500ms' });
    run.kill('SIGINT');
    const { code } = await run.done;
    const report = readReport(reportFile);
    expect(code).toBe(130);
    const touched = report.phones.filter(({ touched: yes }) => yes);
    expect(touched.map(({ mac }) => mac)).toEqual(expect.arrayContaining([...written()]));
    for (const { outcome, failure } of touched)
      expect([outcome, failure?.code]).toEqual(['unverified', 'stopped-watching']);
  });
});

describe('ctrl-C twice', () => {
  it('leaves at once, with the report', async () => {
    const run = await underWay({ timeScale: 20, stopGrace: '60s' });
    run.kill('SIGINT');
    await run.shows('Stopping:', 'stderr');
    run.kill('SIGINT');
    const { code, stderr } = await run.done;
    const report = readReport(reportFile);
    expect(code).toBe(130);
    expect(stderr).toContain('Leaving; the report is being written.');
    expect(report.phones).toHaveLength(5);
    for (const { mac, outcome } of report.phones) expect(outcome).toBe(written().has(mac) ? 'unverified' : 'aborted');
    // Far from the minute of grace that the first one gave.
    expect(Date.parse(report.run.finishedAt) - Date.parse(report.run.startedAt)).toBeLessThan(20_000);
  });
});

const exitCodes = { SIGTERM: 143, SIGHUP: 129 } as const;
/** Each signal, as the first and as the second one. */
const signals = coverEach(
  (['SIGTERM', 'SIGHUP'] as const).flatMap((signal) => (['first', 'second'] as const).map((as) => ({ signal, as }))),
);

describe('a signal that is no ctrl-C', () => {
  it.each(signals.filter(({ as }) => as === 'first'))(
    '$signal is taken as ctrl-C, and has an exit code of its own',
    async ({ signal }) => {
      const run = await underWay({ timeScale: 20, stopGrace: '200ms' });
      run.kill(signal);
      const { code } = await run.done;
      expect(code).toBe(exitCodes[signal]);
      expect(readReport(reportFile).run.interrupted).toBe(signal);
    },
  );

  it.each(signals.filter(({ as }) => as === 'second'))('$signal after ctrl-C leaves at once', async ({ signal }) => {
    const run = await underWay({ timeScale: 20, stopGrace: '60s' });
    run.kill('SIGINT');
    await run.shows('Stopping:', 'stderr');
    run.kill(signal);
    const { code, tookMs } = await run.done;
    expect(code).toBe(130);
    expect(tookMs).toBeLessThan(30_000);
    expect(readReport(reportFile).phones).toHaveLength(5);
  });
});

describe('a stop while phones are still being read', () => {
  it('accounts for every target: read, not read yet, and never asked', async () => {
    network = await startNetwork(
      [
        { model: '8841', name: 'quick' },
        { model: '8841', count: 4, name: 'hanging', behavior: { web: 'hang' } },
      ],
      { subnet: '127.66.0.0/29', timeout: '1s' },
    );
    const run = startCommand([
      ...['audit', ...network.scan, '--concurrency', '1', '--probe-concurrency', '1'],
      ...['--output', 'ndjson', '--report', reportFile],
    ]);
    await run.shows('"outcome":"audited"');
    run.kill('SIGINT');
    const { code } = await run.done;
    const { totals, phones } = readReport(reportFile);
    expect(code).toBe(130);
    expect(totals.targets).toBe(6);
    expect(totals.byOutcome).toMatchObject({ audited: 1 });
    expect(totals.byOutcome.aborted).toBeGreaterThanOrEqual(1);
    expect(phones.every(({ touched }) => !touched)).toBe(true);
  });
});
