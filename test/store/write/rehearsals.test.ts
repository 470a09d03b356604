import { describe, expect, it } from '@jest/globals';
import type { Rehearsal } from '../../../src/domain/rehearsal/rehearsal.js';
import { useStore } from '../support/open-test-store.js';
import { storeRun } from '../support/samples.js';

function rehearsal(number: number): Rehearsal {
  return {
    schema: 'fleet-migrate/rehearsal@1',
    id: `rehearsal-${String(number).padStart(4, '0')}`,
    madeAt: new Date(Date.UTC(2026, 0, 1) + number * 1_000).toISOString(),
    ...{ version: '0.2.0', profile: 'mpp-to-enterprise', of: null, phones: 1, fromList: 1, seed: 1, zone: 'UTC' },
    ...{ assumed: [], timesFrom: {}, size: { bytes: 1, from: 'guess' }, nights: [], advice: [] },
  };
}

describe('rehearsals in the store', () => {
  const test = useStore();

  it('are kept, the latest first, and are no runs', async () => {
    await storeRun(test.store, 'run-1', []);
    await test.store.keepRehearsal(rehearsal(1));
    await test.store.keepRehearsal(rehearsal(2));
    const store = await test.reopen();
    expect(await store.rehearsals()).toEqual([rehearsal(2), rehearsal(1)]);
    expect((await store.runs()).map(({ id }) => id)).toEqual(['run-1']);
    expect(await store.prune(0)).toMatchObject({ runs: 1 });
    expect(await store.rehearsals()).toHaveLength(2);
  });

  it('are a hundred at most: the oldest go', async () => {
    for (let number = 0; number < 103; number += 1) await test.store.keepRehearsal(rehearsal(number));
    const kept = await test.store.rehearsals();
    expect([kept.length, kept[0]?.id, kept.at(-1)?.id]).toEqual([100, 'rehearsal-0102', 'rehearsal-0003']);
  });
});
