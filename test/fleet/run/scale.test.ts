import { describe, expect, it } from '@jest/globals';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Actor } from '../support/actor.js';
import { addresses, bench, mac, mppToEnterprise, sumOf } from '../support/fleet.js';
import { runs } from '../../support/depth.js';

/** What is really held: without a collection first, the figure is what happens to lie about. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

const phones = runs(500, 10_000);

describe(`${phones} phones under way at once`, () => {
  it('are all watched to their end, with a handful of conversations at a time', async () => {
    let seed = 1;
    const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    // Few looks at each: what is tested here is how many phones wait at once.
    const profile = { ...mppToEnterprise, timing: { ...mppToEnterprise.timing, pollInterval: 60_000 } };
    const run = bench({ profile, random, notify: () => void run.events.splice(0) });
    for (const [index, address] of addresses(phones).entries())
      new Actor(run.clock, run.network, address, { mac: mac(index + 1) }, { upgradeMs: 60_000 });
    const heap = heldBytes();
    let underWay = 0;
    const started = run.clock.now();
    const report = await run.go({
      confirm: async ({ phones: confirmed }) => {
        void run.clock
          .wait(30_000)
          .then(() => (underWay = confirmed.filter(({ touched, ended }) => touched && !ended).length));
        return true;
      },
    });
    expect(underWay).toBe(phones);
    expect(report.totals.byOutcome).toEqual({ done: phones });
    expect(sumOf(report)).toBe(phones);
    expect(run.network.peak.visits).toBeLessThanOrEqual(64);
    expect(run.network.peak.visitsOfOne).toBe(1);
    expect(run.clock.now() - started).toBeLessThan(10 * 60_000);
    expect((heldBytes() - heap) / phones).toBeLessThan(50_000);
  }, 300_000);
});
