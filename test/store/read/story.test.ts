import { expect, it } from '@jest/globals';
import { endedTarget, newRun, storeRun } from '../support/samples.js';
import { describeStores } from '../support/open-test-store.js';
import { samplePhone } from '../../report/support/sample.js';

describeStores('the story of a run', (useStore) => {
  const test = useStore();
  const at = (day: number): { startedAt: string } => ({ startedAt: `2026-01-1${day}T01:00:00.000Z` });

  it('has the wave of each phone, from 1, and what happened with it', async () => {
    const report = await storeRun(test.store, 'a', [{}]);
    const recorder = test.store.recorder('a', { onError: () => undefined });
    recorder.saveTarget(endedTarget(samplePhone(), { wave: 0 }));
    recorder.event({
      event: 'evidence',
      at: at(4).startedAt,
      address: '10.0.0.5',
      mac: '00CCFC123456',
      kind: 'k',
      text: 't',
    });
    await recorder.close();
    const { phones, changes } = await test.store.story(report);
    expect(phones).toMatchObject([{ wave: 1, moments: [{ what: 'k', text: 't' }] }]);
    expect(changes).toBeNull();
  });

  it('compares it with the last run before it that asked the same, else with the last of all', async () => {
    await storeRun(test.store, 'a', [{ outcome: 'failed' }], at(1));
    await storeRun(test.store, 'b', [{}], at(2));
    const report = await storeRun(test.store, 'c', [{ outcome: 'done' }], at(3));
    expect((await test.store.story(report)).changes?.from.id).toBe('b');
    await storeRun(test.store, 'd', [{}], at(4));
    // What came later is no matter.
    expect((await test.store.story(report)).changes?.from.id).toBe('b');
  });

  it('compares nothing of a run that goes on, which has not seen all phones', async () => {
    await storeRun(test.store, 'a', [{}], at(1));
    await test.store.beginRun(newRun('b', at(2).startedAt));
    expect((await test.store.story(await test.store.report('b'))).changes).toBeNull();
  });
});
