import type { SimulatedPhone } from './types.js';

/** Judges what clients did to the devices of a simulator. */
export class Verdict {
  readonly #devices: readonly SimulatedPhone[];
  #told = false;

  constructor(devices: readonly SimulatedPhone[]) {
    this.#devices = devices;
  }

  /** Throws an Error with every broken rule, a line each, if there is any. */
  assert(): void {
    const lines = this.#devices.flatMap(({ name, address, violations }) =>
      violations.map((sentence) => `${name} (${address}): ${sentence}`),
    );
    if (lines.length === 0) return;
    this.#told = true;
    throw new Error(`Rules that a client broke:\n${lines.join('\n')}`);
  }

  /** The same, but silent about what was told before. */
  assertOnce(): void {
    if (!this.#told) this.assert();
  }
}
