import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { describeInPostgres, useCluster } from '../../store/support/open-test-store.js';
import { type Finished, type Running, runCommand, startCommand } from '../../support/command/command.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { type Network, startNetwork } from '../../support/network.js';

const password = 'Correct-Horse-7';

describeInPostgres('machines that have nothing but the database', () => {
  const cluster = useCluster();
  const folder = temporaryFolder();
  const file = folder.file('sites.yaml');
  let network: Network;
  let profile: string;
  let db: string;
  const running: Running[] = [];

  beforeAll(async () => {
    const behavior = { auth: 'digest', password } as const;
    network = await startNetwork([{ model: '8841', load: 'sip88xx.12-0-3MPP0001-87', count: 3, behavior }], {
      subnet: '127.94.0.0/29',
    });
    profile = quickProfile(folder.path, 'mpp-to-enterprise', { upgradeDeadline: '60s', stopGrace: '5s' });
    writeFileSync(folder.file('right'), `${password}\n`);
    writeFileSync(folder.file('wrong'), 'Battery-Staple\n');
  });
  beforeEach(async () => {
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

  const run = (...words: string[]): Promise<Finished> => runCommand([...words, '--db', db, '--no-config']);
  const imported = async (text: string): Promise<void> => {
    writeFileSync(file, text);
    expect(await run('sites', 'import', file)).toMatchObject({ code: 0 });
  };
  const north = (secret: string): string =>
    `  north: { subnets: 127.94.0.0/29, tags: field, credentials: [{ password: 'file:${folder.file(secret)}' }] }\n`;
  /** Somebody else's, whose password is not on this machine. */
  const south = `  south: { subnets: 127.95.0.0/29, credentials: [{ password: 'file:/nowhere/south' }] }\n`;
  const worker = async (...words: string[]): Promise<Running> => {
    const one = startCommand(['worker', '--db', db, '--no-config', ...words]);
    running.push(one);
    await one.shows('Working for');
    return one;
  };
  const outcomes = ({ code, stdout }: Finished): unknown => [
    code,
    (JSON.parse(stdout) as { totals: { byOutcome: object } }).totals.byOutcome,
  ];

  it('plan and work with its sites: workers take their passwords as they are imported, planners none', async () => {
    await imported(`sites:\n${north('wrong')}${south}`);
    const one = await worker('--tag', 'field');
    expect(one.stdout).toContain('Working for north;');
    const migrate = (): Promise<Finished> =>
      run(
        ...['migrate', '--sites', 'north', '--profile', profile, '--files', network.files, '--yes', '--output', 'json'],
        ...['--quiet', ...network.reach],
      );
    const refused = await migrate();
    expect([refused.code, refused.stdout]).toEqual([1, expect.stringContaining('"password-wrong"')]);
    expect(network.posts()).toEqual([]);
    await imported(`sites:\n${north('right')}${south}`);
    expect(outcomes(await migrate())).toMatchObject([0, { done: 3 }]);
    expect(await run('audit', '--sites', 'nrth')).toMatchObject({
      code: 2,
      stderr: `fleet-migrate: --sites nrth: there is no site "nrth", did you mean "north"? Sites are looked for in ${db}, where fleet-migrate sites import puts them.\n`,
    });
  });

  it('resume a run with the sites that it began with, and the passwords where it found them', async () => {
    const again = await startNetwork(
      [{ model: '8841', load: 'sip88xx.12-0-3MPP0001-87', count: 2, behavior: { auth: 'digest', password } }],
      { subnet: '127.93.0.0/29' },
    );
    try {
      await imported(`sites:\n${north('right').replace('127.94', '127.93')}${south}`);
      const paused = await run(
        ...['migrate', '--site', 'north', '--profile', profile, '--files', again.files, '--yes', '--waves', '1,100%'],
        ...['--pause-after-wave', '--output', 'json', '--quiet', ...again.reach],
      );
      expect(outcomes(paused)).toMatchObject([1, { done: 1, deferred: 1 }]);
      await imported('sites: {}\n');
      expect(outcomes(await run('resume', '--yes', '--output', 'json', '--quiet'))).toMatchObject([0, { done: 2 }]);
    } finally {
      await again.close();
    }
  });

  it('have configuration files checked without the passwords of sites, unless these are chosen', async () => {
    writeFileSync(file, `sites:\n${north('right')}${south}`);
    const check = (...words: string[]): Promise<Finished> =>
      runCommand(['config', 'check', file, '--db', db, ...words]);
    const needed = expect.stringMatching(
      /^fleet-migrate: \S+sites\.yaml:3:\d+: sites\.south\.credentials\[0\]\.password: the file \/nowhere\/south .*; it is needed where phones of the site south are reached\.\n$/,
    );
    expect(await check()).toMatchObject({ code: 0, stdout: `${file}: good\n`, stderr: needed });
    expect(await check('--site', 'north')).toMatchObject({ code: 0, stderr: '' });
    expect((await check('--site', 'south')).code).toBe(2);
    const alone = await runCommand(['config', 'check', file, '--db', folder.file('x.db')]);
    expect([alone.code, alone.stdout]).toEqual([2, expect.stringContaining('the file /nowhere/south')]);
  });

  it('refuse a worker without the passwords of its site, and one for a site that nobody describes', async () => {
    await imported(`sites:\n${north('right')}${south}`);
    expect(await run('worker', '--site', 'south')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /^fleet-migrate: The site south of \S+: credentials\[0\]\.password: the file \/nowhere\/south cannot be read/,
      ),
    });
    expect(await run('worker', '--site', 'suth')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /--site suth: there is no site "suth", did you mean "south"\? Sites are looked for/,
      ),
    });
  });
});
