import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { buildScenario, type Simulator, type SimulatedUcm, startSimulator } from '../../../src/simulator/index.js';
import { labelsOf } from '../../support/cluster.js';
import { apart, builtCommand, runCommand } from '../../support/command/command.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { isDeep, runs } from '../../support/depth.js';
import { runForReport } from '../../support/reports/reported-run.js';

const kills = runs(3, 30);
const phones = runs(8, 60);
const subnet = '127.78.4.0/25';
const load = 'sip88xx.12-0-3MPP0001-87';
const stepUp = 'sip88xx.14-2-1-0101-26';

/** A small seeded generator, so that every run of this test kills at the same points. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Where a process is killed: after so many of these. */
const places = ['intent', 'getPhone', 'updatePhone', 'applyPhone', 'selectCmDeviceExt', 'read', 'posted'] as const;

type Place = (typeof places)[number];

describe(`a move of ${phones} phones through Unified CM that is killed ${kills} times`, () => {
  const folder = temporaryFolder();
  const db = folder.file('runs.db');
  let simulator: Simulator;
  let ucm: SimulatedUcm;
  let seen: (what: string) => void = () => {};

  beforeAll(async () => {
    const one = { model: '8841', vid: 'V05' };
    const older = Math.ceil(phones / 4);
    const scenario = buildScenario({
      ...{ name: 'killed', subnet, seed: 77, ucm: {} },
      phones: [
        { ...one, name: 'desk', count: phones - older, load: stepUp },
        { ...one, name: 'older', count: older, load: 'sip88xx.14-1-1MN-366', ucm: { webAccess: 'on' } },
      ],
    });
    labelsOf(scenario, folder.file('vids.csv'));
    simulator = await startSimulator(scenario, {
      ...{ timeScale: 400, shortPages: !isDeep },
      onRequest: ({ method }) => seen(method === 'POST' ? 'posted' : 'read'),
      onUcmRequest: ({ operation, status }) => seen(status === 200 ? operation : ''),
    });
    if (simulator.ucm === undefined) throw new RangeError('there is no Unified CM');
    ucm = simulator.ucm;
  });
  afterAll(async () => {
    await simulator.close();
    folder.remove();
  });

  const env = (): Record<string, string> => ({ UCM_PASSWORD: ucm.password });

  /** Runs the command until it ends, or is killed there; `null`: it was killed. */
  function runUntil(args: readonly string[], at: Place, times: number): Promise<number | null> {
    const child = spawn(process.execPath, [builtCommand, ...args, '--output', 'ndjson', '--db', db, '--no-config'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '', ...env(), ...apart() },
    });
    let left = times;
    seen = (what) => {
      if (what === at && (left -= 1) === 0) child.kill('SIGKILL');
    };
    createInterface(child.stdout).on('line', (line) => {
      if (line.startsWith('{"event":"intent"')) seen('intent');
    });
    return new Promise((resolve) => child.once('close', resolve));
  }

  it('sets no load twice, loses no phone, and leaves nothing half-done', async () => {
    const random = seeded(78);
    const profile = quickProfile(folder.path, 'enterprise-to-mpp', {
      upgradeDeadline: '600s',
      authorizeDeadline: '600s',
    });
    const credentials = ['--ucm-username', ucm.username, '--ucm-password-env', 'UCM_PASSWORD'];
    let args = [
      ...['--http-port', String(simulator.httpPort), '--https-port', String(simulator.httpsPort), '--scheme', 'http'],
      ...['--ucm', ucm.host, '--ucm-port', String(ucm.port), '--ucm-files-port', String(ucm.filesPort)],
      ...['--ucm-insecure', ...credentials, '--subnet', subnet, '--inventory', folder.file('vids.csv')],
      ...['--profile', profile, '--files', simulator.files.url, '--max-upgrading', String(Math.ceil(phones / 6))],
      '--yes',
    ];
    let killed = 0;
    const hit = new Set<Place>();
    while (killed < kills) {
      const at = places[Math.floor(random() * places.length)] ?? 'read';
      const times = 1 + Math.floor(random() * (at === 'read' ? 40 : 3));
      const code = await runUntil(args, at, times);
      if (code !== null) break;
      hit.add(at);
      killed += 1;
      args = ['resume', '--yes', ...credentials];
    }
    seen = () => {};
    if (killed === kills) {
      const end = await runCommand(['resume', '--yes', ...credentials, '--db', db, '--no-config'], { env: env() });
      expect([end.code, end.stderr]).toEqual([0, end.stderr]);
    }
    const { report } = await runForReport(['report', '--db', db, '--no-config']);
    const outcomes = new Map(report.phones.map(({ mac, outcome, failure }) => [mac, failure?.code ?? outcome]));
    for (const { mac, name, kind, violations } of simulator.phones) {
      const entries = ucm.requests.filter(({ device }) => device === `SEP${mac}`);
      const loads = entries.flatMap((entry) => (entry.load === undefined ? [] : [entry.load]));
      const posts = simulator.log.filter((entry) => entry.method === 'POST' && entry.mac === mac);
      expect([name, outcomes.get(mac), kind, loads, posts.length, violations]).toEqual([
        ...[name, 'done', 'multiplatform', name.startsWith('older') ? [stepUp, load] : [load], 1],
        [],
      ]);
    }
    expect(ucm.violations).toEqual([]);
    expect(killed).toBeGreaterThanOrEqual(runs(2, 20));
    expect(hit.size).toBeGreaterThanOrEqual(runs(2, 5));
  }, 540_000);
});
