import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { describeInPostgres, rowsOf, useCluster } from '../../store/support/open-test-store.js';
import { type Finished, type Running, runCommand, startCommand } from '../../support/command/command.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { type Network, startNetwork } from '../../support/network.js';

describeInPostgres('workers at sites, and who plans for them', () => {
  const cluster = useCluster();
  const folder = temporaryFolder();
  const config = folder.file('sites.yaml');
  let network: Network;
  let profile: string;
  let db: string;
  const running: Running[] = [];

  beforeAll(async () => {
    const group = { model: '8841', load: 'sip88xx.12-0-3MPP0001-87', count: 14 } as const;
    network = await startNetwork([group], { subnet: '127.96.0.0/28' });
    profile = quickProfile(folder.path, 'mpp-to-enterprise', { upgradeDeadline: '60s', stopGrace: '5s' });
    writeFileSync(config, 'sites:\n  north: { subnets: [127.96.0.0/29] }\n  south: { subnets: [127.96.0.8/29] }\n');
    db = await cluster().database();
    expect((await runCommand(['db', 'migrate', '--db', db, '--no-config'])).code).toBe(0);
  });
  afterEach(async () => {
    for (const one of running.splice(0)) {
      one.kill('SIGKILL');
      await one.done;
    }
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  const begin = (words: readonly string[], env: Record<string, string> = {}): Running => {
    const one = startCommand(words, { env });
    running.push(one);
    return one;
  };
  const worker = async (...words: string[]): Promise<Running> => {
    const one = begin(['worker', '--db', db, '--config', config, ...words]);
    await one.shows('Working for');
    return one;
  };
  const plan = (...words: string[]): string[] => [...[...words, '--db', db, '--config', config], ...network.reach];
  const moving = (...words: string[]): string[] =>
    plan('migrate', '--profile', profile, '--files', network.files, '--yes', ...words);

  it('audit and move the phones of all sites, of which each worker reaches its own', async () => {
    const north = await worker('--site', 'north', '--log-level', 'info');
    const south = await worker('--site', 'south', '--log-level', 'info');
    const audited = await runCommand(plan('audit', '--sites', 'all', '--output', 'json'));
    expect(audited.code).toBe(0);
    const audit = JSON.parse(audited.stdout) as { totals: { byOutcome: object }; run: { shared?: boolean } };
    expect([audit.totals.byOutcome, audit.run.shared]).toEqual([{ audited: 12 }, true]);
    const planned = await runCommand(moving('--sites', 'north', '--dry-run', '--output', 'json'));
    expect((JSON.parse(planned.stdout) as { totals: { byOutcome: object } }).totals.byOutcome).toMatchObject({
      planned: 6,
    });
    expect(network.posts()).toEqual([]);

    const moved = await runCommand(moving('--sites', 'all', '--max-upgrading', '3', '--output', 'json'));
    expect([moved.code, (JSON.parse(moved.stdout) as { totals: { byOutcome: object } }).totals.byOutcome]).toEqual([
      0,
      { done: 12 },
    ]);
    expect(new Set(network.posts().map(({ mac }) => mac)).size).toBe(12);
    expect(network.posts()).toHaveLength(12);
    const intents = ({ stderr }: Running): string[] =>
      [...stderr.matchAll(/(127\.96\.0\.\d+) \w+ intent/g)].map(([, at = '']) => at);
    expect(intents(north).every((address) => Number(address.split('.')[3]) < 8)).toBe(true);
    expect(intents(south).every((address) => Number(address.split('.')[3]) >= 8)).toBe(true);
    expect(intents(north).length + intents(south).length).toBe(12);
    const rows = await rowsOf<{ settings: string }>(db, 'select settings from runs');
    expect(rows.length).toBe(3);
  });

  it('go on by themselves with --detach, and are looked at from anywhere', async () => {
    await worker('--site', 'north', '--site', 'south');
    const words = plan('audit', '--sites', 'all', '--detach');
    const { code, stdout } = await startCommand(words).done;
    const [, id = ''] = /^Run (\S+) goes on by itself; .*\nLook on: fleet-migrate status/.exec(stdout) ?? [];
    expect([code, id]).toEqual([0, expect.stringMatching(/^\d{14}-/)]);
    const watched = await runCommand(['status', id, '--watch', '--db', db, '--no-config']);
    expect([watched.code, watched.stdout]).toEqual([0, expect.stringContaining('It has finished.')]);
  });

  it('are resumed with nothing but the database, whatever the configuration says of passwords that are not here', async () => {
    writeFileSync(
      folder.file('secret.yaml'),
      'sites:\n  north: { subnets: [127.96.0.0/29] }\n  south: { subnets: [127.96.0.8/29], credentials: [{ password: "${NOT_HERE}" }] }\n',
    );
    const secret = ['--config', folder.file('secret.yaml')];
    const north = begin(['worker', '--db', db, '--site', 'north', ...secret]);
    await north.shows('Working for north');
    const south = await runCommand(['worker', '--db', db, '--site', 'south', ...secret]);
    expect([south.code, south.stderr]).toEqual([
      2,
      expect.stringContaining('the environment variable NOT_HERE is not set'),
    ]);
    const planner = begin(['audit', '--db', db, '--sites', 'all', ...secret, ...network.reach]);
    // Nobody is there for the other site.
    while ((await rowsOf(db, "select id from runs where state = 'running'")).length === 0)
      await new Promise((resolve) => setTimeout(resolve, 100));
    planner.kill('SIGKILL');
    await planner.done;
    const bare = await runCommand(['resume', '--yes', '--db', db, ...secret, '--output', 'json', '--quiet'], {});
    const { totals, phones } = JSON.parse(bare.stdout) as {
      totals: { byOutcome: object };
      phones: { failure: { code: string; message: string } | null }[];
    };
    expect([bare.code, totals.byOutcome]).toEqual([1, { audited: 6, deferred: 6 }]);
    expect(phones.flatMap(({ failure }) => failure ?? [])).toEqual(
      Array(6).fill(
        expect.objectContaining({
          code: 'no-worker',
          message: expect.stringMatching(/^No worker works for the site south; /),
        }),
      ),
    );
  }, 200_000);

  it('are reported as they are when their planner is stopped: what was written to is not said to be untouched', async () => {
    const slow = await startNetwork([{ model: '8841', load: 'sip88xx.12-0-3MPP0001-87', count: 3 }], {
      ...{ subnet: '127.95.0.0/28', timeScale: 15 },
    });
    try {
      const at = folder.file('slow.yaml');
      writeFileSync(at, 'sites:\n  slow: { subnets: [127.95.0.0/28] }\n');
      await begin(['worker', '--db', db, '--config', at, '--site', 'slow']).shows('Working for slow');
      const planner = begin([
        ...[
          'migrate',
          '--db',
          db,
          '--config',
          at,
          '--sites',
          'all',
          '--profile',
          profile,
          '--files',
          slow.files,
          '--yes',
        ],
        ...['--max-upgrading', '1', '--output', 'json', ...slow.reach],
      ]);
      while (slow.posts().length === 0) await new Promise((resolve) => setTimeout(resolve, 100));
      planner.kill('SIGTERM');
      const { code, stdout } = await planner.done;
      const { totals, phones } = JSON.parse(stdout) as {
        totals: { byOutcome: object };
        phones: { mac: string; touched: boolean; failure: { code: string } | null }[];
      };
      expect([code, totals.byOutcome]).toEqual([143, { unverified: 1, aborted: 2, 'no-answer': 11 }]);
      expect(phones.find(({ mac }) => mac === slow.posts()[0]?.mac)).toMatchObject({
        ...{ touched: true, failure: { code: 'stopped-watching' } },
      });
      expect(slow.posts()).toHaveLength(1);
    } finally {
      await slow.close();
    }
  });

  it('hand over what they have when they are stopped', async () => {
    const first = await worker('--site', 'north', '--site', 'south', '--lease', '60s');
    const planner = begin(plan('audit', '--sites', 'all'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    first.kill('SIGTERM');
    const ended = await first.done;
    expect([ended.code, ended.signal]).toEqual([0, null]);
    await worker('--site', 'north', '--site', 'south');
    expect((await planner.done).code).toBe(0);
  });

  it.each([
    [
      ['audit', '--sites', 'all'],
      '--sites needs a database that its workers share: name it with --db postgres://USER@HOST/DB.\nfleet-migrate: --sites needs sites, and the configuration file describes none; docs/configuration.md shows how.',
    ],
    [
      ['audit', '--sites', 'east', '--db', 'DB', '--config', 'CONFIG'],
      '--sites east: there is no site "east", known are north, south. Sites are looked for in CONFIG and in STORE, where fleet-migrate sites import puts them.',
    ],
    [
      ['audit', '--sites', 'all', '--db', 'DB'],
      '--sites needs sites, and neither a configuration file nor STORE has any; write them into a file (docs/configuration.md), and import it there for all machines: fleet-migrate sites import FILE.',
    ],
    [
      ['audit', '--sites', ',', '--db', 'DB', '--config', 'CONFIG'],
      '--sites , must be names of sites between commas, such as berlin,paris, or all.',
    ],
    [
      ['audit', '--sites', 'all', '--limit', '3', '--db', 'DB', '--config', 'CONFIG'],
      '--limit cannot be combined with --sites: its phones are divided among workers before they are read.',
    ],
    [
      ['audit', '--sites', 'all', '--target', '127.96.0.1', '--db', 'DB', '--config', 'CONFIG'],
      '--target cannot be combined with --sites: its targets are those of the sites.',
    ],
    [
      ['worker', '--site', 'north', '--lease', '2h', '--db', 'DB', '--config', 'CONFIG'],
      '--lease may be an hour at most: for so long nobody else takes up the phones of a worker that died.',
    ],
    [
      ['audit', '--detach', '--subnet', '127.96.0.0/28'],
      '--detach does nothing without --sites; add it, or leave this out.',
    ],
    [['worker', '--db', 'DB'], 'worker needs --site NAME, the site whose phones it reaches (or --tag).'],
    [
      ['worker', '--site', 'north'],
      'worker needs the database that its planner uses: name it with --db postgres://USER@HOST/DB.',
    ],
    [
      ['worker', '--site', 'east', '--db', 'DB', '--config', 'CONFIG'],
      '--site east: there is no site "east", known are north, south. Sites are looked for in CONFIG and in STORE, where fleet-migrate sites import puts them.',
    ],
    [
      ['worker', '--tag', 'x', '--db', 'DB', '--config', 'CONFIG'],
      '--tag x: no site has the tag "x", as no site has tags. Sites are looked for in CONFIG and in STORE, where fleet-migrate sites import puts them.',
    ],
    [
      ['worker', '--site', 'north', '--no-wait', '--db', 'postgres://fleet@127.0.0.1:1/x'],
      'The database postgres://fleet@127.0.0.1:1/x does not answer (connect ECONNREFUSED 127.0.0.1:1); check host and port, whether PostgreSQL runs there, and its firewall.',
    ],
  ])('refuse %j in one sentence, and contact nothing', async (words, sentence) => {
    const asked = network.simulator.log.length;
    const real = (text: string): string => (text === 'DB' ? db : text).replace('STORE', db).replace('CONFIG', config);
    const refused: Finished = await runCommand([
      ...words.map(real),
      ...(words.includes('CONFIG') ? [] : ['--no-config']),
    ]);
    expect([refused.code, refused.stderr]).toEqual([2, `fleet-migrate: ${real(sentence)}\n`]);
    expect(network.simulator.log).toHaveLength(asked);
  });

  it('refuse that one address is in two sites, by the configurations of two machines', async () => {
    const other = folder.file('other.yaml');
    writeFileSync(other, 'sites:\n  west: { subnets: [127.96.0.0/28] }\n');
    const west = begin(['worker', '--db', db, '--config', other, '--site', 'west']);
    await west.shows('Working for west');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const refused = await runCommand(plan('audit', '--sites', 'all'));
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringMatching(
        /The worker on \S+ has 127\.96\.0\.0\/28 in its site west, and this configuration has 127\.96\.0\.0\/29 in the site north; give both the same sites\./,
      ),
    ]);
  });

  it('wait for a database that is not there yet, and say so', async () => {
    await cluster().stop();
    const one = begin(['worker', '--db', db, '--site', 'north', '--no-config']);
    await one.shows('The worker waits for it.', 'stderr');
    await cluster().start();
    await one.shows('Working for north');
  });
});
