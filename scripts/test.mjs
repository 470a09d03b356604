// Runs the tests: `npm test` at quick depth, with `--deep` at full depth (test/support/depth.ts); other arguments go to jest. `--differing`
// leaves out what .ci/run has run already and what gains least: see below.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const ours = ['--deep', '--differing'];
const words = process.argv.slice(2).filter((word) => !ours.includes(word));
const has = (option) => process.argv.includes(option);

/**
 * The test files that ask for the depth, and those that are about the command: at full depth that is what is shipped, in a process of its own,
 * against pages as long as real ones.
 */
function differing() {
  const files = readdirSync(join(root, 'test'), { recursive: true }).map((name) => join(root, 'test', name));
  return files.filter((path) => path.endsWith('.test.ts') && differs(path));
}

/** These run what is shipped in processes of its own at either depth. */
const same = ['package', 'demo', 'live-view', 'question', 'terminal', 'watch'];
const ofCommand = join('test', 'integration', 'command');

const differs = (path) =>
  (path.includes(ofCommand) && !same.some((name) => path.endsWith(join(ofCommand, `${name}.test.ts`)))) ||
  readFileSync(path, 'utf8').includes('support/depth.js');

const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
// Jest's own processes are started with the same flags. Tests make many short-lived objects: with a larger young generation they need a
// tenth less work.
const flags = ['--experimental-vm-modules', '--no-warnings', '--max-semi-space-size=64'];
const chosen = has('--differing') ? ['--runTestsByPath', ...differing()] : [];
const { status, signal } = spawnSync(process.execPath, [...flags, jest, ...words, ...chosen], {
  stdio: 'inherit',
  env: { ...process.env, ...(has('--deep') ? { FLEET_MIGRATE_TEST_DEPTH: 'deep' } : {}) },
});
if (signal) process.kill(process.pid, signal);
process.exitCode = status ?? 1;
