import { describe, expect, it } from '@jest/globals';
import { noopMemory } from '../../../src/fleet/memory/memory.js';
import type { WriteResult } from '../../../src/phones/phones.js';
import { Actor, type Manner } from '../support/actor.js';
import { type Bench, bench, mppToEnterprise, type Setup } from '../support/fleet.js';
import { fails } from '../support/network.js';

const address = '10.0.0.1';

/** A run over one phone. */
function run({ manner = {}, ...setup }: Setup & { manner?: Partial<Manner> } = {}): Bench & { actor: Actor } {
  const made = bench(setup);
  return { ...made, actor: new Actor(made.clock, made.network, address, {}, manner) };
}

describe('a step that leaves no setting behind', () => {
  it('is watched to its proof like any other, and claims no change of a setting', async () => {
    const { actor, go } = run();
    const usual = actor.write.bind(actor);
    actor.write = async (set, onIntent): Promise<WriteResult> => {
      const result = await usual(set, (_changes, tried) => onIntent([], tried));
      return { ...result, result: 'sent', changes: [], via: 'Direct Action upgrade' };
    };
    const { phones } = await go();
    expect(phones[0]).toMatchObject({ outcome: 'done', touched: true, changes: [] });
    expect(phones[0]?.evidence).toContainEqual(
      expect.objectContaining({ kind: 'written', text: 'Direct Action upgrade: answered 200' }),
    );
  });
});

describe('a phone that shows its old settings after the post', () => {
  const patience = mppToEnterprise.timing.patience;

  it('gets no second one before the patience is over: what it took late is the proof', async () => {
    for (const takesAfterMs of [3_000, 20_000, patience - 1_000]) {
      const { actor, network, go } = run({ manner: { takesAfterMs, ways: 4 } });
      const { phones } = await go();
      expect(phones[0]).toMatchObject({ outcome: 'done', failure: null });
      expect(phones[0]?.changes).toHaveLength(2);
      expect(actor.posts).toBe(1);
      expect(network.learnedWays).toEqual([{ way: 'partial-form', referer: false }]);
    }
  });

  it('is told in another way when it is, twice as late each time, and in the one that works for the last time', async () => {
    const { actor, network, go } = run({ manner: { ways: 4, heeds: 2 } });
    const { phones } = await go();
    expect(phones[0]).toMatchObject({ outcome: 'done', failure: null });
    expect(actor.posts).toBe(3);
    const [first = 0, second = 0, third = 0] = network.asked('post').map(({ at }) => at);
    expect(second - first).toBeGreaterThanOrEqual(patience);
    expect(third - second).toBeGreaterThanOrEqual(2 * patience);
    expect(phones[0]?.evidence.filter(({ kind }) => kind === 'written')).toHaveLength(3);
  });

  it('is cross-checked before each further one, whatever its page shows: it may lag behind what the phone took', async () => {
    const { network, go } = run({ manner: { ways: 2, heeds: 1 } });
    await go();
    const [first = 0, second = 0] = network.asked('post').map(({ at }) => at);
    const checks = network.asked('look').filter(({ crossCheck }) => crossCheck !== 'no');
    expect(checks.filter(({ at }) => at <= first).map(({ crossCheck }) => crossCheck)).toEqual([
      'yes',
      'where changed',
    ]);
    expect(checks.filter(({ at }) => at > first && at <= second).map(({ crossCheck }) => crossCheck)).toEqual(['yes']);
  });

  it('in all of them is watched to its deadline, and only then said to have ignored them, with what was sent', async () => {
    const { actor, clock, go } = run({ manner: { took: false, ways: 2 } });
    const began = clock.monotonic();
    const { phones } = await go();
    expect(phones[0]).toMatchObject({ outcome: 'failed', failure: { code: 'write-ignored' } });
    expect(phones[0]?.changes.map(({ field }) => field)).toEqual(['upgradeRule', 'authorizationRule']);
    expect(actor.posts).toBe(2);
    expect(clock.monotonic() - began).toBeGreaterThan(mppToEnterprise.timing.upgradeDeadline);
  });

  it('is not told in another way while it is in a call, or where it is no longer as it was planned', async () => {
    for (const seen of [{ busy: true }, { witnesses: { agreed: [], disagreements: [], another: 'AABBCC000000' } }]) {
      const { actor, go } = run({ manner: { took: false, ways: 2 } });
      const usual = actor.write.bind(actor);
      actor.write = async (...args) => {
        const result = await usual(...args);
        actor.facts = { ...actor.facts, ...seen };
        return result;
      };
      const { phones } = await go();
      expect(phones[0]).toMatchObject({ outcome: 'failed', touched: true });
      expect(actor.posts).toBe(1);
    }
  });

  it('is not told in another way once the run is stopped or has stopped itself', async () => {
    const { actor, stop, clock, go } = run({ manner: { took: false, ways: 2 } });
    void clock.wait(patience - 5_000).then(() => stop.request('SIGTERM'));
    const { phones } = await go();
    expect(phones[0]).toMatchObject({ outcome: 'unverified', failure: { code: 'stopped-watching' } });
    expect(actor.posts).toBe(1);
  });

  it('has every further intent on record before it leaves', async () => {
    const intents: { tried: number; at: number }[] = [];
    const memory = {
      ...noopMemory,
      intend: (_record: unknown, { writtenAt, tried }: { writtenAt: number; tried: readonly unknown[] }) => {
        intents.push({ tried: tried.length, at: writtenAt });
        return Promise.resolve();
      },
    };
    const { actor, network, events, go } = run({ memory, manner: { ways: 2, heeds: 1 } });
    const { phones } = await go();
    expect(phones[0]?.outcome).toBe('done');
    expect(actor.posts).toBe(2);
    expect(intents.map(({ tried }) => tried)).toEqual([1, 2]);
    expect(intents.map(({ at }) => at)).toEqual(network.asked('post').map(({ at }) => at));
    expect(events.filter(({ event }) => event === 'intent')).toHaveLength(1);
  });

  it('gets nothing more from a run that cannot put it on record, which watches it on', async () => {
    let intents = 0;
    const full = Object.assign(new Error('the disk is full'), { name: 'StoreError', code: 'store-full' });
    const intend = (): Promise<void> => ((intents += 1) > 1 ? Promise.reject(full) : Promise.resolve());
    const { actor, stop, go } = run({ memory: { ...noopMemory, intend }, manner: { took: false, ways: 2 } });
    const { phones } = await go();
    expect(phones[0]).toMatchObject({ outcome: 'unverified', failure: { code: 'stopped-watching' } });
    expect([actor.posts, stop.reason]).toEqual([1, 'the store failed']);
  });
});

describe('a phone whose page turned out to be old just before the write', () => {
  it.each([
    ['phone-changed', 'its settings changed'],
    ['identity-changed', 'another phone answers now'],
  ] as const)('is left alone for this run: %s', async (code, detail) => {
    const { actor, go } = run();
    let tried = 0;
    actor.write = () => Promise.resolve().then(() => ((tried += 1), fails(code, detail)));
    const { phones } = await go();
    expect(phones[0]).toMatchObject({ outcome: 'aborted', touched: false, failure: { code } });
    expect(tried).toBe(1);
  });
});
