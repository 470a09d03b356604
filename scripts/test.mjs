// Runs the tests: `npm test` at quick depth, `npm run test:deep` at full depth (test/support/depth.ts); other words go to jest.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const words = process.argv.slice(2);
const deep = words.includes('--deep');
const jest = fileURLToPath(new URL('../node_modules/jest/bin/jest.js', import.meta.url));
// Jest's own processes are started with the same flags.
const flags = ['--experimental-vm-modules', '--no-warnings'];
const { status, signal } = spawnSync(process.execPath, [...flags, jest, ...words.filter((word) => word !== '--deep')], {
  stdio: 'inherit',
  env: { ...process.env, ...(deep ? { FLEET_MIGRATE_TEST_DEPTH: 'deep' } : {}) },
});
if (signal) process.kill(process.pid, signal);
process.exitCode = status ?? 1;
