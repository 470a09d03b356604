import { describe, expect, it } from '@jest/globals';
import { Actor } from '../support/actor.js';
import { bench, mppToEnterprise, phone } from '../support/fleet.js';
import { FakeClock } from '../support/fake-clock.js';
import { Network } from '../support/network.js';

const address = '10.0.0.1';

describe('a phone that says it is upgrading is', () => {
  it.each([
    ['mostly by its status file, which follows its page', 'follows', 3, 19],
    ['by its page, where the file stands still', 'stands-still', 19, 2],
    ['by its page, where there is no file', 'missing', 19, 2],
  ] as const)('seen %s', async (_, statusFile, pages, files) => {
    const run = bench();
    new Actor(run.clock, run.network, address, {}, { upgradeMs: 600_000, statusFile });
    await run.go();
    const since = run.network.asked('post')[0]?.at ?? 0;
    const whileUpgrading = (kind: 'look' | 'status file'): number =>
      run.network.asked(kind).filter(({ at }) => at > since && at < since + 300_000).length;
    expect([whileUpgrading('look'), whileUpgrading('status file')]).toEqual([pages, files]);
  });

  it('by its page, also where a look at its status file lasted until the deadline', async () => {
    const ends = new Set<string>();
    for (let seconds = 300; seconds < 340; seconds += 1) {
      const timing = { ...mppToEnterprise.timing, upgradeDeadline: seconds * 1_000 };
      const clock = new FakeClock();
      const network = new Network(clock, 12_000);
      const run = bench({ clock, network, options: { profile: { ...mppToEnterprise, timing } } });
      const actor = new Actor(run.clock, run.network, address, {}, { upgradeMs: 3_600_000, statusFile: 'freezes' });
      const look = actor.look.bind(actor);
      let since: number | null = null;
      actor.look = () => {
        const seen = look();
        if (seen.kind !== 'phone' || seen.facts.upgradeStatus !== 'Upgrade in progress') return seen;
        since ??= run.clock.monotonic();
        const isLate = run.clock.monotonic() - since > 240_000;
        return isLate ? phone({ ...actor.facts, upgradeStatus: 'Upgrade failed: signature' }) : seen;
      };
      const { phones } = await run.go();
      ends.add(`${phones[0]?.failure?.code}, last asked: ${run.network.log.at(-1)?.kind}`);
    }
    expect([...ends]).toEqual(['upgrade-failed, last asked: look']);
  });

  it('with its page alone where its status changes at each look, as one that counts does', async () => {
    const run = bench();
    const actor = new Actor(run.clock, run.network, address, {}, { upgradeMs: 600_000 });
    const look = actor.look.bind(actor);
    actor.look = () => {
      const seen = look();
      if (seen.kind !== 'phone' || seen.facts.upgradeStatus !== 'Upgrade in progress') return seen;
      return phone({ ...seen.facts, upgradeStatus: `Upgrade in progress ${run.clock.monotonic() / 3_000} %` });
    };
    expect((await run.go()).phones[0]?.outcome).toBe('done');
    expect(run.network.asked('status file').length).toBeLessThanOrEqual(4);
  });
});
