import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { apart, installCommand, runCommand } from '../../support/command/command.js';
import { type Network, startNetwork } from '../../support/network.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { builtinScenarios, startSimulator } from '../../../src/simulator/index.js';
import { parseReport } from '../../support/reports/report-schema.js';
import { runForReport } from '../../support/reports/reported-run.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const cronFile = join('examples', 'cron', 'fleet-migrate.cron');

const installedCommand = '/usr/bin/fleet-migrate';
const installedConfig = '/etc/fleet-migrate/fleet-migrate.yaml';

/** The one line of a file that the pattern describes; its first group. */
function only(file: string, pattern: RegExp): string {
  const found = [...readFileSync(file, 'utf8').matchAll(pattern)].map(([, group = '']) => group);
  expect(found).toHaveLength(1);
  return found[0] ?? '';
}

describe('the example configurations', () => {
  const folder = temporaryFolder();
  const passwordFile = folder.file('password');
  writeFileSync(passwordFile, 'a-secret');
  afterAll(() => folder.remove());

  it.each([
    ['fleet-migrate.yaml', 'FLEET_MIGRATE_PASSWORD_FILE', passwordFile, folder.file('none')],
    ['enterprise-to-mpp.yaml', 'UCM_PASSWORD', 'a-secret', ''],
  ])('%s is good with the password that its job brings along, and does not run without it', async (name, ...rest) => {
    const [variable, good, bad] = rest;
    const check = (value: string) =>
      runCommand(['config', 'check', join('examples', name)], { env: { [variable]: value } });
    const found = await check(good);
    expect([found.code, found.stdout]).toEqual([0, expect.stringMatching(/: good\n$/)]);
    const missing = await check(bad);
    expect([missing.code, missing.stdout]).toEqual([2, expect.stringContaining(bad === '' ? variable : bad)]);
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
    installCommand(command);
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

  it('the cron line moves the phones, and its mail is the closing words', async () => {
    const { config, report } = smallConfig('cron', 'b');
    // Five fields of time and the user come first; a percent sign would end the command.
    const line = only(cronFile, /^(?:[\d*/,-]+\s+){5}[\w-]+\s+(\/.*)$/gm);
    expect(line).not.toContain('%');
    // A line a minute would make the mail of a long night longer than the night's words.
    expect(line).toContain(' --progress-every 0s ');
    const { code, said } = await run('/bin/sh', ['-c', here(line, config)]);
    expect([code, said]).toEqual([0, expect.stringMatching(/^\n?fleet-migrate .*\n(?:.*\n){1,40}$/)]);
    expect(parseReport(readFileSync(report, 'utf8')).phones).toEqual([expect.objectContaining({ outcome: 'done' })]);
  });
});
