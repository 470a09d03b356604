import { describe, expect, it } from '@jest/globals';
import type { Change } from '../../src/domain/plan.js';
import { forgetful } from '../../src/fleet/memory.js';
import type { WriteResult } from '../../src/phones/phones.js';
import { Actor } from './support/actor.js';
import { bench, type Setup } from './support/fleet.js';
import { fails } from './support/network.js';

const address = '10.0.0.1';

/** A run over one phone. */
function run(setup: Setup = {}): ReturnType<typeof bench> & { actor: Actor } {
  const made = bench(setup);
  return { ...made, actor: new Actor(made.clock, made.network, address) };
}

describe('a step that leaves no setting behind', () => {
  it('is watched to its proof like any other, and claims no change of a setting', async () => {
    const { actor, go } = run();
    const usual = actor.write.bind(actor);
    actor.write = async (set, onIntent): Promise<WriteResult> => {
      const result = await usual(set, onIntent);
      return { ...result, result: 'sent', changes: [], via: 'Direct Action upgrade' };
    };
    const { phones } = await go();
    expect(phones[0]).toMatchObject({ outcome: 'done', touched: true, changes: [] });
    expect(phones[0]?.evidence).toContainEqual(
      expect.objectContaining({ kind: 'written', text: 'Direct Action upgrade: answered 200' }),
    );
  });
});

describe('a further way of the same step', () => {
  it('is in the evidence with those that were tried before it', async () => {
    const { actor, go } = run();
    const usual = actor.write.bind(actor);
    const before = ['partial form (answered 200)', 'partial form with a Referer (not answered)'];
    actor.write = async (set, onIntent) => ({ ...(await usual(set, onIntent)), via: 'full form', before });
    const written = (await go()).phones[0]?.evidence.find(({ kind }) => kind === 'written');
    expect(written?.text).toBe(
      'full form: answered 200; before it, without effect: partial form (answered 200), partial form with a Referer (not answered)',
    );
  });

  it('has its intent on record before it leaves, too', async () => {
    const intents: { changes: readonly Change[]; at: number }[] = [];
    const memory = {
      ...forgetful,
      intend: (_record: unknown, { writtenAt }: { writtenAt: number }, changes: readonly Change[]) => {
        intents.push({ changes, at: writtenAt });
        return Promise.resolve();
      },
    };
    const { actor, clock, events, go } = run({ memory });
    const usual = actor.write.bind(actor);
    actor.write = (set, onIntent) =>
      usual(set, async (changes) => {
        await onIntent(changes);
        await clock.wait(7_000);
        await onIntent([]);
      });
    const { phones } = await go();
    expect(phones[0]?.outcome).toBe('done');
    expect(intents.map(({ changes }) => changes.length)).toEqual([2, 0]);
    expect((intents[1]?.at ?? 0) - (intents[0]?.at ?? 0)).toBe(7_000);
    expect(events.filter(({ event }) => event === 'intent')).toHaveLength(1);
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
