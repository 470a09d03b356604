import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, matchesGlob } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { builtCommand } from '../../support/command/command.js';
import { quickProfile } from '../../support/command/quick-profile.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { type Network, startNetwork } from '../../support/network.js';

const folder = temporaryFolder();
const at = (name: string): string => join('examples', 'container', name);

/** The instructions of a Containerfile, lines that continue joined. */
const instructions = [
  ...readFileSync(at('Containerfile'), 'utf8')
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .matchAll(/^([A-Z]+) (.*)$/gm),
].map(([, name = '', words = '']) => ({ name, words }));
const all = (name: string): string[] => instructions.filter((one) => one.name === name).map(({ words }) => words);
const one = (name: string): string => {
  expect([name, all(name)]).toEqual([name, [expect.anything()]]);
  return all(name)[0] ?? '';
};
const environment: Record<string, string> = Object.fromEntries(
  one('ENV')
    .split(' ')
    .map((pair) => pair.split('=') as [string, string]),
);

interface Service {
  command?: string[];
  environment?: Record<string, string>;
  healthcheck?: { test: string[] };
  volumes: string[];
  secrets: string[];
  read_only: boolean;
}
const compose = parse(readFileSync(at('compose.yaml'), 'utf8'), { merge: true }) as {
  services: Record<'night' | 'dashboard', Service>;
  secrets: Record<string, { file: string }>;
};

describe('the Containerfile', () => {
  it('is made from an official image with a Node.js that is tried', () => {
    const [, major = ''] = /^NODE_IMAGE=docker\.io\/library\/node:(\d+)-[a-z]+-slim$/.exec(one('ARG')) ?? [];
    expect(readFileSync('README.md', 'utf8')).toMatch(new RegExp(`Node\\.js [^|]*\\b${major}\\b[^|]*\\| tried`));
    expect(all('FROM').map((words) => words.split(' ')[0])).toEqual(['${NODE_IMAGE}', '${NODE_IMAGE}']);
  });

  it('takes the package that npm pack makes, and is sent nothing else', () => {
    const { NODE_OPTIONS: _options, ...env } = process.env;
    const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { encoding: 'utf8', env });
    const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
    const [copied = ''] = (all('COPY')[0] ?? '').split(' ');
    expect(matchesGlob(filename, copied)).toBe(true);
    expect(all('RUN')[0]).toContain(` ./${copied}`);
    const sent = readFileSync(at('Containerfile.dockerignore'), 'utf8')
      .split('\n')
      .filter((line) => /^[^#]/.test(line));
    expect(sent).toEqual(['*', `!${copied}`]);
  });

  it('installs what is needed to run, of which nothing is run at its installation', () => {
    expect(all('RUN')[0]).toMatch(/^npm install .*--omit=dev --ignore-scripts /);
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: Record<string, { dev?: boolean; hasInstallScript?: boolean }>;
    };
    const withScript = Object.entries(packages).filter(([, about]) => about.hasInstallScript && !about.dev);
    expect(withScript.map(([name]) => name)).toEqual([]);
  });

  it('runs as a user without rights, whose only folder is the volume of the store', () => {
    const [, uid = ''] = /^(\d{4,}):\1$/.exec(one('USER')) ?? [];
    expect(uid).not.toBe('');
    const names = instructions.map(({ name }) => name);
    expect(names.indexOf('USER')).toBeLessThan(names.indexOf('ENTRYPOINT'));
    expect(names.lastIndexOf('RUN')).toBeLessThan(names.indexOf('VOLUME'));
    expect(one('VOLUME')).toBe(`${environment['XDG_STATE_HOME'] ?? ''}/fleet-migrate`);
    expect(environment['FLEET_MIGRATE_LOCK_FOLDER']).toBe(`${one('VOLUME')}/locks`);
    expect(all('RUN')[1]).toBe(`install --directory --owner=${uid} --group=${uid} --mode=0700 ${one('VOLUME')}`);
  });
});

describe('the services of compose.yaml', () => {
  it.each(Object.entries(compose.services))('%s writes to nothing but the volume', (_name, service) => {
    expect(service.read_only).toBe(true);
    expect(service.volumes.filter((volume) => !volume.endsWith(':ro'))).toEqual([`state:${one('VOLUME')}`]);
    for (const name of service.secrets) expect(compose.secrets[name]?.file).toBe(`./secrets/${name}`);
  });
});

