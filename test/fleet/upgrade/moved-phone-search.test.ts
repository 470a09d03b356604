import { describe, expect, it } from '@jest/globals';
import { Actor } from '../support/actor.js';
import { addresses, bench, type Bench, mpp, mppToEnterprise, phone, targets } from '../support/fleet.js';

const { timing } = mppToEnterprise;
const subnet = addresses(254);

/** A phone that moves to another address on the way; the rest of its /24 is dark but for what is said. */
function moving(
  to: string,
  more: { scope?: string; excluded?: string[]; asked?: string[]; named?: string[] } = {},
): Bench & { actor: Actor } {
  const { asked = ['10.0.0.1'], ...rest } = more;
  const run = bench({ targets: targets(asked, rest) });
  const actor = new Actor(run.clock, run.network, '10.0.0.1', {}, { after: 'moves' });
  actor.newAddress = to;
  return { ...run, actor };
}

describe('a phone that comes back at another address', () => {
  it('is found by its MAC in the subnet it was asked for, and proven there', async () => {
    const run = moving('10.0.0.200');
    const [result] = (await run.go()).phones;
    expect(result).toMatchObject({ address: '10.0.0.200', outcome: 'done' });
    expect(result?.evidence.map(({ kind }) => kind)).toContain('moved');
  });

  it('is not looked for outside of that', async () => {
    const run = moving('10.0.1.5');
    const [result] = (await run.go()).phones;
    expect(result).toMatchObject({ outcome: 'unverified', failure: { code: 'silent-after-upgrading' } });
    expect(run.network.log.filter(({ address }) => !address.startsWith('10.0.0.'))).toEqual([]);
  });

  it('is not looked for at an excluded address, even where it is', async () => {
    const excluded = ['10.0.0.200', '10.0.0.7'];
    const run = moving('10.0.0.200', { excluded });
    expect((await run.go()).phones[0]?.outcome).toBe('unverified');
    expect(run.network.log.filter(({ address }) => excluded.includes(address))).toEqual([]);
    expect(run.network.asked('probe', '10.0.0.201').length).toBeGreaterThan(0);
  });

  it('is not looked for where others are known to be', async () => {
    const run = moving('10.0.0.200', { asked: ['10.0.0.1', '10.0.0.2'] });
    run.network.places.set('10.0.0.2', { look: () => phone(mpp({ mac: '00CCFC000002', model: '6841' })) });
    await run.go();
    expect(run.network.asked('probe', '10.0.0.2')).toHaveLength(1);
  });

  it('is found where a named target was dark before', async () => {
    const run = moving('10.0.0.200', { asked: ['10.0.0.1', '10.0.0.200'], named: ['10.0.0.1', '10.0.0.200'] });
    const [first, second] = (await run.go()).phones;
    expect(first).toMatchObject({ address: '10.0.0.200', outcome: 'done' });
    expect(second).toMatchObject({ address: '10.0.0.200', outcome: 'no-answer' });
  });

  it('of a host that was never resolved to a subnet is not looked for at all', async () => {
    const run = moving('10.0.0.200', { scope: '' });
    expect((await run.go()).phones[0]?.outcome).toBe('unverified');
    expect(run.network.asked('probe')).toHaveLength(1);
  });
});

describe('the search', () => {
  it('begins only after a restart would long be over', async () => {
    const run = moving('10.0.0.200');
    await run.go();
    const posted = run.network.asked('post')[0]?.at ?? 0;
    const searched = run.network.asked('probe').filter(({ address }) => address !== '10.0.0.1');
    expect((searched[0]?.at ?? 0) - posted).toBeGreaterThanOrEqual(20 * timing.pollInterval);
  });

  it('begins before the deadline also where polls are long', async () => {
    const run = bench({
      targets: targets(['10.0.0.1']),
      profile: { ...mppToEnterprise, timing: { ...timing, pollInterval: 300_000 } },
    });
    new Actor(run.clock, run.network, '10.0.0.1', {}, { after: 'moves' }).newAddress = '10.0.0.9';
    expect((await run.go()).phones[0]).toMatchObject({ outcome: 'done', address: '10.0.0.9' });
  });

  it('is one for all phones that are missing in a subnet, and rests in between', async () => {
    const lost = subnet.slice(0, 20);
    const run = bench({ targets: targets(lost) });
    lost.forEach((address, index) => {
      const mac = `00CCFC0000${String(index).padStart(2, '0')}`;
      new Actor(run.clock, run.network, address, { mac }, { after: 'silent' });
    });
    await run.go();
    const times = run.network.asked('probe', '10.0.0.100').map(({ at }) => at);
    expect(times.length).toBeGreaterThan(1);
    expect(times.length).toBeLessThanOrEqual(Math.ceil(timing.upgradeDeadline / (20 * timing.pollInterval)));
  });

  it('delays nobody: a phone whose subnet takes hours to search still ends at its deadline', async () => {
    const run = bench({ targets: targets(['10.0.0.1'], { scope: '10.0.0.0/16' }), options: { probeConcurrency: 8 } });
    new Actor(run.clock, run.network, '10.0.0.1', {}, { after: 'silent' });
    const started = run.clock.now();
    expect((await run.go()).phones[0]?.outcome).toBe('unverified');
    // One search at a time: the second would begin while the first is still far from its end.
    expect(run.network.asked('probe', '10.0.0.2')).toHaveLength(1);
    expect(run.clock.now() - started).toBeLessThan(timing.upgradeDeadline + timing.pollInterval + 10_000);
  });

  it('leaves a phone that its own watch is talking to alone', async () => {
    const run = bench({ targets: targets(['10.0.0.1', '10.0.0.2']) });
    new Actor(run.clock, run.network, '10.0.0.1', {}, { after: 'silent' });
    new Actor(run.clock, run.network, '10.0.0.2', { mac: '00CCFC000002' }, { after: 'stays' });
    await run.go();
    expect(run.network.asked('probe', '10.0.0.2')).toHaveLength(1);
    expect(run.network.peak.visitsOfOne).toBe(1);
  });
});
