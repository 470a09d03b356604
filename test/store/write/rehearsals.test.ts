import { expect, it } from '@jest/globals';
import type { Rehearsal } from '../../../src/domain/rehearsal/rehearsal.js';
import { describeStores } from '../support/open-test-store.js';
import { storeRun } from '../support/samples.js';

function rehearsal(number: number): Rehearsal {
  return {
    schema: 'fleet-migrate/rehearsal@1',
    id: `rehearsal-${String(number).padStart(4, '0')}`,
    madeAt: new Date(Date.UTC(2026, 0, 1) + number * 1_000).toISOString(),
    ...{
      version: '0.2.0',
      profile: 'mpp-to-enterprise',
      of: null,
      phones: 1,
      fromList: 1,
      unread: 0,
      seed: 1,
      zone: 'UTC',
    },
    ...{ assumed: [], timesFrom: {}, size: { bytes: 1, from: 'guess' }, nights: [], advice: [] },
  };
}

describeStores('rehearsals in the store', (useStore) => {
  const test = useStore();

  it('are kept, and are no runs', async () => {
    await storeRun(test.store, 'run-1', []);
    await test.store.keepRehearsal(rehearsal(1));
    await test.store.keepRehearsal(rehearsal(2));
    const store = await test.reopen();
    expect(await store.rehearsal('latest')).toEqual(rehearsal(2));
    expect(await store.rehearsal('rehearsal-0001')).toEqual(rehearsal(1));
    expect((await store.runs()).map(({ id }) => id)).toEqual(['run-1']);
    expect(await store.prune(0)).toMatchObject({ runs: 1 });
    expect(await store.rehearsal('latest')).toEqual(rehearsal(2));
  });

  it('are found by the beginning of an id where that is one, and missed in one sentence', async () => {
    await expect(test.store.rehearsal('latest')).rejects.toThrow(
      /has no rehearsal yet; fleet-migrate rehearse makes one\.$/,
    );
    for (const number of [1, 2, 30]) await test.store.keepRehearsal(rehearsal(number));
    expect(await test.store.rehearsal('rehearsal-003')).toEqual(rehearsal(30));
    await expect(test.store.rehearsal('rehearsal-000')).rejects.toThrow(
      'Several rehearsals begin with rehearsal-000: rehearsal-0002, rehearsal-0001; write more of the id.',
    );
    await expect(test.store.rehearsal('x')).rejects.toThrow(/has no rehearsal x; its latest are rehearsal-0030, /);
  });

  it('of an earlier version, which said less of its nights, are refused in one sentence', async () => {
    await test.store.keepRehearsal({ ...rehearsal(1), nights: [{ night: 1 } as Rehearsal['nights'][number]] });
    await expect(test.store.rehearsal('latest')).rejects.toThrow(
      'The rehearsal rehearsal-0001 was made by an earlier fleet-migrate and cannot be shown; rehearse again.',
    );
  });

  it('are a hundred at most: the oldest go', async () => {
    for (let number = 0; number < 103; number += 1) await test.store.keepRehearsal(rehearsal(number));
    expect((await test.store.rehearsal('rehearsal-0003')).id).toBe('rehearsal-0003');
    await expect(test.store.rehearsal('rehearsal-0002')).rejects.toThrow('has no rehearsal');
  });
});