(process.getuid?.() === 0 ? describe : describe.skip)(
  'what the container runs, run in a folder laid out like it, as its user (skipped unless root)',
  () => {
    const password = 'S3cret-of-phones';
    const token = '0123456789abcdef0123';
    const uid = Number(one('USER').split(':')[0]);
    const inside = (text: string): string =>
      text.replaceAll(/\/(?=opt\/fleet-migrate|var\/lib|run\/secrets)/g, `${folder.path}/`);
    const started: ChildProcess[] = [];
    let network: Network;

    beforeAll(async () => {
      chmodSync(folder.path, 0o755);
      // As npm lays out a global installation.
      const library = folder.file('opt/fleet-migrate/lib/node_modules');
      for (const path of [library, folder.file('opt/fleet-migrate/bin'), folder.file('var/lib'), folder.file('etc')])
        mkdirSync(path, { recursive: true });
      symlinkSync(dirname(dirname(builtCommand)), join(library, 'fleet-migrate'));
      symlinkSync('../lib/node_modules/fleet-migrate/dist/main.js', folder.file('opt/fleet-migrate/bin/fleet-migrate'));
      execFileSync('sh', ['-c', inside(all('RUN')[1] ?? '')]);
      mkdirSync(folder.file('run/secrets'), { recursive: true });
      for (const [name, secret] of [
        ['phones', password],
        ['dashboard-token', token],
      ] as const) {
        writeFileSync(folder.file(`run/secrets/${name}`), secret, { mode: 0o400 });
        chownSync(folder.file(`run/secrets/${name}`), uid, uid);
      }
      network = await startNetwork([{ model: '8841', behavior: { auth: 'digest', password } }], {
        knownPasswords: [password],
      });
      const { simulator, files, subnet } = network;
      const lines = [
        `profile: ${quickProfile(folder.path, 'mpp-to-enterprise')}`,
        `files: ${files}`,
        `subnet: ${subnet}`,
        `httpPort: ${simulator.httpPort}`,
        `httpsPort: ${simulator.httpsPort}`,
        'insecure: true',
      ];
      writeFileSync(folder.file('etc/fleet-migrate.yaml'), lines.join('\n'));
    });
    afterAll(async () => {
      for (const child of started) child.kill('SIGKILL');
      await network.close();
      folder.remove();
    });

    /** Starts the container's command with these words, in its working folder; no variable but its own is set. */
    function start(words: readonly string[], more: Readonly<Record<string, string>> = {}): ChildProcess {
      const [entry = ''] = JSON.parse(one('ENTRYPOINT')) as string[];
      const env = Object.fromEntries(
        Object.entries({ ...environment, ...more }).map(([name, value]) => [name, inside(value)]),
      );
      const child = spawn(entry, words.map(inside), { cwd: folder.file('etc'), env, uid, gid: uid });
      started.push(child);
      return child;
    }

    it('explains itself when it is told nothing', async () => {
      const { code, stdout } = await ended(start(JSON.parse(one('CMD')) as string[]));
      expect([code, stdout]).toEqual([0, expect.stringContaining('fleet-migrate')]);
    });

    it('moves a phone in a night, with the configuration of its folder and the password as a secret', async () => {
      const { environment: more } = compose.services.night;
      const { code, stdout } = await ended(start(['--yes'], more));
      expect([code, stdout]).toEqual([0, expect.stringContaining('1  done')]);
      expect(statSync(folder.file('var/lib/fleet-migrate/fleet-migrate.db')).uid).toBe(uid);
      expect(statSync(folder.file('var/lib/fleet-migrate/locks/locks-1.db')).uid).toBe(uid);
    });

    it('shows its dashboard to who has the token, and tells whether it is well', async () => {
      const { command = [], healthcheck } = compose.services.dashboard;
      const dashboard = start([...command, '--port', '0']);
      const port = await portOf(dashboard);
      const [how, program = '', ...words] = healthcheck?.test ?? [];
      expect(how).toBe('CMD');
      const isWell = (): number | null =>
        spawnSync(
          program,
          words.map((word) => word.replace('8088', port)),
        ).status;
      expect(isWell()).toBe(0);
      const get = (headers = {}) => fetch(`http://127.0.0.1:${port}/`, { headers });
      expect((await get()).status).toBe(401);
      expect(await (await get({ Authorization: `Bearer ${token}` })).text()).toContain('1 done');
      dashboard.kill('SIGTERM');
      expect((await ended(dashboard)).code).toBe(143);
      expect(isWell()).toBe(1);
    });
  },
);

async function ended(child: ChildProcess): Promise<{ code: number | null; stdout: string }> {
  let stdout = '';
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => (stdout += piece));
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => (stdout += piece));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout })));
}

/** The port that a dashboard says it listens at, once it is ready. */
async function portOf(child: ChildProcess): Promise<string> {
  let told = '';
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (piece: string) => {
        told += piece;
        if (told.includes('Ready')) resolve(/http:\/\/[\d.]+:(\d+)/.exec(told)?.[1] ?? '');
      });
    child.once('close', () => reject(new Error(told)));
  });
}
