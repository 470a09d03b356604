import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { failure } from '../../../src/domain/failures/failure-codes.js';
import { silentLog } from '../../../src/domain/ports/log.js';
import { noopMemory, type RunMemory } from '../../../src/fleet/memory/memory.js';
import { Actor } from '../support/actor.js';
import { addresses, bench, mac, sumOf, targets } from '../support/fleet.js';
import { fails } from '../support/network.js';
import { runs } from '../../support/depth.js';

/** Refuses everything once its store is closed, as the store does. */
function closing(): { memory: RunMemory; close: () => void } {
  let isClosed = false;
  const refuse = (): void => {
    if (isClosed) throw new Error('the recorder is closed');
  };
  const memory: RunMemory = {
    ...noopMemory,
    recordChanged: refuse,
    event: refuse,
    stepDuration: refuse,
    forget: refuse,
    intend: async () => refuse(),
    freezeWaves: async () => refuse(),
    defer: () => {
      refuse();
      return null;
    },
  };
  return { memory, close: () => void (isClosed = true) };
}

const scripts = fc.record({
  places: fc.array(fc.constantFrom('phone', 'dark', 'reset', 'locked'), { maxLength: 14 }),
  named: fc.boolean(),
  most: fc.constantFrom(undefined, 1, 3),
  isAudit: fc.boolean(),
  concurrency: fc.integer({ min: 1, max: 3 }),
  stopAt: fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 2_000_000 })),
});

describe('a run that is ended at once, at any moment', () => {
  it('has every target in its report, and what comes back later changes and remembers nothing', async () => {
    const unhandled: unknown[] = [];
    const note = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', note);
    await fc.assert(
      fc.asyncProperty(scripts, async ({ places, named, most, isAudit, concurrency, stopAt }) => {
        const { memory, close } = closing();
        const list = addresses(places.length);
        const run = bench({
          memory,
          ...(isAudit ? { profile: null } : {}),
          options: { concurrency, probeConcurrency: 1 },
          targets: targets(list, { named: named ? list : [], ...(most === undefined ? {} : { most }) }),
        });
        places.forEach((kind, at) => {
          const address = list[at]!;
          if (kind === 'reset') run.network.places.set(address, { look: () => fails('connect-reset') });
          if (kind === 'locked')
            run.network.places.set(address, {
              look: () => ({ kind: 'unreadable', failure: failure('password-wrong') }),
            });
          if (kind === 'phone') new Actor(run.clock, run.network, address, { mac: mac(at + 1) }, {});
        });
        void run.clock.wait(stopAt).then(() => {
          run.stop.request('SIGINT');
          run.stop.request('SIGINT');
        });
        const report = await run.go();
        close();
        const told = run.events.length;
        const reported = JSON.stringify(report);
        expect(report.totals.targets).toBe(places.length);
        expect(sumOf(report)).toBe(places.length);
        await run.clock.pass(10_000_000);
        expect(JSON.stringify(report)).toBe(reported);
        expect(run.events).toHaveLength(told);
        expect(unhandled).toEqual([]);
      }),
      { seed: 20_261_130, numRuns: runs(150, 1_000) },
    );
    process.off('unhandledRejection', note);
  });

  it('counts the rest of a large subnet without asking anybody', async () => {
    const run = bench({ profile: null, options: { probeConcurrency: 1 }, targets: targets(addresses(20_000)) });
    run.clock.after(5_000, () => {
      run.stop.request('SIGINT');
      run.stop.request('SIGINT');
    });
    const report = await run.go();
    expect(report.totals).toMatchObject({ targets: 20_000, byOutcome: { aborted: 19_999, 'no-answer': 1 } });
    expect(run.network.asked('probe')).toHaveLength(2);
  });

  it('says how many there are at most where they cannot be counted in time', async () => {
    const source = targets(addresses(3));
    const stuck = {
      ...source,
      async *[Symbol.asyncIterator]() {
        for await (const one of source) {
          yield one;
          // A name that nobody looks up.
          await new Promise(() => {});
        }
      },
    };
    const warned: string[] = [];
    const log = { ...silentLog, warn: (text: string) => void warned.push(text) };
    const run = bench({ profile: null, targets: stuck, log });
    run.clock.after(5_000, () => {
      run.stop.request('SIGINT');
      run.stop.request('SIGINT');
    });
    const report = await run.go();
    expect(report.totals).toMatchObject({ targets: 3, byOutcome: { aborted: 2, 'no-answer': 1 } });
    expect(warned).toEqual(['the run ended before all targets were counted; there are at most so many']);
  });
});
