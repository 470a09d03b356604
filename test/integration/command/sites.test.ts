import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeEach, expect, it } from '@jest/globals';
import { describeStores } from '../../store/support/open-test-store.js';
import { type Finished, runCommand } from '../../support/command/command.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const file = folder.file('sites.yaml');
const write = (text: string, path = file): void => writeFileSync(path, text);

const two = `sites:
  berlin:
    subnets: 127.91.0.0/30
    limits: { maxUpgrading: 2, window: "22:00-05:00", timeZone: Europe/Berlin }
    credentials: [{ password: 'file:/secrets/berlin', subnets: 127.91.0.0/31 }, { username: 1001, password: '\${BERLIN}' }]
  paris: { subnets: [127.92.0.0/30], tags: west }
`;

/** Nobody listens there. */
const reach = ['--http-port', '23011', '--https-port', '23012', '--timeout', '300ms'];

describeStores('sites of a store', (_use, newPlace) => {
  let place: Awaited<ReturnType<typeof newPlace>>;
  beforeEach(async () => {
    place = await newPlace();
  });
  afterEach(() => place.remove());

  const sites = (...words: string[]): Promise<Finished> =>
    runCommand(['sites', ...words, '--db', place.path, '--no-config']);
  const imported = async (text: string): Promise<Finished> => {
    write(text);
    return sites('import', file);
  };

  it('are those of a configuration file, and a file again with the same meaning', async () => {
    expect(await imported(two)).toMatchObject({
      ...{ code: 0, stderr: '' },
      stdout: `added  berlin\nadded  paris\n\n${place.path} has 2 sites now: 2 added, 0 changed, 0 removed, 0 unchanged.\n`,
    });
    const shown = await sites('show');
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(await imported(shown.stdout)).toMatchObject({
      code: 0,
      stdout: `unchanged  berlin\nunchanged  paris\n\n${place.path} has 2 sites now: 0 added, 0 changed, 0 removed, 2 unchanged.\n`,
    });
    const { schema, sites: all } = JSON.parse((await sites('show', '--json')).stdout) as {
      schema: string;
      sites: object[];
    };
    expect([schema, all]).toMatchObject([
      'fleet-migrate/sites@1',
      [
        { name: 'berlin', credentials: [{ password: 'file:/secrets/berlin' }, { username: '1001' }] },
        { name: 'paris' },
      ],
    ]);
  });

  it('are replaced as a whole, with what was changed of each', async () => {
    await imported(two);
    const { code, stdout } = await imported(
      'sites:\n  oslo: { subnets: 127.93.0.0/30 }\n  paris: { subnets: [127.92.0.0/29], files: "http://127.92.0.1:6970", tags: west }\n',
    );
    expect([code, stdout]).toEqual([
      0,
      `added    oslo\nchanged  paris   subnets, files\nremoved  berlin\n\n${place.path} has 2 sites now: 1 added, 1 changed, 1 removed, 0 unchanged.\n`,
    ]);
    expect((await imported('sites: {}\n')).stdout).toContain(
      `${place.path} has no sites now: 0 added, 0 changed, 2 removed`,
    );
    expect((await sites('show')).stdout).toBe(
      `# No sites yet in ${place.path} (fleet-migrate sites import FILE replaces all of them)\nsites: {}\n`,
    );
  });

  it.each([
    [
      'a password',
      'sites:\n  a: { credentials: [{ password: hunter2 }] }\n',
      /a password must not stand in this file: put/,
    ],
    ['a password in a URL', 'sites:\n  a: { files: "http://me:hunter2@10.0.0.1" }\n', /not in a URL either/],
    [
      'a token in a URL',
      'sites:\n  a: { files: "http://hunter2@10.0.0.1" }\n',
      /must not hold a user name or password/,
    ],
    [
      'one address in two',
      'sites:\n  a: { subnets: 10.0.0.0/24 }\n  b: { subnets: 10.0.0.0/25 }\n',
      /overlaps .* of the site a \(line 2\)/,
    ],
    ['a fault elsewhere', 'timeout: 1ms\nsites: {}\n', /1:1: timeout: .*too short/],
    ['no sites', 'timeout: 1s\n', /it has no sites; write them below "sites"/],
    ['nothing', '', /the file is empty/],
  ])('stay as they are where the file has %s', async (_, text, problem) => {
    await imported(two);
    const { code, stdout, stderr } = await imported(text);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(problem)]);
    expect(stderr).not.toContain('hunter2');
    expect((await sites('show')).stdout).toMatch(/berlin:[^]*paris:/);
  });

  it('are all that is taken of the file, which is said, and what that means', async () => {
    const text = `exclude: [127.91.0.2]\nprofile: mpp-to-enterprise\ncredentials: [{ password: '\${ALL}' }]\n${two.replace('/secrets/berlin', './berlin')}`;
    const { code, stderr } = await imported(text);
    expect([code, stderr.split('\n')]).toEqual([
      0,
      [
        `fleet-migrate: not taken of ${file}: exclude, profile, credentials; this stays in the configuration file of each machine.`,
        'fleet-migrate: exclude protects phones only where it stands in the configuration file of the machine that plans.',
        'fleet-migrate: relative paths start at the folder of the configuration file of each machine: file:./berlin.',
        '',
      ],
    ]);
  });

  it('are contacted when they are named, and not otherwise', async () => {
    await imported(two);
    const run = (...words: string[]): Promise<Finished> =>
      runCommand(['audit', '--db', place.path, '--no-config', '--output', 'json', '--quiet', ...reach, ...words]);
    const paris = await run('--site', 'paris');
    expect([paris.code, JSON.parse(paris.stdout)]).toMatchObject([4, { totals: { targets: 2 } }]);
    expect(await run('--site', 'pariss')).toMatchObject({
      code: 2,
      stderr: `fleet-migrate: --site pariss: there is no site "pariss", did you mean "paris"? Sites are looked for in ${place.path}, where fleet-migrate sites import puts them.\n`,
    });
    expect(await run()).toMatchObject({ code: 2, stderr: expect.stringContaining('No targets are given') });
    const berlin = await run('--site', 'berlin');
    expect([berlin.code, berlin.stderr]).toEqual([
      2,
      expect.stringContaining(
        `The site berlin of ${place.path}: credentials[0].password: the file /secrets/berlin cannot be read`,
      ),
    ]);
    const shown = await runCommand(['config', 'show', '--db', place.path, '--no-config']);
    expect(shown.stdout).toContain(`# From ${JSON.stringify(place.path)}: berlin, paris\nsites:\n  berlin:`);
  });

  it('are named where something of them does not go with a run', async () => {
    await imported(two.replace('22:00-05:00', '22:00-22:01'));
    write('timeout: 1s\n', folder.file('night.yaml'));
    const { code, stderr } = await runCommand([
      ...['migrate', '--db', place.path, '--config', folder.file('night.yaml'), '--subnet', '127.99.0.0/30', '--yes'],
      ...['--profile', 'authorize-mpp', '--authorization-rule', 'http://127.0.0.1:23013/x.lic', ...reach],
    ]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^fleet-migrate: The site berlin of \S+: .*22:00-22:01/)]);
  });

  it('have no name that means all of them', async () => {
    write('sites:\n  all: { subnets: [127.9.0.0/24] }\n');
    const { code, stderr } = await sites('import', file);
    expect([code, stderr]).toEqual([2, expect.stringContaining('no site of a store can be called "all"')]);
  });

  it.each(['', '-'])('are taken from a file that has a name, not "%s"', async (name) => {
    const { code, stderr } = await sites('import', name);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^fleet-migrate: sites import reads a configuration file, not /),
    ]);
  });

  it('are not put into another store than the file is for', async () => {
    write(`db: ${folder.file('meant.db')}\n${two}`);
    const env = { FLEET_MIGRATE_DB: '' };
    const refused = await runCommand(['sites', 'import', file, '--no-config'], { env });
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringMatching(
        /is for the store \S+meant\.db, and its sites would go into \S+; name the one that is meant with --db\./,
      ),
    ]);
    expect((await sites('import', file)).code).toBe(0);
  });
});
