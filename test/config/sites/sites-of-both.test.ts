import { describe, expect, it } from '@jest/globals';
import { mergeSettings, type Settings, type SettingsSources } from '../../../src/config/settings/merge.js';
import type { SitesOfStore, UnreadSites } from '../../../src/config/sites/of-store.js';
import type { WrittenSite } from '../../../src/domain/network/written-site.js';
import { filesOf, table } from '../file/read-support.js';

const store = 'postgres://fleet@db/fleet';
const berlin: WrittenSite = {
  subnets: ['10.1.0.0/16'],
  limits: { maxUpgrading: 20 },
  inventories: ['berlin.csv'],
  credentials: [{ password: 'file:./berlin' }],
};
const paris: WrittenSite = { subnets: ['10.2.0.0/16'], tags: ['west'] };

interface Asked extends Partial<SettingsSources> {
  /** The configuration file; empty: there is none. */
  file?: string;
  sites?: Readonly<Record<string, WrittenSite>>;
  unread?: UnreadSites;
  passwords?: Readonly<Record<string, string>>;
}

/** The settings of a command on a machine where `/srv/fleet-migrate.yaml` may be, with the sites of a store. */
function merged({ file = '', sites = { berlin, paris }, unread, passwords = {}, ...more }: Asked): Promise<Settings> {
  const found: SitesOfStore | UnreadSites = unread ?? {
    ...{ store, sites: Object.entries(sites).map(([name, site]) => ({ name, site })) },
  };
  return mergeSettings({
    ...{ args: {}, env: {}, cwd: '/srv', home: '/home/op', table, options: table, withSecrets: true },
    readFile: filesOf({ ...passwords, ...(file === '' ? {} : { '/srv/fleet-migrate.yaml': file }) }),
    sitesOfStore: () => Promise.resolve(found),
    ...more,
  });
}

const namesOf = ({ sites }: Settings): string[] => sites.map(({ name }) => name);

describe('sites of the file and of the store', () => {
  it('are those of the file, then those that only the store has', async () => {
    const all = await merged({ file: 'sites:\n  rome: { subnets: 10.3.0.0/16 }\n', withSecrets: false });
    expect([namesOf(all), [...all.ofStore.names], all.ofStore.store]).toEqual([
      ['rome', 'berlin', 'paris'],
      ['berlin', 'paris'],
      store,
    ]);
  });

  it('are the file’s own where both have one: its passwords may be elsewhere here, its limits and file server others', async () => {
    const file = 'sites:\n  berlin: { subnets: [10.1.0.0/17, 10.1.128.0/17], credentials: [{ password: "${B}" }] }\n';
    const { sites, problems, ofStore } = await merged({ file, env: { B: 'here' } });
    expect(problems).toEqual([]);
    expect(sites[0]).toMatchObject({ name: 'berlin', limits: { maxUpgrading: null }, inventories: [] });
    expect(sites[0]?.credentials.map(({ password }) => password())).toEqual(['here']);
    expect(ofStore.names.has('berlin')).toBe(false);
  });

  it('are those of the store with the passwords of the file, where its entry has nothing else', async () => {
    const file = 'sites:\n  berlin: { credentials: [{ password: "${B}", subnets: 10.1.2.0/24 }] }\n';
    const { sites, problems } = await merged({ file, env: { B: 'here' } });
    expect(problems).toEqual([]);
    expect(sites[0]).toMatchObject({ name: 'berlin', subnets: ['10.1.0.0/16'], limits: { maxUpgrading: 20 } });
    expect(sites[0]?.credentials.map(({ password }) => password())).toEqual(['here']);
  });

  it.each([
    [
      'subnets that differ',
      'sites:\n  berlin:\n    subnets: [10.1.0.0/17]\n',
      `/srv/fleet-migrate.yaml:3:5: sites.berlin.subnets: the site berlin has 10.1.0.0/17 here, and 10.1.0.0/16 in ${store}; give both the same, or leave all but the credentials out here.`,
    ],
    [
      'no subnets here',
      'sites:\n  berlin: { inventories: b.csv }\n',
      `/srv/fleet-migrate.yaml:2:3: sites.berlin.subnets: the site berlin has no subnets here, and 10.1.0.0/16 in ${store}; give both the same, or leave all but the credentials out here.`,
    ],
    [
      'an address in two sites',
      'sites:\n  rome: { subnets: [10.3.0.0/16, 10.2.9.0/24] }\n',
      `/srv/fleet-migrate.yaml:2:34: sites.rome.subnets[1]: 10.2.9.0/24 overlaps 10.2.0.0/16 of the site paris in ${store}; a phone can be in one site only.`,
    ],
    [
      'a list in two sites',
      'sites:\n  rome: { inventories: berlin.csv }\n',
      `/srv/fleet-migrate.yaml:2:11: sites.rome.inventories: /srv/berlin.csv is listed by the site berlin in ${store} too; a phone can be in one site only.`,
    ],
  ])('are refused, naming both, for %s', async (_, file, sentence) => {
    expect((await merged({ file, withSecrets: false })).problems).toEqual([sentence]);
  });

  it('are refused at the store’s where its comes later: a name that is a number is the first key of a group', async () => {
    const file = 'sites:\n  7: { subnets: 10.2.0.0/24 }\n';
    expect((await merged({ file, withSecrets: false })).problems).toEqual([
      `The site paris of ${store}: subnets[0]: 10.2.0.0/16 overlaps 10.2.0.0/24 of the site 7 in /srv/fleet-migrate.yaml; a phone can be in one site only.`,
    ]);
  });

  it('read the paths of the store as if they stood in this machine’s file, or where one would be', async () => {
    const passwords = { '/srv/berlin': 'beside it\n', '/home/op/.config/fleet-migrate/berlin': 'where it would be\n' };
    const readOf = async (file: string): Promise<unknown> => {
      const site = (await merged({ file, passwords })).sites.find(({ name }) => name === 'berlin');
      return [site?.inventories, site?.credentials.map(({ password }) => password())];
    };
    expect(await readOf('timeout: 5s\n')).toEqual([['/srv/berlin.csv'], ['beside it']]);
    expect(await readOf('')).toEqual([['/home/op/.config/fleet-migrate/berlin.csv'], ['where it would be']]);
  });
});

