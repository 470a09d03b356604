import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { installCommand, runCommand } from '../../support/command/command.js';
import { only, readUnit } from '../../support/command/systemd-unit.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const at = (name: string): string => join('examples', 'many-sites', name);

interface Service {
  image: string;
  command?: string[];
  environment: Record<string, string>;
  secrets: string[];
  depends_on: Record<string, { condition: string }>;
}
const { services, secrets } = parse(readFileSync(at('compose.yaml'), 'utf8'), { merge: true }) as {
  services: Record<string, Service>;
  secrets: Record<string, unknown>;
};
const ours = Object.entries(services).filter(([, { image }]) => image === 'fleet-migrate');
const unit = 'fleet-migrate-worker@.service';

describe('the example of many sites', () => {
  const folder = temporaryFolder();
  const command = folder.file('fleet-migrate');
  beforeAll(() => {
    chmodSync(folder.path, 0o755);
    installCommand(command);
  });
  afterAll(() => folder.remove());

  it('has a worker for each site of its configuration, all with the database and its password as a file', async () => {
    const { sites } = parse(readFileSync(at('fleet-migrate.yaml'), 'utf8')) as { sites: object };
    const worked = ours.flatMap(([, { command: words = [] }]) => words.filter((word) => word.startsWith('--site=')));
    expect(worked).toEqual(Object.keys(sites).map((name) => `--site=${name}`));
    for (const [name, service] of ours) {
      expect([name, service.environment['FLEET_MIGRATE_DB']]).toEqual([
        name,
        expect.stringMatching(/^postgres:\/\/fleet@db\//),
      ]);
      expect([name, service.secrets]).toEqual([name, expect.arrayContaining(['db'])]);
      for (const secret of service.secrets) expect(Object.keys(secrets)).toContain(secret);
    }
    // Passwords are no problem of those who look none up.
    const shown = await runCommand(['config', 'show', '--config', at('fleet-migrate.yaml')]);
    expect([shown.code, shown.stderr]).toEqual([0, '']);
  });

  it.each(ours.map(([name, service]) => [name, service] as const))(
    'starts %s with words that the command understands',
    async (_, { command: words = ['migrate', '--sites', 'all'], environment }) => {
      // Nothing listens there: what is not understood is said before.
      const env = {
        ...environment,
        FLEET_MIGRATE_DB: 'postgres://fleet@127.0.0.1:1/fleet',
        FLEET_MIGRATE_DB_PASSWORD_FILE: folder.file('none'),
      };
      const more = words[0] === 'worker' ? ['--no-wait'] : [];
      const config = words[0] === 'db' ? [] : ['--config', at('fleet-migrate.yaml')];
      const { code, stderr } = await runCommand([...words, ...more, ...config], { env });
      expect([code, stderr]).toEqual([
        2,
        expect.stringMatching(/cannot be read|no such file|could not be|does not answer|token/),
      ]);
      expect(stderr).not.toMatch(/Unknown argument|is not an option/);
    },
  );

  const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;
  (hasSystemd ? it : it.skip)('has a unit that systemd understands (skipped without systemd-analyze)', () => {
    const copy = folder.file('fleet-migrate-worker@berlin.service');
    writeFileSync(copy, readFileSync(at(unit), 'utf8').replace('/usr/bin/fleet-migrate', command));
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', copy], { encoding: 'utf8' });
    expect([status, stderr.split('\n').filter((line) => line.includes('fleet-migrate'))]).toEqual([0, []]);
  });

  it('has a unit whose worker gets its password as a file, and that its stop gives the time to hand over', () => {
    const read = readUnit(at(unit));
    expect(only(read, 'ExecStart')).toMatch(/ worker --site %i .*--db-password-file \$\{CREDENTIALS_DIRECTORY\}\/db$/);
    expect(only(read, 'LoadCredential')).toMatch(/^db:/);
    expect(Number(only(read, 'TimeoutStopSec'))).toBeGreaterThan(30);
  });
});
