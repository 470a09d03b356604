import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { failure } from '../../../src/domain/failures/failure-codes.js';
import { previousRun } from '../../../src/fleet/memory/resume.js';
import type { Look } from '../../../src/phones/phones.js';
import type { Store } from '../../../src/store/store.js';
import type { RunRow, TargetRow } from '../../../src/store/store-rows.js';
import { samplePhone } from '../../report/support/sample.js';
import { FakeClock } from '../support/fake-clock.js';
import { addresses, type Bench, bench, enterprise, mac, mpp, phone, sumOf, targets } from '../support/fleet.js';
import { Network } from '../support/network.js';
import { runs } from '../../support/depth.js';

type Kind = 'phone' | 'moved' | 'dark' | 'printer' | 'locked';

function lookOf(kind: Kind, n: number): Look {
  if (kind === 'moved') return phone(enterprise({ mac: mac(n) }));
  if (kind === 'printer') return { kind: 'not-a-phone', detail: 'a printer' };
  if (kind === 'locked') return { kind: 'unreadable', failure: failure('auth-required') };
  return phone(mpp({ mac: mac(n) }));
}

/** A dry run (or an audit) over these, in order from 10.0.0.1, each taking its time to respond. */
function limited(
  kinds: readonly Kind[],
  most: number,
  more: { audit?: boolean; waits?: readonly number[] } = {},
): Bench {
  const clock = new FakeClock();
  const network = new Network(clock);
  for (const [index, kind] of kinds.entries()) {
    if (kind === 'dark') continue;
    const wait = more.waits?.[index] ?? 0;
    network.places.set(addresses(1, index + 1)[0] ?? '', {
      probe: () => clock.wait(wait),
      look: async () => {
        await clock.wait(wait);
        return lookOf(kind, index + 1);
      },
    });
  }
  return bench({
    ...{ clock, network, ...(more.audit ? { profile: null } : {}), options: { dryRun: !more.audit } },
    targets: targets(addresses(kinds.length), { most }),
  });
}

const at = (report: Awaited<ReturnType<Bench['go']>>, outcome: string): string[] =>
  report.phones.filter((one) => one.outcome === outcome).map(({ address }) => address);

