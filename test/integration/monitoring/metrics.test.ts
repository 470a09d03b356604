import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { runCommand, startCommand } from '../../support/command/command.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { type Network, startNetwork } from '../../support/network.js';
import { runForReport } from '../../support/reports/reported-run.js';

const eligible = { model: '8841', load: 'sip88xx.12-0-3MPP0001-87' } as const;

describe('--metrics', () => {
  const folder = temporaryFolder();
  let network: Network | null = null;
  let profile: string;
  beforeAll(() => {
    profile = quickProfile(folder.path, 'mpp-to-enterprise');
  });
  afterEach(async () => {
    await network?.close();
    network = null;
  });
  afterAll(() => folder.remove());

  const night = ({ scan, files }: Network, name: string): string[] => [
    ...[...scan, '--profile', profile, '--files', files, '--yes', '--no-config', '--db', folder.file(`${name}.db`)],
    ...['--metrics', folder.file(`${name}.prom`)],
  ];

  /** What a file says, by metric with its labels, without the label of the file. */
  function metricsOf(name: string): Record<string, number> {
    const lines = readFileSync(folder.file(`${name}.prom`), 'utf8').split('\n');
    const samples = lines.filter((line) => line !== '' && !line.startsWith('#'));
    return Object.fromEntries(
      samples.map((line) => {
        const at = line.lastIndexOf(' ');
        expect(line).toContain(`name="${name}"`);
        const key = line
          .slice(0, at)
          .replace(/,?name="[^"]*"/, '')
          .replace('{}', '')
          .replace('{,', '{');
        return [key.replace(/^fleet_migrate_/, ''), Number(line.slice(at + 1))];
      }),
    );
  }

  it('says how a night ended, as its report does, and keeps the last success when the next one fails', async () => {
    network = await startNetwork([
      { ...eligible, count: 2 },
      { ...eligible, count: 1, behavior: { upgradeResult: 'download-failed' } },
    ]);
    const { report, code } = await runForReport(night(network, 'good'));
    expect(code).toBe(1);
    const failed = metricsOf('good');
    const sum = (of: 'requests' | 'bytes'): number => report.phones.reduce((all, phone) => all + (phone[of] ?? 0), 0);
    expect(failed).toMatchObject({
      [`run_info{run="${report.run.id}",profile="${report.run.profile}",dry_run="false",version="${report.run.version}"}`]: 1,
      ...{ run_exit_code: 1, run_in_progress: 0, run_interrupted: 0, targets: report.totals.targets },
      run_start_timestamp_seconds: Date.parse(report.run.startedAt) / 1_000,
      run_end_timestamp_seconds: Date.parse(report.run.finishedAt) / 1_000,
      'targets_by_outcome{outcome="done"}': 2,
      'targets_by_outcome{outcome="failed"}': 1,
      'targets_by_outcome{outcome="no-answer"}': report.totals.byOutcome['no-answer'],
      'targets_by_state{state="upgrading"}': 0,
      'failures{code="upgrade-failed"}': 1,
      ...{ http_requests_total: sum('requests'), http_received_bytes_total: sum('bytes') },
      'step_duration_seconds_count{step="convert"}': 2,
    });
    expect(failed['last_success_timestamp_seconds']).toBeUndefined();
    for (const phase of ['survey', 'question', 'migrate'])
      expect(failed[`phase_duration_seconds{phase="${phase}"}`]).toBeGreaterThanOrEqual(0);
    // The addresses of phones are no labels.
    for (const { address, mac } of report.phones)
      expect(readFileSync(folder.file('good.prom'), 'utf8')).not.toMatch(new RegExp(`${address}|${mac}`));

    // A later one that is good, and one that is not.
    const audit = ['audit', ...network.scan, '--no-config', '--db', folder.file('good.db')];
    const kept = ['--metrics', folder.file('audit.prom')];
    expect((await runCommand([...audit, ...kept])).code).toBe(0);
    const good = metricsOf('audit');
    expect(good['last_success_timestamp_seconds']).toBe(good['run_end_timestamp_seconds']);
    const named = ['--target', '127.66.0.14'];
    expect((await runCommand([...audit, ...named, ...kept])).code).toBe(1);
    const later = metricsOf('audit');
    expect(later['run_exit_code']).toBe(1);
    expect(later['last_success_timestamp_seconds']).toBe(good['last_success_timestamp_seconds']);
  });

  it('is there while the run lasts, and says that it was interrupted', async () => {
    network = await startNetwork([{ ...eligible, count: 2 }], { timeScale: 40 });
    const run = startCommand([...night(network, 'stopped'), '--output', 'ndjson']);
    await run.shows('"event":"intent"');
    const begun = metricsOf('stopped');
    expect([begun['run_in_progress'], begun['run_exit_code']]).toEqual([1, undefined]);
    // Written when the run began, perhaps before it told anything: then no outcome is there instead of a zero.
    expect(begun['targets_by_outcome{outcome="failed"}'] ?? 0).toBe(0);
    run.kill('SIGTERM');
    run.kill('SIGTERM');
    expect((await run.done).code).toBe(143);
    const ended = metricsOf('stopped');
    expect(ended).toMatchObject({ run_in_progress: 0, run_interrupted: 1, run_exit_code: 143 });
    expect(ended['targets_by_outcome{outcome="unverified"}']).toBeGreaterThan(0);
  });

  it('of a run that could not begin is what it was, and a wrong path is refused before anything is contacted', async () => {
    network = await startNetwork([{ ...eligible, count: 1 }]);
    writeFileSync(folder.file('none.prom'), '# earlier\n');
    const early = await runCommand([...night(network, 'none'), '--report', folder.file('nowhere/x.json')]);
    expect([early.code, readFileSync(folder.file('none.prom'), 'utf8')]).toEqual([2, '# earlier\n']);
    for (const [path, says] of [
      ['night.txt', /does not end in \.prom, and Prometheus' textfile collector reads no other; name one such as/],
      [
        'nowhere/night.prom',
        /The metrics file cannot be written to .*: its folder does not exist; choose another with --metrics\./,
      ],
    ] as const) {
      const refused = await runCommand(['audit', ...network.scan, '--no-config', '--metrics', folder.file(path)]);
      expect([refused.code, refused.stdout]).toEqual([2, '']);
      expect(refused.stderr).toMatch(says);
      expect(refused.stderr.trim().split('\n')).toHaveLength(1);
    }
    expect(network.simulator.log).toEqual([]);
  });

  it('that cannot be written any more is said once and changes nothing', async () => {
    network = await startNetwork([{ ...eligible, count: 1 }]);
    const path = folder.file('lost.prom');
    const run = startCommand(
      [...network.scan, '--no-config', '--profile', profile, '--files', network.files, '--yes'].concat(
        ...[['--db', folder.file('lost.db'), '--metrics', path, '--output', 'ndjson']],
      ),
    );
    await run.shows('"event":"intent"');
    // A folder in its place, with something in it: it can neither be replaced nor removed.
    rmSync(path, { force: true });
    mkdirSync(path);
    writeFileSync(`${path}/x`, '');
    const { code, stderr } = await run.done;
    expect(code).toBe(0);
    expect(stderr.match(/the metrics file cannot be kept up to date/g)).toHaveLength(1);
  });
});
