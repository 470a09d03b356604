import { beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { renderEffectiveConfig } from '../../../src/config/settings/render.js';
import { mergeSettings } from '../../../src/config/settings/merge.js';
import { filesOf, table } from '../file/read-support.js';

const text = `httpPort: 8080
notify: https://token@example.com/hook
credentials:
  - password: \${PW}
sites:
  north:
    subnets: 10.1.0.0/16
    files: http://10.1.0.5
    limits: { maxUpgrading: 3 }
    credentials:
      - { username: me, password: file:/run/pw, subnets: 10.1.2.0/24 }
`;

const readFile = filesOf({ '/srv/fleet-migrate.yaml': text, '/run/pw': 'hunter2' });

async function rendered(args: Record<string, unknown>, env: Record<string, string>): Promise<string> {
  const where = { cwd: '/srv', home: '/home/op', readFile };
  return renderEffectiveConfig(
    await mergeSettings({ ...where, args, env, table, options: table, withSecrets: true }),
    table,
  );
}

describe('the settings as they hold', () => {
  let shown = '';
  beforeAll(async () => {
    shown = await rendered({ subnet: ['10.0.0.0/24'] }, { PW: 'hunter3', FLEET_MIGRATE_TIMEOUT: '9s' });
  });

  it('have their origin on each line', () => {
    const lines = shown.split('\n');
    expect(lines[0]).toBe('# From "/srv/fleet-migrate.yaml"');
    expect(lines).toContain('subnet: [ 10.0.0.0/24 ]  # flag');
    expect(lines).toContain('timeout: 9s  # env');
    expect(lines).toContain('httpPort: 8080  # line 1');
    expect(lines).toContain('concurrency: 64  # default');
    expect(lines).toContain('# profile:');
    expect(lines).toContain('# Targets');
  });

  it('are YAML, with the sites and without any password', () => {
    expect(parse(shown)).toMatchObject({
      httpPort: 8080,
      credentials: [{ username: 'admin', password: '[secret]' }],
      sites: {
        north: {
          subnets: ['10.1.0.0/16'],
          files: 'http://10.1.0.5',
          limits: { maxUpgrading: 3 },
          credentials: [{ username: 'me', password: '[secret]', subnets: ['10.1.2.0/24'] }],
        },
      },
    });
    for (const secret of ['hunter2', 'hunter3', 'token']) expect(shown).not.toContain(secret);
  });

  it('say so when there is no file', async () => {
    expect(await rendered({ config: false }, {})).toMatch(/^# No configuration file was found\.\n/);
  });
});
