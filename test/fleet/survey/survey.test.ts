import { describe, expect, it } from '@jest/globals';
import { failure } from '../../../src/domain/failures/failure-codes.js';
import { parseThreshold } from '../../../src/domain/pacing/thresholds.js';
import { unpaced } from '../../../src/fleet/pacing/pacing.js';
import { PauseControl } from '../../../src/fleet/pause-control.js';
import type { TargetOutcome } from '../../../src/inventory/target.js';
import { FakeClock } from '../support/fake-clock.js';
import { addresses, bench, mac, mpp, phone, sumOf, targets } from '../support/fleet.js';
import { fails, Network } from '../support/network.js';

const audit = { profile: null } as const;

/** A network with a phone at each of these addresses. */
function phonesAt(list: string[], requestMs = 10): { clock: FakeClock; network: Network } {
  const clock = new FakeClock();
  const network = new Network(clock, requestMs);
  list.forEach((address, index) => network.places.set(address, { look: () => phone(mpp({ mac: mac(index + 1) })) }));
  return { clock, network };
}

describe('a survey', () => {
  it('reads every phone once and lists them by address', async () => {
    const { clock, network } = phonesAt(['10.0.0.10', '10.0.0.9', '10.0.0.100']);
    const run = bench({ ...audit, clock, network });
    const report = await run.go();
    expect(report.phones.map(({ address, outcome }) => `${address} ${outcome}`)).toEqual([
      '10.0.0.9 audited',
      '10.0.0.10 audited',
      '10.0.0.100 audited',
    ]);
    expect(network.asked('look')).toHaveLength(3);
    expect(network.openSockets).toBe(0);
  });

  it('gives no phone its first password while the run is paused, and reads the others meanwhile', async () => {
    const { clock, network } = phonesAt(['10.0.0.1', '10.0.0.2']);
    const given: number[] = [];
    network.places.set('10.0.0.1', {
      look: (_depth, mayInitialize) => {
        if (mayInitialize === 'anyone') given.push(clock.monotonic());
        if (given.length > 0) return phone(mpp({ mac: mac(1) }));
        return { kind: 'unreadable', failure: failure('set-password-page') };
      },
    });
    const run = bench({ clock, network, options: { dryRun: true, setInitialPassword: true, concurrency: 1 } });
    const pause = (run.context.pause = new PauseControl(clock));
    pause.pause('somebody');
    const meanwhile = clock.wait(3_600_000).then(() => {
      const seen = [network.asked('look').map(({ address }) => address), [...given]];
      pause.continue('somebody');
      return { seen, at: clock.monotonic() };
    });
    const report = await run.go();
    const { seen, at } = await meanwhile;
    expect(seen).toEqual([['10.0.0.1', '10.0.0.2'], []]);
    expect(given[0]).toBeGreaterThanOrEqual(at);
    expect(report.totals.byOutcome).toEqual({ planned: 2 });
  });

  it('waits for no pause where no first password would be given', async () => {
    const { clock, network } = phonesAt(['10.0.0.1']);
    network.places.set('10.0.0.1', { look: () => ({ kind: 'unreadable', failure: failure('set-password-page') }) });
    const run = bench({ clock, network, options: { dryRun: true } });
    const pause = (run.context.pause = new PauseControl(clock));
    pause.pause('somebody');
    expect((await run.go()).totals.byOutcome).toEqual({ blocked: 1 });
  });

  it('reads only what an audit needs, and the settings where something may be written', async () => {
    for (const [profile, wanted] of [
      [null, 'identity'],
      [undefined, 'settings'],
    ] as const) {
      const asked: string[] = [];
      const run = bench({ ...(profile === null ? audit : {}), options: { dryRun: true } });
      run.network.places.set('10.0.0.1', {
        look: (depth) => {
          asked.push(depth);
          return phone(mpp());
        },
      });
      run.context.targets = targets(['10.0.0.1']);
      await run.go();
      expect(asked).toEqual([wanted]);
    }
  });

  it('counts addresses that never answer, by reason, and lists none of them', async () => {
    const { clock, network } = phonesAt(['10.0.0.1']);
    network.places.set('10.0.0.2', { probe: () => fails('connect-refused'), look: () => phone(mpp()) });
    const report = await bench({ ...audit, clock, network, targets: targets(addresses(5)) }).go();
    expect(report.totals).toEqual({
      targets: 5,
      byOutcome: { audited: 1, 'no-answer': 4 },
      byDirection: { m2e: { eligible: 1 } },
      noAnswerByCode: { 'connect-refused': 1, 'connect-timeout': 3 },
    });
    expect(report.phones).toHaveLength(1);
  });

  it('lists those that somebody named, by reason, and counts the others still', async () => {
    const { clock, network } = phonesAt(['10.0.0.1']);
    const codes = ['connect-refused', 'connect-timeout', 'connect-reset', 'host-unreachable'] as const;
    codes.forEach((code, index) =>
      network.places.set(`10.0.0.${index + 2}`, { probe: () => fails(code), look: () => phone(mpp()) }),
    );
    const named = ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5'];
    const run = bench({ ...audit, clock, network, targets: targets(addresses(7), { named }) });
    const report = await run.go();
    expect(
      report.phones.map(({ address, outcome, failure, named: is }) => [address, outcome, failure?.code, is]),
    ).toEqual([
      ['10.0.0.1', 'audited', undefined, true],
      ...codes.map((code, index) => [`10.0.0.${index + 2}`, 'no-answer', code, true]),
    ]);
    expect(report.totals).toEqual({
      targets: 7,
      byOutcome: { audited: 1, 'no-answer': 6 },
      byDirection: { m2e: { eligible: 1 } },
      noAnswerByCode: {
        'connect-refused': 1,
        'connect-reset': 1,
        'connect-timeout': 3,
        'host-unreachable': 1,
      },
    });
    const told = run.events.filter(({ event, outcome }) => event === 'outcome' && outcome === 'no-answer');
    expect(told.map(({ address }) => address).sort()).toEqual(named.slice(1));
    expect(run.events.find(({ event }) => event === 'survey-finished')).toMatchObject({ targets: 7, phones: 1 });
  });

  it('lists a named one that went dark between its answer and its reading', async () => {
    const { clock, network } = phonesAt([]);
    network.places.set('10.0.0.1', { look: () => fails('connect-reset') });
    const report = await bench({
      ...audit,
      clock,
      network,
      targets: targets(['10.0.0.1'], { named: ['10.0.0.1'] }),
    }).go();
    expect(report.phones).toMatchObject([{ outcome: 'no-answer', failure: { code: 'connect-reset' }, touched: false }]);
  });

  it('keeps dark ones out of what a threshold is judged over, named or not', async () => {
    const { clock, network } = phonesAt([]);
    const locked = addresses(6);
    for (const address of locked)
      network.places.set(address, { look: () => ({ kind: 'unreadable', failure: failure('password-wrong') }) });
    const all = addresses(106);
    const thresholds = [parseThreshold('password-wrong:50%', 5)];
    const options = { probeConcurrency: 1, pacing: { ...unpaced, thresholds } };
    const order = [...all.slice(6), ...locked];
    const run = bench({ ...audit, clock, network, targets: targets(order, { named: all }), options });
    await run.go();
    expect(run.events.map(({ event }) => event)).toContain('threshold-tripped');
  });

  it('lists a host name that has no address, with the reason', async () => {
    const run = bench({ ...audit, targets: targets(['desk.example'], { unresolved: ['desk.example'] }) });
    const report = await run.go();
    expect(report.phones[0]).toMatchObject({ address: 'desk.example', outcome: 'no-answer', touched: false });
    expect(report.phones[0]?.failure?.code).toBe('unresolved-host');
    expect(run.network.log).toEqual([]);
  });
});

