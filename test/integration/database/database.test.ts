import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { describeInPostgres, rowsOf, useCluster } from '../../store/support/open-test-store.js';
import { migrations } from '../../../src/store/schema/migrations.js';
import { type Finished, runCommand, startCommand } from '../../support/command/command.js';
import { dashboardsOfTests } from '../../support/command/dashboards.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { type Network, startNetwork } from '../../support/network.js';
import { guarded, guardedPassword } from '../../support/postgres/cluster.js';

describeInPostgres('commands whose store is in PostgreSQL', () => {
  const cluster = useCluster();
  const folder = temporaryFolder();
  let network: Network;
  let profile: string;
  beforeAll(async () => {
    const group = { model: '8841', load: 'sip88xx.12-0-3MPP0001-87', count: 8 } as const;
    network = await startNetwork([group], { subnet: '127.97.0.0/28' });
    profile = quickProfile(folder.path, 'mpp-to-enterprise', { stopGrace: '20s', upgradeDeadline: '60s' });
  });
  afterAll(async () => {
    await network.close();
    folder.remove();
  });

  const on = (db: string, ...words: string[]): Promise<Finished> => runCommand([...words, '--db', db, '--no-config']);
  const move = (db: string, ...more: string[]): string[] => [
    ...[...network.scan, '--profile', profile, '--files', network.files, '--yes', '--no-config', '--db', db, ...more],
  ];
  const newStore = async (): Promise<string> => {
    const db = await cluster().database();
    expect(await on(db, 'db', 'migrate')).toMatchObject({
      code: 0,
      stdout: `The database ${db} has the schema ${migrations.length} now (it had none).\n`,
    });
    return db;
  };
  const postsOfEach = (): number[] => {
    const posts = network.posts().map(({ mac }) => mac);
    return network.simulator.phones.map(({ mac }) => posts.filter((one) => one === mac).length);
  };

  it('refuse an empty one with what makes it a store, and contact nothing', async () => {
    const db = await cluster().database();
    const asked = network.simulator.log.length;
    for (const words of [['audit', ...network.scan], ['runs'], ['report'], ['status'], ['resume', '--yes']])
      expect(await on(db, ...words)).toMatchObject({
        ...{ code: 2, stdout: '' },
        stderr: `fleet-migrate: The database ${db} has no tables of fleet-migrate yet; make them with: fleet-migrate db migrate --db ${db}\n`,
      });
    expect(network.simulator.log).toHaveLength(asked);
  });

  it('tell what of it is not as it should be, and what is', async () => {
    const empty = await cluster().database();
    const unmade = await on(empty, 'db', 'check');
    expect([unmade.code, unmade.stdout.replace(/\s+/g, ' ')]).toEqual([2, expect.stringContaining(`schema none yet`)]);
    expect(unmade.stdout.replace(/\s+/g, ' ')).toContain(`make them with: fleet-migrate db migrate --db ${empty}`);
    const db = await newStore();
    const checked = await on(db, 'db', 'check');
    // The server of tests does not wait for its disk.
    expect([checked.code, checked.stdout]).toEqual([
      1,
      expect.stringMatching(
        /^postgres:.*\n {2}server +PostgreSQL \d.*\n {2}user +fleet, may read and write\n {2}connection +not encrypted\n {2}schema +\d+ \(this fleet-migrate needs \d+\)\n {2}round trip +[\d.]+ ms\n {2}commit +[\d.]+ ms\n {2}clock +as here\n {2}size +.*\n\nfsync is off there: /,
      ),
    ]);
  });

  it('remember, list, compare and show runs there as in a file', async () => {
    const db = await newStore();
    const env = { FLEET_MIGRATE_DB: db };
    for (let night = 0; night < 2; night += 1)
      expect((await runCommand(['audit', ...network.scan, '--no-config'], { env })).code).toBe(0);
    expect(JSON.parse((await on(db, 'runs', '--json')).stdout)).toMatchObject({ runs: [{}, {}] });
    expect((await on(db, 'report', '--diff', '--output', 'json')).code).toBe(0);
    expect((await on(db, 'status')).stdout).toContain('It has finished.');
    expect((await on(db, 'licenses', 'plan', '--direction', 'm2e')).stdout).toContain('8');
    expect((await on(db, 'licenses', 'list')).code).toBe(0);
    expect((await on(db, 'rehearse', '--profile', 'mpp-to-enterprise')).code).toBe(0);
    expect((await on(db, 'rehearse', '--show', 'latest')).code).toBe(0);
    expect((await on(db, 'resume', '--yes')).stderr).toContain('There is no run to resume');
  });

  it('ask for its password where it wants one, and never repeat it', async () => {
    const db = await newStore();
    await rowsOf(db, `drop role if exists ${guarded}`);
    await rowsOf(db, `create role ${guarded} login superuser password '${guardedPassword}'`);
    const theirs = db.replace('fleet@', `${guarded}@`);
    const file = folder.file('db.password');
    writeFileSync(file, `${guardedPassword}\n`, { mode: 0o600 });
    const config = folder.file('night.yaml');
    writeFileSync(config, `db: ${theirs}\ndbPasswordFile: db.password\n`);
    const all: Finished[] = [
      await runCommand(['runs', '--no-config', '--db', theirs]),
      await runCommand(['runs', '--no-config', '--db', theirs, '--db-password-env', 'SECRET'], {
        env: { SECRET: 'hunter2' },
      }),
      await runCommand(['runs', '--no-config', '--db', theirs], { env: { PGPASSWORD: guardedPassword } }),
      await runCommand(['runs', '--no-config', '--db', theirs, '--db-password-file', file]),
      await runCommand(['runs', '--config', config]),
      // What is typed counts more than what the file says.
      await runCommand(['runs', '--config', config, '--db-password-env', 'SECRET'], { env: { SECRET: 'hunter2' } }),
      await runCommand(['audit', ...network.scan, '--config', config]),
      await runCommand(['runs', '--no-config', '--db', theirs.replace('@', `:${guardedPassword}@`)]),
    ];
    expect(all.map(({ code }) => code)).toEqual([2, 2, 0, 0, 0, 2, 0, 2]);
    for (const { stdout, stderr } of all) {
      expect(stdout + stderr).not.toContain(guardedPassword);
      expect(stdout + stderr).not.toContain('hunter2');
    }
    const [{ settings } = { settings: '' }] = await rowsOf<{ settings: string }>(db, 'select settings from runs');
    expect(settings).not.toContain(guardedPassword);
  });

  it('refuse options of a database beside a file, and a password that cannot be read, before anything is contacted', async () => {
    const asked = network.simulator.log.length;
    const beside = await runCommand(['audit', ...network.scan, '--no-config', '--db-ca', 'ca.pem']);
    expect([beside.code, beside.stderr]).toEqual([
      2,
      expect.stringContaining('--db-ca does nothing without --db postgres://USER@HOST/DB; add it, or leave this out.'),
    ]);
    const unset = await on(cluster().address('x'), 'audit', ...network.scan, '--db-password-env', 'NOBODY_SET_IT');
    expect([unset.code, unset.stderr]).toEqual([
      2,
      expect.stringContaining('--db-password-env NOBODY_SET_IT: that environment variable is not set'),
    ]);
    expect(network.simulator.log).toHaveLength(asked);
  });

  it('outlive that the database goes away in the middle of a move: no phone is begun meanwhile, none is lost', async () => {
    network.simulator.log.length = 0;
    const db = await newStore();
    const running = startCommand(move(db, '--max-upgrading', '2', '--output', 'ndjson'));
    await running.shows('"state":"submitted"');
    await cluster().stop();
    await running.shows('does not answer', 'stderr');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const posts = network.posts().length;
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(network.posts()).toHaveLength(posts);
    expect(posts).toBeLessThan(8);
    await cluster().start();
    const ended = await running.done;
    expect([ended.code, ended.signal]).toEqual([0, null]);
    expect(ended.stderr).toContain('the database is back; the run goes on');
    expect(postsOfEach()).toEqual(Array(8).fill(1));
    const report = JSON.parse((await on(db, 'report', '--output', 'json')).stdout) as {
      totals: { byOutcome: object };
      run: { interrupted: null };
    };
    expect([report.totals.byOutcome, report.run.interrupted]).toEqual([{ done: 8, 'no-answer': 6 }, null]);
  });

  const { dashboard } = dashboardsOfTests(['--no-config']);
  it('show it as pages, and say so while it is away', async () => {
    const db = await newStore();
    expect((await on(db, 'audit', ...network.scan)).code).toBe(0);
    const url = await dashboard([], 0, { of: ['--db', db, '--no-config'] });
    expect(await (await fetch(url)).text()).toContain('audit');
    await cluster().stop();
    const away = await fetch(url);
    expect([away.status, await away.text()]).toEqual([503, expect.stringContaining('does not answer')]);
    await cluster().start();
    expect((await fetch(url)).status).toBe(200);
  });
});
