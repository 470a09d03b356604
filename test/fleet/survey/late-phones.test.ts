import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '../support/fake-clock.js';
import { addresses, bench, mac, mpp, phone, targets } from '../support/fleet.js';
import { fails, Network } from '../support/network.js';

describe('a survey of a phone that answers only after a while', () => {
  const late = '10.0.0.2';
  const auditWith = (named: string[], others = ['10.0.0.1'], most: number | null = null, all = addresses(4)) => {
    const clock = new FakeClock();
    const network = new Network(clock, 10);
    others.forEach((address, index) =>
      network.places.set(address, { look: () => phone(mpp({ mac: mac(index + 1) })) }),
    );
    const probe = (patiently: boolean): void => void (patiently || fails('connect-timeout'));
    network.places.set(late, { probe, look: () => phone(mpp({ mac: mac(9) })) });
    return bench({ profile: null, clock, network, targets: { ...targets(all, { named }), most } });
  };
  const asked = ({ network }: ReturnType<typeof auditWith>, address: string): number =>
    network.asked('probe', address).length;

  it('asks it once more, more patiently, when the others have been read', async () => {
    const run = auditWith([late]);
    const report = await run.go();
    expect(report.totals.byOutcome).toEqual({ audited: 2, 'no-answer': 2 });
    expect(run.network.log.at(-1)).toMatchObject({ kind: 'look', address: late });
    // A silent address of a subnet is asked once: sweeping would take several times as long.
    expect([asked(run, late), asked(run, '10.0.0.3')]).toEqual([2, 1]);
  });

  it('lists a named one that stays silent, with its reason', async () => {
    const run = auditWith(['10.0.0.3']);
    const report = await run.go();
    expect(report.phones.map(({ address, failure }) => [address, failure?.code])).toEqual([
      ['10.0.0.1', undefined],
      ['10.0.0.3', 'connect-timeout'],
    ]);
    expect(asked(run, '10.0.0.3')).toBe(2);
  });

  it('asks it once more where it is all that was named, or one of a few', async () => {
    for (const named of [[late], addresses(8)]) {
      const run = auditWith(named, [], null, named);
      expect((await run.go()).totals.byOutcome).toMatchObject({ audited: 1 });
      expect(named.map((address) => asked(run, address))).toEqual(named.map(() => 2));
    }
  });

  it('asks nobody twice where nobody of many has answered: the way is closed', async () => {
    const many = addresses(9);
    const run = auditWith(many, [], null, many);
    const report = await run.go();
    expect(report.totals).toMatchObject({ targets: 9, byOutcome: { 'no-answer': 9 } });
    expect(many.map((address) => asked(run, address))).toEqual(many.map(() => 1));
  });

  it('asks nobody twice where the run takes only so many phones: the first that answer are its own', async () => {
    const run = auditWith([late], ['10.0.0.1', '10.0.0.3'], 2);
    const report = await run.go();
    expect([report.totals.byOutcome, asked(run, late)]).toEqual([{ audited: 2, 'no-answer': 1, deferred: 1 }, 1]);
  });
});
