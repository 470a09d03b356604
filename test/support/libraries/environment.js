import { TestEnvironment } from 'jest-environment-node';
import { loader } from './libraries.js';

/** Jest's own, with libraries that are loaded once a process. */
export default class WithLibraries extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global[loader] = (name) => import(name);
    // selfsigned takes only dates that are its own.
    this.global.Date = Date;
    // For counting what they do (test/pages/support/count-work.ts).
    this.global.librariesGlobal = globalThis;
  }
}