describe('the choice among them', () => {
  const chosen = async (more: Asked): Promise<unknown> =>
    (await merged({ file: 'sites:\n  rome: { subnets: 10.3.0.0/16 }\n', withSecrets: false, ...more })).values[
      'subnet'
    ];

  it('is the file’s without a word: what others add to the store is contacted when somebody asks for it', async () => {
    expect(await chosen({})).toEqual(['10.3.0.0/16']);
    expect(await chosen({ args: { site: ['paris'] } })).toEqual(['10.2.0.0/16']);
    expect(await chosen({ args: { tag: ['west'], site: ['rome'] } })).toEqual(['10.3.0.0/16', '10.2.0.0/16']);
    expect(await chosen({ workers: 'all' })).toEqual(['10.3.0.0/16', '10.1.0.0/16', '10.2.0.0/16']);
  });

  it('may be the file’s own choice of a site of the store', async () => {
    const file = 'site: paris\nsites:\n  rome: { subnets: 10.3.0.0/16 }\n';
    expect(await merged({ file, withSecrets: false })).toMatchObject({
      ...{ problems: [], values: { subnet: ['10.2.0.0/16'] } },
      where: { subnet: [{ from: 'store', place: `The site paris of ${store}` }] },
    });
  });

  it.each([
    ['flag', { args: { site: ['berln'] } }, '--site berln'],
    ['flag of workers', { args: { site: ['berln'] }, workers: 'named' as const }, '--sites berln'],
    ['variable', { env: { FLEET_MIGRATE_SITE: 'berln' } }, 'FLEET_MIGRATE_SITE: --site berln'],
  ])('names near misses of both, and where it looked, by its %s', async (_, more, begins) => {
    const file = 'sites:\n  rome: { subnets: 10.3.0.0/16 }\n';
    expect((await merged({ file, withSecrets: false, ...more })).problems).toEqual([
      `${begins}: there is no site "berln", did you mean "berlin"? Sites are looked for in /srv/fleet-migrate.yaml and in ${store}, where fleet-migrate sites import puts them.`,
    ]);
  });

  it('is not judged where the store could not be read, of which is told once', async () => {
    const args = { site: ['paris'] };
    expect((await merged({ args, unread: { problem: 'It does not answer.' } })).problems).toEqual([
      'It does not answer.',
    ]);
    const only = await merged({ args, unread: { problem: 'It does not answer.', isWarning: true } });
    expect([only.problems, only.warnings]).toEqual([[], ['It does not answer.']]);
  });

  it('is not made in another store than the one that cannot be understood', async () => {
    const asked: unknown[] = [];
    const sitesOfStore: SettingsSources['sitesOfStore'] = (given) => {
      asked.push(given);
      return Promise.resolve(null);
    };
    await merged({ args: { db: ['a', 'b'] }, sitesOfStore });
    expect(asked).toEqual([]);
  });
});