describe('dark addresses', () => {
  it('do not hold up the phones: 1,000 that never answer, and 10 phones are read first', async () => {
    const all = addresses(1_010);
    const alive = all.filter((_, index) => index % 101 === 50);
    const { clock, network } = phonesAt(alive);
    const started = clock.now();
    await bench({ ...audit, clock, network, targets: targets(all), options: { probeConcurrency: 2_000 } }).go();
    for (const address of alive) {
      const [look] = network.asked('look', address);
      expect((look?.at ?? Infinity) - started).toBeLessThan(100);
    }
  });

  it('cost one deadline for every full set of probes, and once the moment in which it is seen that they are dark', async () => {
    const { clock, network } = phonesAt([]);
    const started = clock.now();
    await bench({
      ...audit,
      clock,
      network,
      targets: targets(addresses(1_024)),
      options: { probeConcurrency: 256 },
    }).go();
    expect(clock.now() - started).toBe(4 * 3_000 + 80);
  });

  it('are probed while slow phones are read, and the other way round', async () => {
    const { clock, network } = phonesAt(addresses(8), 30_000);
    const options = { probeConcurrency: 8, concurrency: 2 };
    const started = clock.now();
    await bench({ ...audit, clock, network, targets: targets(addresses(40)), options }).go();
    // 8 slow phones two at a time take 2 minutes; the 32 dark addresses fit beside that.
    expect(clock.now() - started).toBeLessThanOrEqual(4 * 30_000 + 3_000);
  });
});

