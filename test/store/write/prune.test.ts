import { statSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { samplePhone } from '../../report/support/sample.js';
import { describeStores, useStore } from '../support/open-test-store.js';
import { allOf, endedTarget, newRun, storeRun, waitingTarget } from '../support/samples.js';
import { storedHistory, storedPhone } from '../support/stored-phones.js';

describeStores('pruning', (useStore) => {
  const test = useStore();
  const day = (number: number): { startedAt: string } => ({ startedAt: `2026-01-${10 + number}T01:00:00.000Z` });
  const remaining = async (): Promise<string[]> => (await test.store.runs()).map(({ id }) => id);

  it('keeps the newest finished runs and deletes the others with all that is theirs alone', async () => {
    for (const at of [1, 2, 3, 4])
      await storeRun(test.store, `run-${at}`, [{}, { address: '10.0.0.6', mac: '00CCFC000006' }], day(at));
    const recorder = test.store.recorder('run-1', { onError: () => undefined });
    recorder.event({ event: 'state', at: test.clock.iso(), address: null, mac: null });
    await recorder.close();
    expect(await test.store.prune(2)).toEqual({ runs: 2, targets: 4, events: 1 });
    expect(await remaining()).toEqual(['run-4', 'run-3']);
    expect(await allOf(test.store.targetsOf('run-1'))).toEqual([]);
    expect(await allOf(test.store.eventsOf('run-1'))).toEqual([]);
    expect((await test.store.report('run-3')).phones).toHaveLength(2);
    expect(await test.store.prune(2)).toEqual({ runs: 0, targets: 0, events: 0 });
  });

  it('never deletes a run that can be resumed, which does not count either', async () => {
    await test.store.beginRun(newRun('killed', '2026-01-01T01:00:00.000Z'));
    for (const at of [1, 2]) await storeRun(test.store, `run-${at}`, [{}], day(at));
    await storeRun(test.store, 'stopped', [{}], { ...day(3), state: 'interrupted' });
    const paused = test.store.recorder('stopped', { onError: () => undefined });
    paused.saveTarget(waitingTarget({ address: '10.0.0.99' }));
    await paused.close();
    expect(await test.store.prune(1)).toMatchObject({ runs: 1 });
    expect(await remaining()).toEqual(['stopped', 'run-2', 'killed']);
    expect(await test.store.prune(0)).toMatchObject({ runs: 1 });
    expect(await remaining()).toEqual(['stopped', 'killed']);
  });

  it('keeps phones, their history, durations and deferrals', async () => {
    const mac = '00CCFC123456';
    await test.store.beginRun(newRun('run-1'));
    const recorder = test.store.recorder('run-1', { onError: () => undefined });
    recorder.saveTarget(endedTarget(samplePhone()));
    await test.clock.pass(1_000);
    recorder.saveTarget(endedTarget(samplePhone({ outcome: 'done', vid: 'V04' })));
    recorder.recordDuration({ mac, profile: 'p', step: 'convert', ms: 1, model: null, load: null });
    recorder.saveDeferral(mac, { attempts: 1, nextAttemptAt: test.clock.iso(), code: 'busy' });
    await recorder.close();
    const report = await storeRun(test.store, 'run-0', []);
    await test.store.finishRun('run-1', { state: 'finished', report, exitCode: 0 });
    await test.store.prune(0);
    expect(await remaining()).toEqual([]);
    expect(await storedPhone(test.path, mac)).toMatchObject({ vid: 'V04', lastRun: 'run-1' });
    expect(await storedHistory(test.path, mac)).toHaveLength(1);
    expect((await test.store.durations('p', 'convert')).count).toBe(1);
    expect(await test.store.deferrals()).toMatchObject([{ mac, attempts: 1 }]);
  });
});

describe('pruning a file', () => {
  const test = useStore();

  it('gives the space back', async () => {
    await storeRun(test.store, 'run-1', []);
    const recorder = test.store.recorder('run-1', { onError: () => undefined });
    for (let at = 0; at < 4_500; at += 1) {
      recorder.event({ event: 'evidence', at: test.clock.iso(), address: null, mac: null, text: 'x'.repeat(400) });
    }
    await recorder.close();
    await test.reopen();
    const before = statSync(test.path).size;
    expect(await test.store.prune(0)).toEqual({ runs: 1, targets: 0, events: 4_500 });
    await test.reopen();
    expect(statSync(test.path).size).toBeLessThan(before / 10);
  });
});
