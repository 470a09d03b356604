import { setFlagsFromString } from 'node:v8';

/** How much of a function must have run (in V8's units) before it is optimized: V8's own, and in the beginning. Measured by `bench audit`. */
const budget = { usual: 132 * 1024, late: 400_000 };
/** How long the beginning lasts (ms): a run of some hundred phones. */
const beginningMs = 3_000;

let isBegun = false;

/**
 * Lets V8 optimize less in the first seconds of a run: it works on that in threads of its own, and much of an audit of some hundred phones is over
 * before that pays. Only up to Node 21: later ones have a compiler between, and nothing is gained.
 */
export function compileLate(): void {
  if (isBegun || !process.versions.v8.startsWith('11.')) return;
  isBegun = true;
  setFlagsFromString(`--interrupt-budget=${budget.late}`);
  setTimeout(() => setFlagsFromString(`--interrupt-budget=${budget.usual}`), beginningMs).unref();
}
