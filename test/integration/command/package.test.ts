import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, dirname, join, posix } from 'node:path';
import { promisify } from 'node:util';
import * as swc from '@swc/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startNetwork } from '../../support/network.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const run = promisify(execFile);
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  version: string;
  dependencies: Record<string, string>;
  engines: { node: string };
};

/** What `npm pack --json` says of a package. */
interface Packed {
  filename: string;
  /** In bytes. */
  unpackedSize: number;
  files: { path: string }[];
}

/**
 * What `npm pack` makes, put where `npm install` would put it. Unpacked by hand, with the dependencies linked from the checkout: an
 * install would need the network or a filled cache.
 */
describe('the package', () => {
  const folder = temporaryFolder();
  const project = folder.file('project');
  const installed = join(project, 'node_modules', 'fleet-migrate');
  let listing: string;
  let packed: Packed;

  beforeAll(async () => {
    // A copy of the checkout with what `prepack` makes: the checkout's own `dist/` belongs to whoever builds there meanwhile.
    const checkout = folder.file('checkout');
    const left = ['.git', '.builds', 'dist', 'node_modules', 'coverage'];
    cpSync('.', checkout, { recursive: true, filter: (path) => !left.includes(basename(path)) });
    symlinkSync(join(process.cwd(), 'node_modules'), join(checkout, 'node_modules'));
    await run('npm', ['run', '--silent', 'build'], cleanly(checkout));
    await run('npm', ['run', '--silent', 'build:types'], cleanly(checkout));
    const { stdout } = await run(
      'npm',
      ['pack', '--json', '--ignore-scripts', '--pack-destination', folder.path],
      cleanly(checkout),
    );
    [packed] = JSON.parse(stdout) as [Packed];
    listing = (await run('tar', ['-tvzf', folder.file(packed.filename)])).stdout;
    mkdirSync(installed, { recursive: true });
    await run('tar', ['-xzf', folder.file(packed.filename), '--strip-components=1', '-C', installed]);
    for (const name of Object.keys(manifest.dependencies)) {
      mkdirSync(dirname(join(project, 'node_modules', name)), { recursive: true });
      symlinkSync(join(process.cwd(), 'node_modules', name), join(project, 'node_modules', name));
    }
    mkdirSync(join(project, 'node_modules', '.bin'));
    symlinkSync('../fleet-migrate/dist/main.js', join(project, 'node_modules', '.bin', 'fleet-migrate'));
  });
  afterAll(() => folder.remove());

  /** Without what jest tells its own child processes, and with a store of its own: that of whoever runs the tests may be a newer one. */
  function cleanly(cwd?: string): { cwd?: string; env: NodeJS.ProcessEnv } {
    const { NODE_OPTIONS: _options, ...env } = process.env;
    return { ...(cwd === undefined ? {} : { cwd }), env: { ...env, XDG_STATE_HOME: folder.file('state') } };
  }
  const dataUrl = (script: string) => `data:text/javascript,${encodeURIComponent(script)}`;
  const hooks =
    'export async function load(url, context, next) { writeSync(2, `loaded ${url}\\n`); return next(url, context); }';
  /** Names each module that is loaded on standard error. */
  const showLoaded = `import { register } from 'node:module'; register(${JSON.stringify(
    dataUrl(`import { writeSync } from 'node:fs'; ${hooks}`),
  )});`;
  const fleetMigrate = (...args: string[]) =>
    run('npx', ['--no-install', 'fleet-migrate', ...args], cleanly(project)).then(({ stdout }) => stdout);

  it('`npx fleet-migrate --version` says its version', async () => {
    expect(await fleetMigrate('--version')).toBe(`${manifest.version}\n`);
  });

  it('has installers fetch only what it loads from beside itself, as it was tried, for every Node.js that it allows', () => {
    const dist = join(installed, 'dist');
    const code = readdirSync(dist).filter((name) => name.endsWith('.js'));
    const imported = code.flatMap((name) =>
      [...readFileSync(join(dist, name), 'utf8').matchAll(/^import .*?["']([^"']+)["'];$/gm)].map(
        ([, from = '']) => from,
      ),
    );
    const packages = new Set(imported.filter((from) => !from.startsWith('.') && !isBuiltin(from)));
    expect(Object.keys(manifest.dependencies)).toEqual([...packages]);
    const locked = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: Record<string, { version: string; dev?: boolean; engines?: { node?: string } }>;
    };
    for (const [name, range] of Object.entries(manifest.dependencies))
      expect([name, range]).toEqual([name, locked.packages[`node_modules/${name}`]?.version]);
    // What the least Node.js is not enough for makes npm warn, or refuse.
    const oldest = (range: string): string => /^>= ?([\d.]+)$/.exec(range)?.[1] ?? range;
    const least = oldest(manifest.engines.node);
    const tooNew = Object.entries(locked.packages).filter(
      ([, { dev, engines }]) =>
        dev !== true && least.localeCompare(oldest(engines?.node ?? '>=0'), 'en', { numeric: true }) < 0,
    );
    expect(tooNew).toEqual([]);
  });

  it('brings the profiles along', async () => {
    expect(await fleetMigrate('profiles', 'list')).toContain('mpp-to-enterprise');
    // Reading phones needs profiles/phones and profiles/models.yaml as well; 127.66.0.9 is nobody, so the answer is 4.
    const audit = run(
      'node',
      ['node_modules/.bin/fleet-migrate', 'audit', '--target', '127.66.0.9', '--http-port', '1', '--https-port', '2'],
      cleanly(project),
    );
    await expect(audit).rejects.toMatchObject({ code: 4 });
  });

  it('can be imported by other programs', async () => {
    const { stdout } = await run(
      'node',
      ['--input-type=module', '-e', "console.log(typeof await import('fleet-migrate'))"],
      cleanly(project),
    );
    expect(stdout).toBe('object\n');
  });

  it('is imported in no time: what conducts a run is loaded when there is one, and nothing is done before', async () => {
    const script = `
      const before = [process.listenerCount('SIGINT'), process.listenerCount('exit'), process._getActiveHandles().length];
      const { audit, UsageError } = await import('fleet-migrate');
      const after = [process.listenerCount('SIGINT'), process.listenerCount('exit'), process._getActiveHandles().length];
      const why = await audit({ subnet: 'nowhere' }).report.catch((error) => error);
      console.log(JSON.stringify({ same: String(before) === String(after), refused: why instanceof UsageError }));`;
    const { stdout, stderr } = await run('node', ['--input-type=module', '-e', script], cleanly(project));
    expect([JSON.parse(stdout), stderr]).toEqual([{ same: true, refused: true }, '']);
    const imported = 'await import("fleet-migrate"); console.error(process.moduleLoadList.length)';
    const loading = await run(
      'node',
      ['--import', dataUrl(showLoaded), '--input-type=module', '-e', imported],
      cleanly(project),
    );
    const loaded = [...loading.stderr.matchAll(/^loaded file:.*\/dist\/(.*\.js)$/gm)].map(([, name = '']) => name);
    expect(loaded).toContain('index.js');
    const bytes = loaded.reduce((sum, name) => sum + statSync(join(installed, 'dist', name)).size, 0);
    expect(bytes).toBeLessThan(100_000);
  });

  it('runs the examples of a program: an audit, and a migration that asks', async () => {
    const network = await startNetwork([{ model: '8841', count: 2 }]);
    try {
      const { httpPort, httpsPort } = network.simulator;
      const ports = [String(httpPort), String(httpsPort)];
      const state = { XDG_STATE_HOME: folder.file('state'), FLEET_MIGRATE_LOCK_FOLDER: folder.file('locks') };
      const cwd = folder.file('examples');
      mkdirSync(cwd);
      const options = { cwd, env: { ...cleanly().env, ...state } };
      const example = (name: string): string => join(installed, 'examples', 'library', name);
      const audited = await run('node', [example('audit.mjs'), network.subnet, ...ports], options);
      expect(JSON.parse(audited.stdout)).toMatchObject({ byOutcome: { audited: 2 } });
      expect(audited.stderr).toMatch(/ is a 8841 with sip88xx\.\d/);
      const refused = await run('node', [example('audit.mjs'), 'nowhere', ...ports], options).catch((error) => error);
      expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--subnet nowhere') });
      // Node.js 20 cannot run types.
      const made = await swc.transform(readFileSync(example('migrate.ts'), 'utf8'), {
        jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
      });
      writeFileSync(join(installed, 'examples', 'library', 'migrate.mjs'), made.code);
      const words = [network.subnet, network.files, ...ports];
      const moved = await run('node', [example('migrate.mjs'), ...words], options);
      expect(moved.stderr).toContain('About to write to 2 phones in 2 waves');
      expect(moved.stdout).toMatch(/^(\S+ 8841 sip88xx\S+: done\n){2}/);
      expect(readdirSync(cwd)).toEqual([expect.stringMatching(/^night-[\d-]+-[0-9a-f]{6}\.json$/)]);
    } finally {
      await network.close();
    }
  });

  it('types what other programs import, with the comments', async () => {
    const consumer = join(project, 'consumer.mts');
    writeFileSync(
      consumer,
      `import { audit, migrate, outcomes, type RunReport, type Outcome } from 'fleet-migrate';
       export const report: Promise<RunReport> = audit({ subnet: '10.0.0.0/24', timeout: '3s' }).report;
       // @ts-expect-error: a switch is on or off
       migrate({ dryRun: 'yes' });
       export async function told(): Promise<void> {
         for await (const event of migrate({ profile: 'p', dryRun: true })) if (event.event === 'phone') void event.model;
       }
       export const first: Outcome | undefined = outcomes[0];
       export const phonesOf = (report: RunReport): number => report.phones.length;
       // @ts-expect-error: a report's phones are a list, so the types are not \`any\`
       export const wrong = (report: RunReport): string => report.phones;`,
    );
    const options = ['--noEmit', '--strict', '--skipLibCheck', 'false', '--module', 'nodenext', '--target', 'es2023'];
    await run('node', [join(process.cwd(), 'node_modules/typescript/bin/tsc'), ...options, consumer], cleanly(project));
    expect(readFileSync(join(installed, 'dist/domain/report/report.d.ts'), 'utf8')).toContain('/**');
  });

  it('loads for an audit of an address nothing that it does not need', async () => {
    const audit = run(
      'node',
      ['--import', dataUrl(showLoaded), 'node_modules/.bin/fleet-migrate', 'audit', '--target', '127.66.0.9'],
      cleanly(project),
    );
    const { stderr } = await audit.catch((error: { stderr: string }) => error);
    const loaded = new Set([...stderr.matchAll(/^loaded file:.*\/dist\/(.*\.js)$/gm)].map(([, name]) => name));
    const holders = (what: string): string[] =>
      readdirSync(join(installed, 'dist')).filter(
        (name) => name.endsWith('.js') && readFileSync(join(installed, 'dist', name), 'utf8').includes(what),
      );
    const isLoaded = (what: string): boolean[] => holders(what).map((name) => loaded.has(name));
    expect(isLoaded('HttpSession = class')).toEqual([true]);
    const others = {
      simulator: 'cucm-axl-1',
      itsCertificates: 'X509CertificateGenerator',
      yaml: 'YAMLParseError',
      zod: '$ZodType',
      timeZones: 'LuxonError',
      unifiedCm: 'OrderedObjParser',
      lists: 'CSV_RECORD_INCONSISTENT',
    };
    for (const what of Object.values(others)) {
      expect(holders(what)).not.toEqual([]);
      expect(isLoaded(what)).not.toContain(true);
    }
  });

  it('has its code in lines: Node reads the one in which something fails, token by token', () => {
    const dist = join(installed, 'dist');
    const files = readdirSync(dist).filter((name) => name.endsWith('.js'));
    const lines = files.flatMap((name) => readFileSync(join(dist, name), 'utf8').split('\n'));
    // The parser of HTTP, in WebAssembly, is one text.
    expect(lines.filter((line) => line.length > 40_000 && !line.includes('"AGFzbQ'))).toEqual([]);
  });

  it('is small: no source maps, and declarations only of what can be imported', () => {
    // With its libraries in it; what serves the dashboard is the largest of them.
    expect(packed.unpackedSize).toBeLessThan(9_500_000);
    const paths = packed.files.map(({ path }) => path);
    expect(paths.filter((path) => /\.(map|tsbuildinfo)$/.test(path))).toEqual([]);
    expect(paths).toContain('dist/index.d.ts');
    expect(paths).toContain('docs/schemas/report.schema.json');
    expect(
      paths.filter((path) => path.endsWith('.d.ts') && !/^dist\/(index|(domain|library)\/.+)\.d\.ts$/.test(path)),
    ).toEqual([]);
  });

  it('has the pictures that its pages show', () => {
    const paths = packed.files.map(({ path }) => path);
    const pages = paths.filter((path) => path.endsWith('.md'));
    const shown = pages.flatMap((page) =>
      [...readFileSync(join(installed, page), 'utf8').matchAll(/!\[[^\]]*\]\(([^):]+)\)/g)].map(([, picture = '']) =>
        posix.join(posix.dirname(page), picture),
      ),
    );
    expect(shown).toContain('docs/images/report.png');
    expect(paths).toEqual(expect.arrayContaining(shown));
  });

  it('names whose work it passes on, with their licenses', () => {
    const notices = readFileSync(join(installed, 'dist', 'THIRD-PARTY.txt'), 'utf8');
    for (const name of ['undici', 'cheerio', 'p-queue', 'yargs', 'winston', 'kysely', 'zod'])
      expect(notices).toMatch(
        new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\((MIT|ISC|BSD-2-Clause|BSD-3-Clause|Apache-2.0)\\)$`, 'm'),
      );
    expect(notices).toContain('Permission is hereby granted, free of charge');
  });

  it('has an executable command and nothing that is not for users', () => {
    const entries = listing.trim().split('\n');
    const main = entries.find((entry) => entry.endsWith(' package/dist/main.js'));
    expect(main).toMatch(/^-rwxr-xr-x/);
    const folders = new Set(entries.map((entry) => /package\/([^/]+)/.exec(entry)?.[1]));
    for (const name of ['dist', 'profiles', 'examples', 'LICENSE', 'package.json']) expect(folders).toContain(name);
    for (const name of ['src', 'test', 'bench', 'node_modules', '.ci']) expect(folders).not.toContain(name);
  });
});