describe('--limit N', () => {
  it('takes the first phones that would be written to: what is dark, moved, locked or no phone does not count', async () => {
    const run = limited(['dark', 'printer', 'moved', 'locked', 'phone', 'dark', 'phone', 'phone', 'phone'], 2);
    const report = await run.go();
    expect(at(report, 'planned')).toEqual(['10.0.0.5', '10.0.0.7']);
    expect(at(report, 'already-done')).toEqual(['10.0.0.3']);
    expect(at(report, 'blocked')).toEqual(['10.0.0.4']);
    expect(at(report, 'deferred')).toEqual(['10.0.0.8', '10.0.0.9']);
    expect(report.phones.at(-1)).toMatchObject({ failure: { code: 'beyond-limit' }, touched: false, mac: null });
    expect(report.totals.byOutcome['no-answer']).toBe(2);
    expect(sumOf(report)).toBe(9);
    // Nothing beyond it was read: no password is told there, and no first one set.
    expect([...run.network.asked('look')].map(({ address }) => address)).not.toContain('10.0.0.8');
  });

  it('in an audit takes the first phones that were read, or gave a reason why not', async () => {
    const report = await limited(['dark', 'moved', 'printer', 'locked', 'phone', 'phone'], 3, { audit: true }).go();
    expect(at(report, 'audited')).toEqual(['10.0.0.2', '10.0.0.5']);
    expect(at(report, 'blocked')).toEqual(['10.0.0.4']);
    expect(at(report, 'deferred')).toEqual(['10.0.0.6']);
  });

  it('probes no further than it must, and counts the rest', async () => {
    const run = limited(
      Array.from({ length: 3_000 }, () => 'phone' as const),
      5,
    );
    const report = await run.go();
    expect(at(report, 'planned')).toEqual(addresses(5));
    expect(run.network.asked('look')).toHaveLength(5);
    expect(run.network.asked('probe').length).toBeLessThan(1_000);
    expect(report.totals.targets).toBe(3_000);
    expect(report.totals.byOutcome.deferred).toBe(2_995);
    expect(report.totals.beyondLimit).toBe(2_995);
    expect(at(report, 'deferred').length).toBeLessThan(2_995);
    expect(sumOf(report)).toBe(3_000);
  });

  it('is no more than a number where there are fewer', async () => {
    const report = await limited(['phone', 'dark', 'phone'], 5).go();
    expect(report.totals).toMatchObject({ targets: 3, byOutcome: { planned: 2, 'no-answer': 1 } });
  });

  it('counts a phone once that first stumbles and is read again', async () => {
    const run = limited(['phone', 'phone', 'phone'], 2);
    let looks = 0;
    run.network.places.set('10.0.0.1', {
      look: () => {
        looks += 1;
        return looks === 1 ? { kind: 'unreadable', failure: failure('http-error') } : lookOf('phone', 1);
      },
    });
    const report = await run.go();
    expect(looks).toBe(2);
    expect(at(report, 'planned')).toEqual(['10.0.0.1', '10.0.0.2']);
  });

  it('ends every target once when the run is stopped meanwhile', async () => {
    const run = limited(['phone', 'phone', 'phone', 'dark', 'phone'], 2, { waits: [50, 50, 50, 0, 50] });
    run.clock.after(20, () => run.stop.request('SIGINT'));
    const report = await run.go();
    expect(sumOf(report)).toBe(5);
    expect(report.totals.byOutcome.deferred ?? 0).toBe(0);
  });

  it('takes the same phones however slow each of them is', async () => {
    const kind = fc.constantFrom<Kind>('phone', 'phone', 'moved', 'dark', 'printer', 'locked');
    const targetsOf = fc.array(fc.record({ kind, wait: fc.integer({ min: 0, max: 4_000 }) }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(targetsOf, fc.integer({ min: 1, max: 6 }), async (list, most) => {
        const kinds = list.map((one) => one.kind);
        const report = await limited(kinds, most, { waits: list.map(({ wait }) => wait) }).go();
        const wanted = kinds.flatMap((one, index) => (one === 'phone' ? addresses(1, index + 1) : [])).slice(0, most);
        expect(at(report, 'planned')).toEqual(wanted);
        expect(sumOf(report)).toBe(kinds.length);
      }),
      { numRuns: runs(30, 300) },
    );
  });

  /** A run of three phones and a limit of two that was stopped after its first phone, and is resumed. */
  async function resumed(secondIs: Kind): Promise<Awaited<ReturnType<Bench['go']>>> {
    const run = limited(['phone', secondIs, 'phone'], 2);
    const rows = (
      [
        ['10.0.0.1', 'planned', null],
        ['10.0.0.2', 'aborted', failure('stopped-before-start')],
        ['10.0.0.3', 'deferred', failure('beyond-limit')],
      ] as const
    ).map(([address, outcome, why], index): TargetRow => {
      const report = samplePhone({ address, mac: mac(index + 1), outcome, failure: why, touched: false, named: false });
      const row = { key: address, address, mac: report.mac, state: outcome, outcome, touched: false, wave: null };
      return { ...row, report, updatedAt: '', snapshot: null };
    });
    const store = {
      async *targetsOf() {
        yield* rows;
      },
      async *eventsOf() {},
    } as unknown as Store;
    const previous = await previousRun(store, { id: 'stopped', waves: {} } as RunRow, run.context, false);
    return run.go({}, previous);
  }

  it('takes in a resume only as many as are left of it', async () => {
    const report = await resumed('phone');
    expect(at(report, 'planned')).toEqual(['10.0.0.1', '10.0.0.2']);
    expect(at(report, 'deferred')).toEqual(['10.0.0.3']);
    expect(sumOf(report)).toBe(3);
  });

  it('gives a place that is free by then to one that was beyond it', async () => {
    const report = await resumed('moved');
    expect(at(report, 'planned')).toEqual(['10.0.0.1', '10.0.0.3']);
  });
});

describe('--limit FILE, where it lists MACs', () => {
  it('reads all, and takes only the phones that have one', async () => {
    const clock = new FakeClock();
    const network = new Network(clock);
    for (const [index, address] of addresses(3).entries())
      network.places.set(address, { look: () => phone(mpp({ mac: mac(index + 1) })) });
    const run = bench({
      clock,
      network,
      options: { dryRun: true },
      targets: targets(addresses(3), { takes: [mac(2)] }),
    });
    const report = await run.go();
    expect(at(report, 'planned')).toEqual(['10.0.0.2']);
    expect(report.phones[0]).toMatchObject({
      ...{ outcome: 'deferred', touched: false, mac: mac(1) },
      failure: { code: 'beyond-limit', message: `--limit lists other phones: its MAC ${mac(1)} is not in the list.` },
    });
  });
});
