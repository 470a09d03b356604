import { describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { type ConfigOption, configKey, environmentVariable } from '../../../src/config/settings/option.js';
import { mergeSettings, type Settings, type SettingsSources } from '../../../src/config/settings/merge.js';
import { filesOf, table } from '../file/read-support.js';

const path = '/srv/fleet-migrate.yaml';

function settings(file: string | null, more: Partial<SettingsSources> = {}): Promise<Settings> {
  const files = file === null ? {} : { [path]: file };
  return mergeSettings({
    args: {},
    env: {},
    cwd: '/srv',
    home: '/home/op',
    readFile: filesOf(files),
    table,
    options: table,
    withSecrets: true,
    ...more,
  });
}

/** Three different values that fit an option, as flag, environment and file give them; a flag (true/false) has but two. */
function samples(option: ConfigOption): [unknown, unknown, unknown] {
  const { name, form, many } = option;
  const { type, value, choices } = form;
  if (type === 'boolean') return [true, false, true];
  if (type === 'number') return [1001, 1002, 1003];
  if (choices) return [choices[0], choices[1], choices[0]];
  const own: Readonly<Record<string, string>> = {
    target: '10.0.0.#',
    exclude: '10.0.0.#',
    site: 'place #',
    tag: 'kind #',
    'serve-at': '10.0.0.#',
    waves: '#,100%',
    'abort-after': '#',
    accept: 'silent-after-upgrading',
    'from-run': '2026112#',
    limit: '#',
    link: '#Mbit',
    window: '0#:00-12:00',
    'time-zone': 'Etc/GMT+#',
    'password-env': 'PW_#',
    ucm: '10.0.0.#',
    'ucm-username': 'user-#',
    'ucm-password-env': 'PW_#',
    'load-server': '10.0.0.#',
    match: '*#*',
    'authorization-rule': 'http://10.0.0.#/$MAU.lic',
    notify: 'http://10.0.0.#',
    'log-to': 'syslog://10.0.0.#',
    'mail-server': '10.0.0.#:25',
    'mail-from': 'fleet-#@example.com',
    'mail-username': 'night-#',
    'mail-password-env': 'PW_#',
    'db-password-env': 'PW_#',
  };
  const texts: Readonly<Record<string, string>> = {
    CIDR: '10.#.0.0/16',
    'MEANING=NAME': 'mac=Column #',
    DURATION: '#m',
    URL: 'http://10.0.0.#',
    FILE: '/tmp/#.csv',
  };
  if (name === 'only') return [['failed'], ['unverified'], ['license-missing']];
  if (name === 'report-mode') return ['600', '640', '644'];
  const one = (n: number): string => (own[name] ?? texts[value ?? ''] ?? '/tmp/some#.json').replace('#', String(n));
  return many ? [[one(1)], [one(2)], [one(3)]] : [one(1), one(2), one(3)];
}

const asVariable = (value: unknown): string => [value].flat().join(',');
const listedInFile = table.filter(({ name }) => name !== 'config');

describe.each(listedInFile.map((option) => [option.name, option] as const))('--%s', (name, option) => {
  const [flag, env, file] = samples(option);
  const chosen = [flag, env, file].flat().map((one) => `"${String(one)}"`);
  const described: Record<string, string> = {
    site: `sites: { ${chosen.map((one) => `${one}: {}`).join(', ')} }\n`,
    tag: `sites: { here: { tags: [${chosen.join(', ')}] } }\n`,
  };
  const sites = described[name] ?? '';
  // Site names have no slashes in them.
  const clean = (value: unknown): unknown =>
    name in described ? [value].flat().map((one) => String(one).replaceAll('/', '')) : value;
  const text = `${sites.replaceAll('/', '')}${stringify({ [configKey(name)]: clean(file) })}`;
  const line = sites === '' ? 1 : 2;
  const args = { [name]: clean(flag) };
  const environment = { [environmentVariable(name)]: asVariable(clean(env)) };

  it('wins on the command line', async () => {
    const { values, origin } = await settings(text, { args, env: environment });
    expect(origin[name]).toBe('flag');
    expect(values[name]).toEqual(name === 'exclude' ? [flag, env, file].flat() : clean(flag));
  });

  it('then in the environment', async () => {
    const { values, origin } = await settings(text, { env: environment });
    expect(origin[name]).toBe('env');
    expect(values[name]).toEqual(name === 'exclude' ? [env, file].flat() : clean(env));
  });

  it('then in the file, with its line', async () => {
    const { values, origin } = await settings(`\n\n${text}`);
    expect(origin[name]).toBe(`file:${line + 2}`);
    expect(values[name]).toEqual(clean(file));
  });

  it('then by default', async () => {
    const { values, origin } = await settings(null);
    expect(origin[name]).toBe('default');
    expect(values[name]).toBe(option.default);
  });
});

describe('values', () => {
  it('are those of options alone, and lack what was not given', async () => {
    const { values } = await settings('quiet: true\n', { args: { _: ['migrate'], run: 'latest' } });
    expect(values['quiet']).toBe(true);
    for (const name of ['_', 'run', 'profile']) expect(values).not.toHaveProperty(name);
  });

  it('of options that a command does not have are left out, although the file may set them', async () => {
    const options = table.filter(({ writes }) => writes !== true);
    const { values, origin } = await settings('profile: x\nhttpPort: 81\n', { options });
    expect(values).toMatchObject({ 'http-port': 81 });
    expect('profile' in values || 'profile' in origin).toBe(false);
  });

  it('of a flag can be taken back', async () => {
    expect((await settings('dryRun: true\n', { args: { 'dry-run': false } })).values['dry-run']).toBe(false);
    expect((await settings('stepUp: false\n')).values['step-up']).toBe(false);
  });

  it('are texts where the file has a whole number', async () => {
    expect((await settings('abortAfter: 10\nwaves: 5\n')).values).toMatchObject({ 'abort-after': ['10'], waves: '5' });
  });

  it('that are paths count from the folder of the file', async () => {
    const text = `inventory: [a.csv, /b.json, ~/c.csv]
exclude: [10.0.0.0/24, list.csv, phone.example.com]
profile: ./mine.yaml
db: fleet.db
ca: certs/ca.pem
`;
    const file = { '/etc/fleet/f.yaml': text };
    const { values } = await settings(null, { args: { config: '../etc/fleet/f.yaml' }, readFile: filesOf(file) });
    expect(values).toMatchObject({
      inventory: ['/etc/fleet/a.csv', '/b.json', '/home/op/c.csv'],
      exclude: ['10.0.0.0/24', '/etc/fleet/list.csv', 'phone.example.com'],
      profile: '/etc/fleet/mine.yaml',
      db: '/etc/fleet/fleet.db',
      ca: ['/etc/fleet/certs/ca.pem'],
    });
  });

  it('that only look like paths stay', async () => {
    const { values } = await settings('profile: mpp-to-enterprise\ndb: postgres://db/fleet\nlimit: 5\n');
    expect(values).toMatchObject({ profile: 'mpp-to-enterprise', db: 'postgres://db/fleet' });
    expect(String(values['limit'])).toBe('5');
  });
});

describe('targets', () => {
  const text = `subnet: 10.9.0.0/24
exclude: 10.1.0.1
sites:
  north: { subnets: 10.1.0.0/16, inventories: north.csv }
  south: { subnets: [10.2.0.0/16], targets: 10.3.0.1-9 }
`;
  const targetsOf = ({ values }: Settings) => [values['subnet'], values['target'], values['inventory']];

  it('are those of the file and of all its sites', async () => {
    const found = await settings(text);
    expect(targetsOf(found)).toEqual([
      ['10.9.0.0/24', '10.1.0.0/16', '10.2.0.0/16'],
      ['10.3.0.1-9'],
      ['/srv/north.csv'],
    ]);
    expect(found.origin).toMatchObject({ subnet: 'file:1', target: 'file:5', inventory: 'file:4' });
    expect(found.where['subnet']).toMatchObject([
      { place: { line: 1 } },
      { place: { line: 4 } },
      { place: { line: 5 } },
    ]);
  });

  it('are those of the command line alone when it names any, of whatever kind', async () => {
    const found = await settings(text, { args: { target: ['10.0.0.5'] } });
    expect(targetsOf(found)).toEqual([undefined, ['10.0.0.5'], undefined]);
    expect(found.sites).toHaveLength(2);
  });

  it('are those of a named site', async () => {
    expect(targetsOf(await settings(text, { args: { site: ['south'] } }))).toEqual([
      ['10.2.0.0/16'],
      ['10.3.0.1-9'],
      undefined,
    ]);
    expect(targetsOf(await settings(text, { env: { FLEET_MIGRATE_SITE: 'north' } }))).toEqual([
      ['10.1.0.0/16'],
      undefined,
      ['/srv/north.csv'],
    ]);
  });

  it('are those of the sites that the file itself names', async () => {
    expect(targetsOf(await settings(`site: south\n${text}`))).toEqual([
      ['10.9.0.0/24', '10.2.0.0/16'],
      ['10.3.0.1-9'],
      undefined,
    ]);
  });

  it('stay excluded, whatever else the command line excludes', async () => {
    expect((await settings(text, { args: { exclude: ['10.1.0.2', '10.1.0.1'] } })).values['exclude']).toEqual([
      '10.1.0.2',
      '10.1.0.1',
    ]);
  });

  it.each([
    [
      { args: { site: ['nort'] } },
      '--site nort: there is no site "nort", did you mean "north"? in /srv/fleet-migrate.yaml.',
    ],
    [
      { env: { FLEET_MIGRATE_SITE: 'x' } },
      'FLEET_MIGRATE_SITE: --site x: there is no site "x", known are north, south in /srv/fleet-migrate.yaml.',
    ],
  ])('of a site that is not there are a usage error: %j', async (more, message) => {
    expect((await settings(text, more)).problems).toEqual([message]);
  });

  it('of a site without any file are a usage error', async () => {
    expect((await settings(null, { args: { site: ['x'] } })).problems).toEqual([
      '--site x: there is no site "x", as no sites are described; sites are described in fleet-migrate.yaml.',
    ]);
  });
});

describe('sites', () => {
  it('are answered with everything they say', async () => {
    const text = `sites:
  north:
    subnets: 10.1.0.0/16
    tags: [campus]
    files: http://10.1.0.5
    limits: { maxUpgrading: 3, window: 22:00-05:00, timeZone: UTC }
    credentials:
      - password: file:/run/pw
`;
    const [site] = (await settings(text, { readFile: filesOf({ [path]: text, '/run/pw': 'x' }) })).sites;
    expect(site).toMatchObject({
      name: 'north',
      tags: ['campus'],
      files: 'http://10.1.0.5',
      limits: { maxUpgrading: 3, window: ['22:00-05:00'], timeZone: 'UTC' },
      credentials: [{ username: 'admin', subnets: [] }],
    });
    expect(site?.credentials[0]?.password()).toBe('x');
  });

  it('need no passwords where none is asked for', async () => {
    const text = 'credentials:\n  - password: ${NONE}\n';
    expect((await settings(text, { withSecrets: false })).credentials).toEqual([]);
    expect((await settings(text)).problems).toEqual([
      expect.stringMatching(/:2:5: credentials\[0\]\.password: the environment variable NONE is not set/),
    ]);
  });
});

describe('a file with problems', () => {
  const text = 'quiet: 1\nprofil: x\nscheme: y\ntimeout: 9s\n';

  it('is told by all of them, with those of the environment and the command line', async () => {
    const more = { env: { FLEET_MIGRATE_KEEP: '0' }, args: { timeout: '1ms' } };
    expect((await settings(text, more)).problems).toEqual([
      '/srv/fleet-migrate.yaml:1:1: quiet: expected true or false, found 1.',
      '/srv/fleet-migrate.yaml:2:1: profil: unknown key, did you mean "profile"?',
      '/srv/fleet-migrate.yaml:3:1: scheme: --scheme "y" is not one of auto, http, https; choose one of them.',
      'FLEET_MIGRATE_KEEP: --keep must be one whole number from 1 to 1000000, such as --keep 100.',
      '--timeout 1ms is too short; give at least 50ms, such as --timeout 5s.',
    ]);
  });

  it('sets what is not broken', async () => {
    const { values, broken } = await settings(text);
    expect(values).toMatchObject({ timeout: '9s', scheme: 'auto' });
    expect([...broken].sort()).toEqual(['quiet', 'scheme']);
  });
});