describe('bounds', () => {
  it('are never exceeded: probes, conversations, and one conversation a phone', async () => {
    const all = addresses(400);
    const { clock, network } = phonesAt(all.slice(0, 300));
    await bench({
      ...audit,
      clock,
      network,
      targets: targets(all),
      options: { probeConcurrency: 20, concurrency: 7 },
    }).go();
    expect(network.peak).toEqual({ probes: 20, visits: 7, visitsOfOne: 1 });
  });

  it('hold for the targets too: they are taken as they are needed', async () => {
    const { clock, network } = phonesAt([]);
    const source = targets(addresses(5_000));
    let most = 0;
    const counting = {
      ...source,
      async *[Symbol.asyncIterator](): AsyncGenerator<TargetOutcome, void, undefined> {
        let taken = 0;
        for await (const target of source) {
          taken += 1;
          most = Math.max(most, taken - network.asked('probe').length);
          yield target;
        }
      },
    };
    await bench({ ...audit, clock, network, targets: counting, options: { probeConcurrency: 50 } }).go();
    expect(most).toBeLessThanOrEqual(51);
  });

  it('are as many as can be read, so that phones keep the connections that found them', async () => {
    const all = addresses(500);
    const { clock, network } = phonesAt(all);
    const options = { probeConcurrency: 100, concurrency: 8 };
    await bench({ ...audit, clock, network, targets: targets(all), options }).go();
    expect(network.asked('look')).toHaveLength(500);
    // One is asked now and then although none can be read.
    expect(network.dialedAgain).toBeLessThanOrEqual(10);
  });

  it('keep no connection open to a phone that has to wait for its turn', async () => {
    const all = addresses(100);
    const { clock, network } = phonesAt(all, 5_000);
    let most = 0;
    for (const place of network.places.values()) place.probe = () => void (most = Math.max(most, network.openSockets));
    await bench({
      ...audit,
      clock,
      network,
      targets: targets(all),
      options: { probeConcurrency: 100, concurrency: 4 },
    }).go();
    expect(most).toBeLessThanOrEqual(4 + 4 + 1);
    expect(network.openSockets).toBe(0);
  });
});

describe('a reader of events that cannot keep up', () => {
  it('is waited for before further targets are asked', async () => {
    const { clock, network } = phonesAt([]);
    const run = bench({ ...audit, clock, network, targets: targets(addresses(20)) });
    run.context.listening = () => clock.wait(60_000);
    await run.go();
    const times = network.asked('probe').map(({ at }) => at);
    for (const [index, at] of times.slice(1).entries()) expect(at - (times[index] ?? 0)).toBe(60_000);
  });
});

describe('two addresses with the same MAC', () => {
  const twins = (): { clock: FakeClock; network: Network } => {
    const made = phonesAt([]);
    for (const address of addresses(2)) made.network.places.set(address, { look: () => phone(mpp()) });
    return made;
  };

  it('are one phone: only one of them is planned for', async () => {
    const report = await bench({ ...twins(), options: { dryRun: true } }).go();
    expect(report.phones.map(({ outcome }) => outcome).sort()).toEqual(['blocked', 'planned']);
    const second = report.phones.find(({ outcome }) => outcome === 'blocked');
    expect(second?.failure?.code).toBe('duplicate-mac');
    expect(second?.failure?.message).toContain('10.0.0.');
  });

  it('are both audited, and say so', async () => {
    const report = await bench({ ...twins(), ...audit }).go();
    expect(report.totals.byOutcome).toEqual({ audited: 2 });
    expect(report.phones.flatMap(({ evidence }) => evidence.map(({ kind }) => kind))).toEqual(['duplicate-mac']);
  });
});

describe('a phone of the inventory', () => {
  it('carries its site and note and the VID of its label into the report and the judgement', async () => {
    const { clock, network } = phonesAt(['10.0.0.1']);
    const hints = { '10.0.0.1': { site: 'Bonn', note: 'lobby', vid: 'V05' } };
    const report = await bench({ ...audit, clock, network, targets: targets(['10.0.0.1'], { hints }) }).go();
    expect(report.phones[0]).toMatchObject({ site: 'Bonn', note: 'lobby', vid: 'V05' });
    expect(report.phones[0]?.eligibility?.reasons.map(({ text }) => text).join(' ')).toContain(
      '8841 of VID V05 (inventory) may move',
    );
    expect(sumOf(report)).toBe(1);
  });
});
