import { availableParallelism } from 'node:os';
import { libraryMapping } from './test/support/libraries/libraries.js';

/** What `npm run coverage` counts: the rooms that only decide, read and render. */
const measuredRooms = ['config', 'domain', 'files', 'inventory', 'report'];

const isDeep = process.env.FLEET_MIGRATE_TEST_DEPTH === 'deep';

/** What swc makes of our modules. */
function compiled(more) {
  return {
    jsc: { target: 'es2023', parser: { syntax: 'typescript' }, ...more },
    module: { type: 'es6' },
    sourceMaps: 'inline',
  };
}

/** Tests run as ES modules (p-queue ships nothing else), compiled by swc: types are checked by `npm run check`. */
export default {
  testEnvironment: '<rootDir>/test/support/libraries/environment.js',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1', ...libraryMapping },
  transform: {
    '^.+\\.ts$': ['@swc/jest', compiled({})],
    '^.+\\.tsx$': [
      '@swc/jest',
      compiled({
        parser: { syntax: 'typescript', tsx: true },
        transform: { react: { runtime: 'automatic', importSource: 'preact' } },
      }),
    ],
  },
  globalSetup: '<rootDir>/test/support/build-command.js',
  setupFilesAfterEnv: ['<rootDir>/test/support/earlier-files.ts', '<rootDir>/test/support/no-outside-network.ts'],
  testSequencer: '<rootDir>/test/support/longest-first.js',
  reporters: ['default', ...(process.env.TEST_RESULT_FILE ? ['<rootDir>/test/support/result-reporter.js'] : [])],
  // The floor lies a little below what is covered.
  coverageProvider: 'v8',
  collectCoverageFrom: measuredRooms.map((room) => `src/${room}/**/*.{ts,tsx}`),
  coverageReporters: ['text-summary', 'html'],
  coverageThreshold: { global: { statements: 96, branches: 92, functions: 92, lines: 96 } },
  // Only for what never ends: how long something takes on a busy machine says nothing about it.
  testTimeout: 240_000,
  // Tests that run the command wait for phones and deadlines, so more of them than cores keep the cores busy; at full depth each works more and
  // waits less.
  ...(isDeep
    ? { maxWorkers: availableParallelism() + 1 }
    : { maxWorkers: Math.min(10, 2 * availableParallelism() + 1), runner: '<rootDir>/test/support/two-pools.js' }),
};
