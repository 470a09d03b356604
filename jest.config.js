import { availableParallelism } from 'node:os';
import { libraryMapping } from './test/support/libraries/libraries.js';

/** What `npm run coverage` counts: the rooms that only decide, read and render. */
const measuredRooms = ['config', 'domain', 'files', 'inventory', 'report'];

/** Tests run as ES modules (p-queue ships nothing else), compiled by swc: types are checked by `npm run check`. */
export default {
  testEnvironment: '<rootDir>/test/support/libraries/environment.js',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1', ...libraryMapping },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
  globalSetup: '<rootDir>/test/support/build-command.js',
  setupFilesAfterEnv: ['<rootDir>/test/support/earlier-files.ts', '<rootDir>/test/support/no-outside-network.ts'],
  testSequencer: '<rootDir>/test/support/longest-first.js',
  reporters: ['default', ...(process.env.TEST_RESULT_FILE ? ['<rootDir>/test/support/result-reporter.js'] : [])],
  // The floor lies a little below what is covered.
  coverageProvider: 'v8',
  collectCoverageFrom: measuredRooms.map((room) => `src/${room}/**/*.ts`),
  coverageReporters: ['text-summary', 'html'],
  coverageThreshold: { global: { statements: 96, branches: 92, functions: 92, lines: 96 } },
  // Only for what never ends: how long something takes on a busy machine says nothing about it.
  testTimeout: 240_000,
  // Many tests wait for a deadline or for the command, so more of them than cores keep the cores busy; at full depth none waits.
  maxWorkers:
    process.env.FLEET_MIGRATE_TEST_DEPTH === 'deep' ? availableParallelism() : Math.min(12, 3 * availableParallelism()),
};
