import { availableParallelism } from 'node:os';
import Runner from 'jest-runner';
import { waits } from './longest-first.js';

/**
 * Runs tests that wait and tests that compute side by side, in processes of their own: more than there are cores for the ones, as many as
 * cores for the others. A process that computes becomes fast only after a while, so the fewer there are, the less is done twice.
 */
export default class TwoPools extends Runner {
  #computing;

  constructor(config, context) {
    super(config, context);
    this.#computing = new Runner({ ...config, maxWorkers: availableParallelism() }, context);
  }

  on(event, listener) {
    const off = [super.on(event, listener), this.#computing.on(event, listener)];
    return () => off.forEach((one) => one());
  }

  async runTests(tests, watcher, options) {
    if (options.serial) return super.runTests(tests, watcher, options);
    await Promise.all([
      super.runTests(tests.filter(waits), watcher, options),
      this.#computing.runTests(
        tests.filter((test) => !waits(test)),
        watcher,
        options,
      ),
    ]);
  }
}
