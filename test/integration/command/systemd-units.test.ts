import { type ChildProcess, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { installCommand } from '../../support/command/command.js';
import { hasUnprivileged } from '../../support/command/limited-command.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { hasSandbox, only, readUnit, Sandbox } from '../../support/command/systemd-unit.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { type Network, startNetwork } from '../../support/network.js';
import { parseReport } from '../../support/reports/report-schema.js';

const units = join('examples', 'systemd');
const service = (name: string): string => join(units, `${name}.service`);
const services = readdirSync(units)
  .filter((name) => name.endsWith('.service'))
  .map((name) => join(units, name));
const installedCommand = '/usr/bin/fleet-migrate';
const installedConfig = '/etc/fleet-migrate/fleet-migrate.yaml';

const folder = temporaryFolder();
const command = folder.file('fleet-migrate');
beforeAll(() => {
  chmodSync(folder.path, 0o755);
  installCommand(command);
});
afterAll(() => folder.remove());

describe('the units', () => {
  it('run as a user of their own, which the file for systemd-sysusers makes', () => {
    const [, user] = /^u ([\w-]+) - "/m.exec(readFileSync(join(units, 'fleet-migrate.sysusers'), 'utf8')) ?? [];
    expect(services.map((path) => only(readUnit(path), 'User'))).toEqual(services.map(() => user));
  });

  it('get passwords as files that nobody else may read, never as words or variables', () => {
    for (const path of services) {
      const unit = readUnit(path);
      expect(unit.get('EnvironmentFile')).toBeUndefined();
      expect((unit.get('Environment') ?? []).join()).not.toMatch(/password|token/i);
      for (const [, option = '', file = ''] of only(unit, 'ExecStart').matchAll(/--(\S+-file) (\S+)/g)) {
        const [, name = ''] = /^\$\{CREDENTIALS_DIRECTORY\}\/([\w-]+)$/.exec(file) ?? [];
        const given = (unit.get('LoadCredential') ?? []).map((line) => line.split(':')[0]);
        expect([path, option, given]).toEqual([path, option, expect.arrayContaining([name])]);
      }
    }
  });

  const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;
  const withSystemd = hasSystemd ? it : it.skip;

  withSystemd('are what systemd understands (skipped without systemd-analyze)', () => {
    const copies = readdirSync(units)
      .filter((name) => /\.(service|timer)$/.test(name))
      .map((name) => {
        const copy = folder.file(name);
        writeFileSync(copy, readFileSync(join(units, name), 'utf8').replace(installedCommand, command));
        return copy;
      });
    expect(copies).toHaveLength(4);
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', ...copies], { encoding: 'utf8' });
    // It also tells of units of this machine; only ours count.
    expect([status, stderr.split('\n').filter((line) => line.includes('fleet-migrate'))]).toEqual([0, []]);
  });

  const hasSystemctl = spawnSync('systemctl', ['--version']).status === 0;
  (hasSystemctl ? it : it.skip)('can be enabled, each that its comment says so of (skipped without systemctl)', () => {
    const root = temporaryFolder();
    const told = readdirSync(units).flatMap((name) =>
      [...readFileSync(join(units, name), 'utf8').matchAll(/systemctl enable --now (\S+)/g)].map(
        ([, unit = '']) => unit,
      ),
    );
    const names = [...new Set(told)].sort();
    expect(names).toEqual(['fleet-migrate-dashboard.service', 'fleet-migrate-serve.service', 'fleet-migrate.timer']);
    const into = root.file('etc/systemd/system');
    mkdirSync(into, { recursive: true });
    for (const name of readdirSync(units)) writeFileSync(join(into, name), readFileSync(join(units, name)));
    const enabled = names.map((name) => {
      spawnSync('systemctl', [`--root=${root.path}`, 'enable', name]);
      return spawnSync('systemctl', [`--root=${root.path}`, 'is-enabled', name], { encoding: 'utf8' }).stdout.trim();
    });
    root.remove();
    expect(enabled).toEqual(names.map(() => 'enabled'));
  });

  // From 0 (nothing could be done with it) to 10, by what a unit may do; 20 stands for 2.0.
  const canRate =
    hasSystemd &&
    spawnSync('systemd-analyze', ['security', '--help'], { encoding: 'utf8' }).stdout.includes('--offline');
  (canRate ? it.each(services) : it.skip.each(services))(
    '%s may do little beyond its work (skipped without systemd-analyze 250)',
    (path) => {
      const { status, stdout } = spawnSync('systemd-analyze', ['security', '--offline=true', '--threshold=20', path], {
        encoding: 'utf8',
      });
      expect([status, stdout.split('\n').filter((line) => line.includes('Overall'))]).toEqual([
        0,
        [expect.stringContaining(basename(path))],
      ]);
    },
  );

  const hasSysusers = spawnSync('systemd-sysusers', ['--version']).status === 0;
  (hasSysusers ? it : it.skip)('have their user made without a shell (skipped without systemd-sysusers)', () => {
    const root = temporaryFolder();
    mkdirSync(root.file('etc'));
    const { status, stderr } = spawnSync(
      'systemd-sysusers',
      [`--root=${root.path}`, join(process.cwd(), units, 'fleet-migrate.sysusers')],
      { encoding: 'utf8' },
    );
    const users = status === 0 ? readFileSync(root.file('etc/passwd'), 'utf8') : stderr;
    root.remove();
    expect(users).toMatch(/^fleet-migrate:x:\d+:\d+:[^:]+:\/var\/lib\/fleet-migrate:\/usr\/sbin\/nologin$/m);
  });
});

(hasSandbox && hasUnprivileged ? describe : describe.skip)(
  'with no more than the units allow: their files, their user (skipped unless root, on Linux)',
  () => {
    const password = 'S3cret-of-phones';
    const token = '0123456789abcdef0123';
    const secrets = {
      '/etc/fleet-migrate/secrets/phones': `${password}\n`,
      '/etc/fleet-migrate/secrets/dashboard-token': token,
    };
    let network: Network;
    let sandbox: Sandbox;
    let config: string;
    const started: ChildProcess[] = [];

    beforeAll(async () => {
      network = await startNetwork(
        [
          { name: 'a', model: '8841', behavior: { auth: 'digest', password } },
          { name: 'b', model: '7841', behavior: { auth: 'digest', password } },
        ],
        { knownPasswords: [password] },
      );
      sandbox = new Sandbox(folder.path);
      config = folder.file('fleet-migrate.yaml');
    });
    afterAll(async () => {
      for (const one of started) one.kill('SIGKILL');
      await network.close();
    });

    /** A night over one phone. */
    function configure(phone: string): void {
      const { simulator, files } = network;
      const lines = [
        `profile: ${quickProfile(folder.path, 'mpp-to-enterprise')}`,
        `files: ${files}`,
        `target: ${network.phone(phone).address}`,
        `httpPort: ${simulator.httpPort}`,
        `httpsPort: ${simulator.httpsPort}`,
        'insecure: true',
        'report: /var/lib/fleet-migrate/night.json',
        'logFile: /var/lib/fleet-migrate/night.log',
      ];
      writeFileSync(config, `${lines.join('\n')}\n`);
    }
    function start(name: string, more: readonly string[] = []): ChildProcess {
      const installed = { [installedCommand]: command, [installedConfig]: config };
      const child = sandbox.start(service(name), installed, secrets, more);
      started.push(child);
      return child;
    }

    it('a night moves its phone, and what it writes is for its user only', async () => {
      configure('a');
      expect(await ended(start('fleet-migrate'))).toEqual([0, expect.stringContaining('1  done')]);
      const report = readFileSync(sandbox.stateFile('fleet-migrate/night.json'), 'utf8');
      expect(parseReport(report).phones).toEqual([expect.objectContaining({ outcome: 'done' })]);
      const { stdout } = spawnSync('find', [sandbox.stateFile('fleet-migrate'), '-type', 'f', '-perm', '/077'], {
        encoding: 'utf8',
      });
      expect(stdout).toBe('');
      // Runs by hand look for the locks of phones in the same place.
      expect(readdirSync(folder.file('run/lock/fleet-migrate'))).toContain('locks-1.db');
    });

    it('the dashboard shows it to who has the token, and follows the next night', async () => {
      const dashboard = start('fleet-migrate-dashboard', ['--port', '0']);
      const url = await shown(dashboard, /http:\/\/\S+/);
      const page = async (given: string): Promise<string> => {
        const response = await fetch(url, { headers: { Authorization: `Bearer ${given}` } });
        return `${String(response.status)} ${await response.text()}`;
      };
      expect(await page(token)).toMatch(/^200 [^]*1 done/);
      expect(await page(`${token}x`)).toMatch(/^401 /);
      configure('b');
      const night = start('fleet-migrate');
      const finished = ended(night);
      // The page marks runs that go on.
      let seen = '';
      while (night.exitCode === null && !seen.includes('class="urgent"')) seen = await page(token);
      expect(await finished).toEqual([0, expect.stringContaining('1  done')]);
      expect(seen).toContain('class="urgent"');
      expect((await page(token)).match(/1 done/g)).toHaveLength(2);
      dashboard.kill('SIGTERM');
      expect((await ended(dashboard))[0]).toBe(143);
    });
  },
);

/** How it ended, and what it said on standard error. */
async function ended(child: ChildProcess): Promise<[code: number | null, said: string]> {
  let said = '';
  child.stdout?.resume();
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => (said += piece));
  return new Promise((resolve) => child.once('close', (code) => resolve([code, said])));
}

/** What the pattern finds in its output, once it is there. */
async function shown(child: ChildProcess, pattern: RegExp): Promise<string> {
  let told = '';
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => (told += piece));
  return new Promise((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
      told += piece;
      const found = pattern.exec(told)?.[0];
      if (found !== undefined && told.includes('Ready')) resolve(found);
    });
    child.once('close', (code) => reject(new Error(`ended with ${String(code)}: ${told}`)));
  });
}
