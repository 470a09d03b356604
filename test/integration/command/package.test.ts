import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

const run = promisify(execFile);
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  version: string;
  dependencies: Record<string, string>;
};

/**
 * What `npm pack` makes, put where `npm install` would put it. Unpacked by hand, with the dependencies linked from the checkout: an
 * install would need the network or a filled cache.
 */
describe('the package', () => {
  const folder = temporaryFolder();
  const project = folder.file('project');
  const installed = join(project, 'node_modules', 'fleet-migrate');
  let listing: string;

  beforeAll(async () => {
    // `npm test` has built; building again here would take `dist/` from under the other tests.
    const packed = await run(
      'npm',
      ['pack', '--json', '--ignore-scripts', '--pack-destination', folder.path],
      cleanly(),
    );
    const [{ filename }] = JSON.parse(packed.stdout) as [{ filename: string }];
    listing = (await run('tar', ['-tvzf', folder.file(filename)])).stdout;
    mkdirSync(installed, { recursive: true });
    await run('tar', ['-xzf', folder.file(filename), '--strip-components=1', '-C', installed]);
    for (const name of Object.keys(manifest.dependencies)) {
      mkdirSync(dirname(join(project, 'node_modules', name)), { recursive: true });
      symlinkSync(join(process.cwd(), 'node_modules', name), join(project, 'node_modules', name));
    }
    mkdirSync(join(project, 'node_modules', '.bin'));
    symlinkSync('../fleet-migrate/dist/main.js', join(project, 'node_modules', '.bin', 'fleet-migrate'));
  }, 60_000);
  afterAll(() => folder.remove());

  /** Without what jest tells its own child processes. */
  function cleanly(cwd?: string): { cwd?: string; env: NodeJS.ProcessEnv } {
    const { NODE_OPTIONS: _options, ...env } = process.env;
    return { ...(cwd === undefined ? {} : { cwd }), env };
  }
  const fleetMigrate = (...args: string[]) =>
    run('npx', ['--no-install', 'fleet-migrate', ...args], cleanly(project)).then(({ stdout }) => stdout);

  it('`npx fleet-migrate --version` says its version', async () => {
    expect(await fleetMigrate('--version')).toBe(`${manifest.version}\n`);
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

  it('has an executable command and nothing that is not for users', () => {
    const entries = listing.trim().split('\n');
    const main = entries.find((entry) => entry.endsWith(' package/dist/main.js'));
    expect(main).toMatch(/^-rwxr-xr-x/);
    const folders = new Set(entries.map((entry) => /package\/([^/]+)/.exec(entry)?.[1]));
    for (const name of ['dist', 'profiles', 'examples', 'LICENSE', 'package.json']) expect(folders).toContain(name);
    for (const name of ['src', 'test', 'bench', 'node_modules', '.ci']) expect(folders).not.toContain(name);
  });
});
