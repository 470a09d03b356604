import { createSocket } from 'node:dgram';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { apart, builtCommand, runCommand } from '../../support/command/command.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { type Network, startNetwork } from '../../support/network.js';

describe('where the log goes', () => {
  const folder = temporaryFolder();
  let network: Network;
  beforeAll(async () => {
    network = await startNetwork([{ model: '8841', load: 'sip88xx.12-0-3MPP0001-87', count: 2 }]);
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  const audit = (...words: string[]): string[] => ['audit', ...network.scan, '--no-config', ...words];

  /** Runs the command with its standard error in a file, as a service has it in the journal. */
  async function withErrorsInFile(words: string[], journal: (own: string) => string): Promise<string> {
    const path = folder.file('stderr');
    const descriptor = openSync(path, 'w');
    const { dev, ino } = fstatSync(descriptor, { bigint: true });
    const child = spawn(process.execPath, [builtCommand, ...words], {
      stdio: ['ignore', 'ignore', descriptor],
      env: {
        ...process.env,
        ...apart(),
        HOME: folder.path,
        XDG_STATE_HOME: folder.path,
        JOURNAL_STREAM: journal(`${dev}:${ino}`),
      },
    });
    closeSync(descriptor);
    await new Promise((resolve) => child.once('close', resolve));
    return readFileSync(path, 'utf8');
  }

  it('the journal gets priorities where it reads standard error, and only there', async () => {
    const words = audit('--log-level', 'info', '--quiet');
    const inJournal = await withErrorsInFile(words, (own) => own);
    const lines = inJournal.trimEnd().split('\n');
    expect(lines.filter((line) => !/^<[3-6]>/.test(line))).toEqual([]);
    expect(lines).toContainEqual(expect.stringMatching(/^<6>run-finished targets=\d+ byOutcome=\{"audited":2/));
    expect(lines).toContainEqual(expect.stringMatching(/^<6>127\.66\.0\.\d+ [0-9A-F]{12} outcome outcome=audited/));
    // Handed on by a service to a program whose output goes elsewhere.
    const elsewhere = await withErrorsInFile(words, () => '8:12345');
    expect(elsewhere).not.toMatch(/^<\d>/m);
    expect(elsewhere).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d info {2}run-finished /m);
    const asked = await withErrorsInFile([...words, '--log-to', 'journald'], () => '');
    expect(asked).toMatch(/^<6>run-finished /m);
  });

  it('lines tell the zone of the machine, and JSON keeps its objects', async () => {
    const zoned = await runCommand(audit('--log-level', 'info', '--quiet'), { env: { TZ: 'Asia/Kolkata' } });
    expect(zoned.stderr).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+05:30 info {2}run-started /m);
    const json = await runCommand(audit('--log-level', 'info', '--quiet', '--log-format', 'json'));
    const finished = json.stderr.split('\n').find((line) => line.includes('"run-finished"'));
    expect(JSON.parse(finished ?? '')).toMatchObject({ byOutcome: { audited: 2 } });
  });

  it('syslog gets the lines over UDP and TCP at once, those of level info as a log file does', async () => {
    let [overUdp, overTcp] = ['', ''];
    const udp = createSocket('udp4');
    udp.on('message', (message) => (overUdp += `${message.toString()}\n`));
    await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve));
    const tcp = createServer((socket) => socket.setEncoding('utf8').on('data', (piece: string) => (overTcp += piece)));
    await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
    const { code, stderr } = await runCommand(
      audit(
        ...['--log-to', `syslog://127.0.0.1:${udp.address().port}?facility=local4`],
        ...['--log-to', `syslog+tcp://127.0.0.1:${(tcp.address() as AddressInfo).port}`],
      ),
    );
    udp.close();
    await new Promise((resolve) => tcp.close(resolve));
    expect(code).toBe(0);
    expect(stderr).not.toContain('run-finished');
    const line = (priority: number): RegExp =>
      new RegExp(
        `<${priority}>1 \\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z \\S+ fleet-migrate \\d+ - - run-finished targets=\\d+ byOutcome=`,
      );
    expect(overUdp).toMatch(line(20 * 8 + 6));
    expect(overTcp).toMatch(line(3 * 8 + 6));
  });

  it('a syslog that is away is said once and changes nothing else', async () => {
    const { code, stderr, stdout } = await runCommand(
      audit('--output', 'json', '--log-to', 'syslog+tcp://127.0.0.1:9', '--log-to', 'syslog://127.0.0.1:9'),
    );
    expect([code, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ schema: 'fleet-migrate/report@1' })]);
    expect(stderr.match(/the syslog cannot be reached/g)?.length).toBeGreaterThanOrEqual(1);
    expect(stderr.match(/the syslog cannot be reached/g)?.length).toBeLessThanOrEqual(2);
    expect(stderr).toContain('to=127.0.0.1:9 why="connect ECONNREFUSED 127.0.0.1:9"');
  });

  it('a wrong target is refused before anything is contacted', async () => {
    const before = network.simulator.log.length;
    for (const [words, env, says] of [
      [
        ['--log-to', 'syslog+tls://10.0.0.9'],
        {},
        /--log-to syslog\+tls:\/\/10\.0\.0\.9: syslog goes over UDP or TCP here/,
      ],
      [['--log-to', 'syslog'], { PATH: folder.path }, /needs the logger command of util-linux/],
      [
        [],
        { FLEET_MIGRATE_LOG_TO: 'journald,syslog://' },
        /^fleet-migrate: FLEET_MIGRATE_LOG_TO: --log-to syslog:\/\/: /,
      ],
    ] as const) {
      const refused = await runCommand(audit(...words), { env });
      expect([refused.code, refused.stdout]).toEqual([2, '']);
      expect(refused.stderr).toMatch(says);
      expect(refused.stderr.trim().split('\n')).toHaveLength(1);
    }
    expect(network.simulator.log).toHaveLength(before);
  });
});
