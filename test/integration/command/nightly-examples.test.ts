import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { apart, builtCommand, runCommand } from '../../support/command/command.js';
import { type Network, startNetwork } from '../../support/network.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { builtinScenarios, startSimulator } from '../../../src/simulator/index.js';
import { parseReport } from '../../support/reports/report-schema.js';
import { runForReport } from '../../support/reports/reported-run.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const serviceFile = join('examples', 'systemd', 'fleet-migrate.service');
/** Of the file server: what it runs is tested with the server. */
const serverFile = join('examples', 'systemd', 'fleet-migrate-serve.service');
const timerFile = join('examples', 'systemd', 'fleet-migrate.timer');
const cronFile = join('examples', 'cron', 'fleet-migrate.cron');

const installedCommand = '/usr/bin/fleet-migrate';
const installedConfig = '/etc/fleet-migrate/fleet-migrate.yaml';

/** The one line of a file that the pattern describes; its first group. */
function only(file: string, pattern: RegExp): string {
  const found = [...readFileSync(file, 'utf8').matchAll(pattern)].map(([, group = '']) => group);
  expect(found).toHaveLength(1);
  return found[0] ?? '';
}

describe.each([
  ['fleet-migrate.yaml', 'PHONE_ADMIN_PASSWORD'],
  ['enterprise-to-mpp.yaml', 'UCM_PASSWORD'],
])('the example configuration %s', (name, password) => {
  const check = (env: Record<string, string>) => runCommand(['config', 'check', join('examples', name)], { env });

  it('is good', async () => {
    const { code, stdout } = await check({ [password]: 'a-secret' });
    expect(stdout).toMatch(/: good\n$/);
    expect(code).toBe(0);
  });

  it('does not run without the password it refers to', async () => {
    const { code, stdout } = await check({});
    expect(stdout).toMatch(password);
    expect(code).toBe(2);
  });
});

describe('the example of a move through Unified CM', () => {
  it('plans the phones of its pool on a cluster that has them', async () => {
    const subnet = '127.21.8.0/24';
    const simulator = await startSimulator(builtinScenarios.enterprise({ subnet, seed: 1, phones: 26 }));
    try {
      const { httpPort, httpsPort, ucm } = simulator;
      if (ucm === undefined) throw new Error('the scenario has no Unified CM');
      const { report } = await runForReport(
        [
          ...['--config', join('examples', 'enterprise-to-mpp.yaml'), '--dry-run'],
          // Its own cluster, subnet and hour are somebody's; the list of labels goes with the subnet.
          ...['--ucm', ucm.host, '--ucm-port', String(ucm.port), '--ucm-username', ucm.username, '--ucm-insecure'],
          ...['--ucm-files-port', String(ucm.filesPort), '--subnet', subnet, '--window', '00:00-24:00'],
          ...['--inventory', join('examples', 'enterprise-labels.csv'), '--insecure', '--timeout', '2s'],
          ...['--http-port', String(httpPort), '--https-port', String(httpsPort)],
        ],
        { env: { UCM_PASSWORD: ucm.password } },
      );
      const planned = report.phones.filter(({ ucm: row, outcome }) => row !== null && outcome === 'planned');
      expect(planned.map(({ mac, ucm: row }) => [mac, row?.devicePool])).toEqual(
        ['D4ADBD113F27', 'F87B20EC5F6E', '70F0964B62C6', 'A0F8491FD7C9'].map((mac) => [mac, 'Branch']),
      );
    } finally {
      await simulator.close();
    }
  });
});

describe('the nightly jobs of the examples', () => {
  const folder = temporaryFolder();
  const command = folder.file('fleet-migrate');
  let network: Network;

  beforeAll(async () => {
    writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${builtCommand}" "$@"\n`);
    chmodSync(command, 0o755);
    network = await startNetwork([
      { name: 'a', model: '8841' },
      { name: 'b', model: '7841' },
    ]);
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  /** A configuration for the simulated network, of which a job's first run moves one phone, and another the other. */
  function smallConfig(name: string, phone: string): { config: string; report: string } {
    const { simulator, files } = network;
    const report = folder.file(`${name}.json`);
    const config = folder.file(`${name}.yaml`);
    const lines = [
      `profile: ${quickProfile(folder.path, 'mpp-to-enterprise')}`,
      `files: ${files}`,
      `target: ${network.phone(phone).address}`,
      `httpPort: ${simulator.httpPort}`,
      `httpsPort: ${simulator.httpsPort}`,
      'insecure: true',
      "waves: '1,100%'",
      "abortAfter: ['5%', 'authorization-failed:3']",
      `db: ${folder.file(`${name}.db`)}`,
      `report: ${report}`,
    ];
    writeFileSync(config, `${lines.join('\n')}\n`);
    return { config, report };
  }

  /** The line with what is installed at a user's replaced by what is here. */
  function here(line: string, config: string): string {
    expect(line).toContain(`${installedCommand} `);
    expect(line).toContain(` ${installedConfig} `);
    return line.replace(installedCommand, command).replace(installedConfig, config);
  }

  async function run(program: string, args: readonly string[]): Promise<{ code: number | null; said: string }> {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, HOME: folder.path, XDG_STATE_HOME: folder.path, TZ: 'UTC', ...apart() },
    });
    let said = '';
    child.stdout.resume();
    child.stderr.setEncoding('utf8').on('data', (piece: string) => (said += piece));
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })));
  }

  it('the service moves the phones, without a terminal and without a question', async () => {
    const { config, report } = smallConfig('service', 'a');
    const [program = '', ...args] = here(only(serviceFile, /^ExecStart=(.*)$/gm), config).split(/\s+/);
    const { code, said } = await run(program, args);
    expect([code, said]).toEqual([0, expect.stringContaining('1  done')]);
    expect(parseReport(readFileSync(report, 'utf8')).phones).toEqual([expect.objectContaining({ outcome: 'done' })]);
  });

  it('the cron line moves the phones, and its mail is the closing words', async () => {
    const { config, report } = smallConfig('cron', 'b');
    // Five fields of time and the user come first; a percent sign would end the command.
    const line = only(cronFile, /^(?:[\d*/,-]+\s+){5}[\w-]+\s+(\/.*)$/gm);
    expect(line).not.toContain('%');
    const { code, said } = await run('/bin/sh', ['-c', here(line, config)]);
    expect([code, said]).toEqual([0, expect.stringMatching(/^\n?fleet-migrate .*\n(?:.*\n){1,40}$/)]);
    expect(parseReport(readFileSync(report, 'utf8')).phones).toEqual([expect.objectContaining({ outcome: 'done' })]);
  });

  const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;
  (hasSystemd ? it : it.skip)('systemd has nothing against the units (skipped without systemd-analyze)', () => {
    const service = folder.file('fleet-migrate.service');
    const timer = folder.file('fleet-migrate.timer');
    writeFileSync(service, readFileSync(serviceFile, 'utf8').replace(installedCommand, command));
    writeFileSync(timer, readFileSync(timerFile, 'utf8'));
    const server = folder.file('fleet-migrate-serve.service');
    writeFileSync(server, readFileSync(serverFile, 'utf8').replace(installedCommand, command));
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', service, timer, server], { encoding: 'utf8' });
    // It also tells of units of this machine; only ours count.
    expect([status, stderr.split('\n').filter((line) => line.includes('fleet-migrate'))]).toEqual([0, []]);
  });
});
