import { TestEnvironment } from 'jest-environment-node';
import { loader } from './libraries.js';

/** Jest's own, with libraries that are loaded once a process. */
export default class WithLibraries extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global[loader] = (name) => (name === 'fast-check' ? seeded() : import(name));
    // selfsigned takes only dates that are its own.
    this.global.Date = Date;
    // For counting what they do (test/pages/support/count-work.ts).
    this.global.librariesGlobal = globalThis;
  }
}

/**
 * Properties draw the same examples in every run: a test that fails is broken by the change before it. FLEET_MIGRATE_TEST_SEED looks further:
 * a number, or `random`.
 */
async function seeded() {
  const library = await import('fast-check');
  const { FLEET_MIGRATE_TEST_SEED: seed = '20261128' } = process.env;
  library.configureGlobal({ ...library.readConfigureGlobal(), ...(seed === 'random' ? {} : { seed: Number(seed) }) });
  return library;
}
