import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type Finished, runCommand, startCommand } from '../../support/command/command.js';
import { type Network, startNetwork } from '../../support/network.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { runs } from '../../support/depth.js';

const password = 'Correct-Horse-7';
/** The password as it is, and as Basic carries it: neither may be found anywhere. */
const traces = [password, Buffer.from(`admin:${password}`).toString('base64')];
const ready = { model: '8841', load: 'sip88xx.12-0-3MPP0001-87' } as const;

describe('a password', () => {
  const folder = temporaryFolder();
  const networks: Network[] = [];
  let profile: string;

  beforeAll(() => {
    profile = quickProfile(folder.path, 'mpp-to-enterprise');
    writeFileSync(folder.file('password'), `${password}\n`, { mode: 0o600 });
    // As Notepad writes it: a byte order mark before, and a line break of Windows after.
    writeFileSync(folder.file('marked'), `\ufeff${password}\r\n`, { mode: 0o600 });
  });
  afterAll(async () => {
    for (const network of networks) await network.close();
    folder.remove();
  });

  async function network(timeScale = 400): Promise<Network> {
    const behaviors = [{ auth: 'digest', password } as const, { auth: 'basic', password } as const];
    const started = await startNetwork(
      behaviors.map((behavior) => ({ ...ready, behavior })),
      { timeScale },
    );
    networks.push(started);
    return started;
  }

  /** How the command is given the password: words of the command line, environment, configuration. */
  const ways = {
    'in a file': { words: ['--password-file', folder.file('password')], env: {}, config: null },
    'in the environment': { words: ['--password-env', 'PHONES'], env: { PHONES: password }, config: null },
    'by the configuration, for a site': {
      words: [],
      env: { PHONES: password },
      config: 'sites:\n  all: { subnets: 127.66.0.0/26, credentials: [{ password: "${PHONES}" }] }\n',
    },
    'by the configuration, in a file': {
      words: [],
      env: {},
      config: `credentials:\n  - password: file:${folder.file('password')}\n`,
    },
    'in a file with a byte order mark': { words: ['--password-file', folder.file('marked')], env: {}, config: null },
    'by the configuration, in such a file beside it': {
      words: [],
      env: {},
      config: 'credentials:\n  - password: file:./marked\n',
    },
    'by the environment, in such a file': {
      words: [],
      env: { FLEET_MIGRATE_PASSWORD_FILE: folder.file('marked') },
      config: null,
    },
  } as const;
  type Way = keyof typeof ways;

  /** Words, environment and files of a command that knows the password in one of these ways, with everything logged. */
  function knowing(way: Way, name: string): { words: string[]; env: Record<string, string> } {
    const { words, env, config } = ways[way];
    if (config !== null) writeFileSync(folder.file(`${name}.yaml`), config);
    return {
      words: [
        ...words,
        ...(config === null ? ['--no-config'] : ['--config', folder.file(`${name}.yaml`)]),
        ...['--yes', '--db', folder.file(`${name}.db`), '--report', folder.file(`${name}.json`)],
        ...['--log-file', folder.file(`${name}.log`), '--log-level', 'debug', '--output', 'ndjson'],
      ],
      env,
    };
  }

  const run = ({ scan, files }: Network): string[] => [...scan, '--profile', profile, '--files', files];

  /** Everything that a command left behind under a name, and what it said. */
  function expectNoTrace(name: string, ...said: Finished[]): void {
    const left = readdirSync(folder.path).filter((file) => file.startsWith(`${name}.`) && !file.endsWith('.yaml'));
    expect(left).toEqual(expect.arrayContaining([`${name}.db`, `${name}.log`]));
    const texts = left.map((file) => readFileSync(folder.file(file), 'latin1'));
    for (const trace of traces) {
      for (const text of texts) expect(text.includes(trace)).toBe(false);
      for (const { stdout, stderr } of said) expect(`${stdout}${stderr}`.includes(trace)).toBe(false);
    }
  }

  function expectAllDone(net: Network): void {
    expect(
      net
        .posts()
        .map(({ status }) => status)
        .filter((status) => status === 200),
    ).toHaveLength(2);
    for (const phone of net.simulator.phones) {
      expect(phone.snapshot()).toMatchObject({ kind: 'enterprise', failedSignIns: 0 });
      expect(phone.violations).toEqual([]);
    }
  }

  it.each(Object.keys(ways) as Way[])('given %s signs in by digest and by basic, and is found nowhere', async (way) => {
    const net = await network();
    const name = `plain-${Object.keys(ways).indexOf(way)}`;
    const { words, env } = knowing(way, name);
    const finished = await runCommand([...run(net), ...words], { env });
    expect(finished.code).toBe(0);
    expectAllDone(net);
    expectNoTrace(name, finished);
  });

  const seen = runs(['in the environment'], Object.keys(ways) as Way[]);
  it.each(seen)('given %s is not in what everybody on the machine sees of the process', async (way) => {
    const { words, env } = knowing(way, `seen-${Object.keys(ways).indexOf(way)}`);
    const command = startCommand([...run(await network()), ...words], { env });
    await command.shows('"event":"intent"');
    expect(readFileSync(`/proc/${command.pid}/cmdline`, 'latin1')).not.toContain(password);
    expect((await command.done).code).toBe(0);
  });

  it.each([
    ['resume', 'in the environment', 'in a file'],
    ['the next run', 'in a file', 'by the configuration, for a site'],
  ] as const)('is not kept for %s, which brings its own', async (what, before, after) => {
    const net = await network(100);
    const name = what.replace(/\W/g, '-');
    const first = knowing(before, name);
    const killed = startCommand([...run(net), ...first.words], { env: first.env });
    await killed.shows('"event":"intent"');
    killed.kill('SIGKILL');
    const cutOff = await killed.done;
    expectNoTrace(name, cutOff);
    const second = knowing(after, name);
    const again = what === 'resume' ? ['resume'] : run(net);
    const finished = await runCommand([...again, ...second.words], { env: second.env });
    expect([finished.code, finished.stderr]).toEqual([0, expect.stringMatching(/done/)]);
    expectAllDone(net);
    expectNoTrace(name, cutOff, finished);
  });

  it('that is wrong is sent once to each phone and told with the code of its own', async () => {
    const net = await network();
    const { words } = knowing('in the environment', 'wrong');
    const { code, stdout } = await runCommand([...run(net), ...words], { env: { PHONES: 'Wrong-Horse-8' } });
    expect(code).toBe(1);
    expect(stdout.match(/"failure":"password-wrong"/g)).toHaveLength(2);
    expect(net.simulator.phones.map((phone) => phone.snapshot().failedSignIns)).toEqual([1, 1]);
    expect(net.posts()).toEqual([]);
  });
});