describe('passwords that are not here', () => {
  const missing =
    'The site berlin of postgres://fleet@db/fleet: credentials[0].password: the file /srv/berlin cannot be read';
  const file = 'timeout: 5s\n';

  it.each([
    ['is chosen', { site: ['berlin'] }],
    ['has an address that is asked for', { target: ['10.1.2.3'] }],
    ['has a part of a subnet that is', { subnet: ['10.1.2.0/24'] }],
  ])('are an error where their site %s', async (_, args) => {
    expect((await merged({ file, args })).problems).toEqual([expect.stringContaining(missing)]);
  });

  it.each([[{ site: ['paris'] }], [{ subnet: ['10.9.0.0/24'] }], [{ target: ['10.9.0.7'] }]])(
    'are nobody’s business where others are asked for: %j',
    async (args) => {
      const { problems, warnings } = await merged({ file, args });
      expect([problems, warnings]).toEqual([[], []]);
    },
  );

  it.each([[{ inventory: ['list.csv'] }], [{ target: ['phone.example.com'] }]])(
    'are a warning where a list or a name may lead there: %j',
    async (args) => {
      const { problems, warnings } = await merged({ file, args });
      expect([problems, warnings]).toEqual([
        [],
        [expect.stringMatching(/^Passwords of sites of \S+ are not here \(berlin\);/)],
      ]);
    },
  );

  it('of the file are an error unless other sites were chosen', async () => {
    const ours =
      'sites:\n  rome: { subnets: 10.3.0.0/16, credentials: [{ password: "${R}" }] }\n  oslo: { subnets: 10.4.0.0/16 }\n';
    const of = async (more: Asked): Promise<unknown> => {
      const { problems, warnings } = await merged({ file: ours, sites: {}, ...more });
      return [problems.length, warnings.length];
    };
    expect(await of({})).toEqual([1, 0]);
    expect(await of({ args: { site: ['oslo'] } })).toEqual([0, 0]);
    expect(await of({ args: { site: ['oslo'] }, sites: { paris: { ...paris, inventories: ['p.csv'] } } })).toEqual([
      0, 0,
    ]);
    expect(await of({ args: { inventory: ['list.csv'] } })).toEqual([1, 0]);
    // Whoever plans for workers has none of them.
    expect(await of({ mayHaveWorkers: () => true })).toEqual([0, 1]);
    expect(await of({ mayHaveWorkers: () => true, args: { site: ['rome'] } })).toEqual([1, 0]);
  });

  it('of a worker are those of its own sites', async () => {
    const sites = { berlin, paris: { ...paris, credentials: [{ password: '${PARIS}' }] } };
    const looked: string[] = [];
    const readFile = (path: string): string => {
      looked.push(path);
      throw Object.assign(new Error('not there'), { code: 'ENOENT' });
    };
    const { problems } = await merged({ sites, readFile, secretsOf: (_, tags) => tags.includes('west') });
    expect(problems).toEqual([
      'The site paris of postgres://fleet@db/fleet: credentials[0].password: the environment variable PARIS is not set; set it for this program.',
    ]);
    expect(looked.filter((path) => path.endsWith('/berlin'))).toEqual([]);
  });
});
