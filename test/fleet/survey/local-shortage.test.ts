import { describe, expect, it } from '@jest/globals';
import { snapshotToKeep } from '../../../src/fleet/record/snapshot.js';
import type { PhoneRecord } from '../../../src/fleet/record/phone-record.js';
import { noopMemory } from '../../../src/fleet/memory/memory.js';
import type { FailureCodeName } from '../../../src/domain/failures/failure-codes.js';
import { Actor } from '../support/actor.js';
import { addresses, bench, type Bench, mppToEnterprise, targets } from '../support/fleet.js';
import { fails } from '../support/network.js';

const address = '10.0.0.1';

const { pollInterval, upgradeDeadline } = mppToEnterprise.timing;

/** A phone that takes its settings, of which this machine cannot look at anything for a while after that. */
function unseen(code: FailureCodeName, forMs: number): { run: Bench; actor: Actor; records: Set<PhoneRecord> } {
  const records = new Set<PhoneRecord>();
  const run = bench({ memory: { ...noopMemory, recordChanged: (record) => void records.add(record) } });
  const actor = new Actor(run.clock, run.network, address, {}, {});
  let since: number | null = null;
  run.network.places.set(address, {
    write: (set, onIntent) => {
      since = run.clock.monotonic();
      return actor.write(set, onIntent);
    },
    look: () =>
      since !== null && run.clock.monotonic() - since > 1_000 && run.clock.monotonic() - since < forMs
        ? fails(code, 'this machine cannot connect')
        : actor.look(),
  });
  return { run, actor, records };
}

describe('a phone under way that this machine cannot look at', () => {
  it('is looked at again, and ends as what it then shows', async () => {
    const { run } = unseen('local-refused', upgradeDeadline / 2);
    const [result] = (await run.go()).phones;
    expect(result).toMatchObject({ outcome: 'done' });
    expect(result?.evidence.map(({ text }) => text).join()).not.toContain('cannot connect');
  });

  it.each(['local-refused', 'local-resources'] as const)(
    'for the rest of the run (%s) is not called silent: the reason is ours, and a resume watches it on',
    async (code) => {
      const { run, records, actor } = unseen(code, 100 * upgradeDeadline);
      const report = await run.go();
      expect(report.phones[0]).toMatchObject({ outcome: 'unverified', touched: true, failure: { code } });
      expect(report.run.interrupted).toBe(code === 'local-resources' ? 'this machine cannot connect' : null);
      const [record] = records;
      expect(record && snapshotToKeep(record)).toMatchObject({ state: 'submitted', failure: null });
      expect(actor.posts).toBe(1);
    },
  );
});

describe('a phone that waits for its write', () => {
  it('is left as it is when this machine has nothing to connect with, for a resume to take it up', async () => {
    const run = bench();
    const actor = new Actor(run.clock, run.network, address, {}, {});
    let looks = 0;
    run.network.places.set(address, {
      look: () => ((looks += 1) === 1 ? actor.look() : fails('local-resources', 'no socket left')),
      write: (set, onIntent) => actor.write(set, onIntent),
    });
    const report = await run.go();
    expect(report.run.interrupted).toBe('no socket left');
    expect(report.phones[0]).toMatchObject({
      outcome: 'aborted',
      touched: false,
      failure: { code: 'stopped-before-start' },
    });
    expect(actor.posts).toBe(0);
  });
});

describe('the search for a phone that has moved', () => {
  it('begins anew at once where this machine could not ask everybody', async () => {
    const run = bench({ targets: targets([address]) });
    const actor = new Actor(run.clock, run.network, address, {}, { after: 'moves' });
    actor.newAddress = '10.0.0.200';
    let lacks = true;
    for (const other of addresses(30, 2))
      run.network.places.set(other, {
        probe: () => {
          if (lacks) fails('local-resources');
          fails('connect-refused');
        },
        look: () => fails('connect-refused'),
      });
    let asked = 0;
    const { probe } = run.network;
    run.network.probe = async (at) => {
      // The second sweep finds the machine with all that it needs.
      if (at === '10.0.0.2' && (asked += 1) > 1) lacks = false;
      return probe.call(run.network, at);
    };
    const [result] = (await run.go()).phones;
    expect(result).toMatchObject({ outcome: 'done', address: '10.0.0.200' });
    const [first, second] = run.network.asked('probe', '10.0.0.2');
    expect((second?.at ?? Infinity) - (first?.at ?? 0)).toBeLessThan(2 * pollInterval);
  });
});
