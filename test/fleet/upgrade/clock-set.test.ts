import { describe, expect, it } from '@jest/globals';
import { longestDeferralMs } from '../../../src/domain/pacing/backoff.js';
import { noopMemory } from '../../../src/fleet/memory/memory.js';
import { Actor, type Manner } from '../support/actor.js';
import { type Bench, bench, mppToEnterprise } from '../support/fleet.js';

const address = '10.0.0.1';
const hour = 3_600_000;
const { upgradeDeadline, pollInterval } = mppToEnterprise.timing;

/** A run over one phone while whose upgrade somebody sets the machine's clock. */
async function withClockSet(byMs: number, manner: Partial<Manner>): Promise<{ run: Bench; took: number }> {
  const run = bench();
  new Actor(run.clock, run.network, address, {}, manner);
  void run.clock.wait(60_000).then(() => run.clock.setBy(byMs));
  const began = run.clock.monotonic();
  const report = await run.go();
  expect(Date.parse(report.run.finishedAt)).toBeGreaterThanOrEqual(Date.parse(report.run.startedAt));
  const took = run.clock.monotonic() - began;
  const [phone] = report.phones;
  expect(phone?.durationMs).toBeGreaterThan(60_000);
  expect(phone?.durationMs).toBeLessThanOrEqual(took);
  expect(phone?.outcome).toBe(manner.after === 'stays' ? 'failed' : 'done');
  return { run, took };
}

describe.each([
  ['three hours forward', 3 * hour],
  ['three hours back', -3 * hour],
])('the machine’s clock is set %s while a phone is under way', (_, byMs) => {
  it('the phone has its time all the same', async () => {
    await withClockSet(byMs, {});
  });

  it('the deadline comes when it was to come', async () => {
    const { took } = await withClockSet(byMs, { after: 'stays' });
    expect(took).toBeGreaterThanOrEqual(upgradeDeadline);
    expect(took).toBeLessThan(upgradeDeadline + pollInterval + 10_000);
  });
});

describe('a phone that an earlier run has put off', () => {
  const putOffFor = async (ms: number): Promise<string | undefined> => {
    const run = bench();
    run.context.memory = { ...noopMemory, deferredUntil: () => run.clock.now() + ms };
    new Actor(run.clock, run.network, address);
    return (await run.go()).phones[0]?.outcome;
  };

  it('waits for its next attempt', async () => {
    expect(await putOffFor(hour)).toBe('deferred');
    expect(await putOffFor(longestDeferralMs)).toBe('deferred');
  });

  it('does not wait for one that is further away than any phone is put off: the clock was wrong then', async () => {
    expect(await putOffFor(longestDeferralMs + 1)).toBe('done');
  });
});
