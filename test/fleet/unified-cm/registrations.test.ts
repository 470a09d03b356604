import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sharedRegistrations } from '../../../src/fleet/unified-cm/registrations.js';
import { UcmError, type UcmRegistration } from '../../../src/ucm/ucm.js';
import { FakeClock } from '../support/fake-clock.js';

const registrationOf = (name: string): UcmRegistration => ({
  ...{ name, registered: 'yes', status: 'Registered', statusReason: null, activeLoad: null, inactiveLoad: null },
  ...{
    download: 'none',
    downloadFailure: null,
    downloadServer: null,
    httpd: null,
    address: null,
    at: null,
    node: null,
  },
});

/** A service of which so many ask at these times (ms), and what came of it. */
async function asked(times: readonly number[], { takesMs = 50, perMinute = 15 } = {}) {
  const clock = new FakeClock();
  const began = clock.monotonic();
  const requests: { at: number; names: readonly string[] }[] = [];
  const ask = sharedRegistrations(
    async (names) => {
      requests.push({ at: clock.monotonic() - began, names });
      await clock.wait(takesMs);
      return new Map(names.map((name) => [name, registrationOf(name)]));
    },
    { clock, requestsPerMinute: perMinute },
  );
  const waits = times.map(async (at, index) => {
    await clock.wait(at);
    const { name } = await ask(`SEP${index}`);
    expect(name).toBe(`SEP${index}`);
    return clock.monotonic() - began - at;
  });
  const all = await clock.run(Promise.all(waits));
  return { requests, longest: Math.max(...all), usual: all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0 };
}

describe('phones that are asked for together', () => {
  it('take one request where they ask at once, and those that ask meanwhile take the next', async () => {
    const { requests } = await asked([0, 0, 0, 20, 30]);
    expect(requests).toHaveLength(2);
    expect(requests.flatMap(({ names }) => names)).toEqual(['SEP0', 'SEP1', 'SEP2', 'SEP3', 'SEP4']);
  });

  it('wait for no longer than a few seconds as a rule, however many there are, and never ask more often than is allowed', async () => {
    // Two hundred phones, each looked at every 15 s for four minutes.
    const times = Array.from({ length: 200 * 16 }, (_, index) => (index * 240_000) / (200 * 16));
    const { requests, longest, usual } = await asked(times);
    const within = requests.map(({ at }) => requests.filter((one) => one.at >= at && one.at - at < 60_000).length);
    expect(Math.max(...within)).toBeLessThanOrEqual(15);
    expect(usual).toBeLessThan(4_000);
    expect(longest).toBeLessThan(40_000);
  });

  it('ask no more often than is allowed, whenever they come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 90_000 }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 15 }),
        async (times, perMinute) => {
          const { requests, longest } = await asked(times, { perMinute });
          const within = requests.map(
            ({ at }) => requests.filter((one) => one.at >= at && one.at - at < 60_000).length,
          );
          expect(Math.max(...within)).toBeLessThanOrEqual(perMinute);
          expect(longest).toBeLessThanOrEqual(60_100);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('do not share the failure of those before them', async () => {
    const clock = new FakeClock();
    let count = 0;
    const ask = sharedRegistrations(
      (names) => {
        count += 1;
        if (count === 1) return Promise.reject(new UcmError('ucm-unreachable', 'No answer.', true));
        return Promise.resolve(new Map(names.map((name) => [name, registrationOf(name)])));
      },
      { clock, requestsPerMinute: 15 },
    );
    await expect(clock.run(ask('SEP1'))).rejects.toThrow('No answer.');
    expect((await clock.run(ask('SEP1'))).registered).toBe('yes');
  });
});
