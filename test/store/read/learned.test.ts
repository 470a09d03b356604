import { beforeEach, describe, expect, it } from '@jest/globals';
import { isStoreError } from '../../../src/store/store-error.js';
import type { Recorder } from '../../../src/store/write/recorder.js';
import { samplePhone } from '../../report/support/sample.js';
import { describeStores, type TestStore, useStore } from '../support/open-test-store.js';
import { endedTarget, newRun, storeRun } from '../support/samples.js';

async function begin({ store }: TestStore, id: string): Promise<Recorder> {
  await store.beginRun(newRun(id));
  return store.recorder(id, { onError: () => undefined });
}

describeStores('the ways to write that are known to work', (useStore) => {
  const test = useStore();

  it('are none in a new store', async () => {
    expect(await test.store.writeMethodsKnown()).toEqual(new Map());
  });

  it('are there for the next run, the last one that worked for each kind of phone', async () => {
    await test.store.rememberWriteMethod('8841 sip88xx.12-0-3MPP0001-87', 'partial-form');
    await test.store.rememberWriteMethod('7841 sip78xx.11-3-5MPP0001-1', 'partial-form');
    await test.store.rememberWriteMethod('8841 sip88xx.12-0-3MPP0001-87', 'full-form referer');
    const store = await test.reopen();
    expect(await store.writeMethodsKnown()).toEqual(
      new Map([
        ['7841 sip78xx.11-3-5MPP0001-1', 'partial-form'],
        ['8841 sip88xx.12-0-3MPP0001-87', 'full-form referer'],
      ]),
    );
  });

  it('stay when runs are pruned', async () => {
    await test.store.rememberWriteMethod('8841 x', 'full-form');
    await storeRun(test.store, 'run-1', []);
    expect(await test.store.prune(0)).toMatchObject({ runs: 1 });
    expect(await test.store.writeMethodsKnown()).toEqual(new Map([['8841 x', 'full-form']]));
  });
});

describe('the ways to write that are known to work, on a full disk', () => {
  const test = useStore();

  it('a way that cannot be stored says so, and leaves the known one', async () => {
    await test.store.rememberWriteMethod('8841 x', 'full-form');
    await test.store.close();
    const store = await test.open({ maxPages: 1 });
    const refused = await store.rememberWriteMethod('8841 y', 'z'.repeat(100_000)).catch((error: unknown) => error);
    expect([isStoreError(refused), (refused as { code: string }).code]).toEqual([true, 'store-full']);
    expect(await store.writeMethodsKnown()).toEqual(new Map([['8841 x', 'full-form']]));
  });
});

describeStores('phones put off', (useStore) => {
  const test = useStore();
  const mac = '00CCFC123456';
  const deferral = { attempts: 2, nextAttemptAt: '2026-01-15T01:20:00.000Z', code: 'busy' };

  it('carry when they are to be tried again', async () => {
    const other = { attempts: 1, nextAttemptAt: '2026-01-15T01:10:00.000Z', code: 'connect-refused' };
    const recorder = await begin(test, 'run-1');
    recorder.saveTarget(endedTarget(samplePhone()));
    recorder.saveDeferral(mac, deferral);
    recorder.saveDeferral('00CCFC000009', other);
    await recorder.close();
    // Also one that no run has identified yet: the inventory may have named its MAC.
    expect(await (await test.reopen()).deferrals()).toEqual([
      { mac: '00CCFC000009', ...other },
      { mac, ...deferral },
    ]);
  });

  it('are put off anew, and not any more', async () => {
    const recorder = await begin(test, 'run-1');
    recorder.saveDeferral(mac, deferral);
    recorder.saveDeferral(mac, { ...deferral, attempts: 3 });
    await recorder.flush();
    expect(await test.store.deferrals()).toEqual([{ mac, ...deferral, attempts: 3 }]);
    recorder.saveDeferral(mac, null);
    await recorder.close();
    expect(await test.store.deferrals()).toEqual([]);
  });
});

describeStores('durations of steps', (useStore) => {
  const test = useStore();
  let recorder: Recorder;
  beforeEach(async () => {
    recorder = await begin(test, 'run-1');
  });
  const record = async (
    ms: number[],
    step: 'upgrade' | 'convert' = 'convert',
    profile = 'mpp-to-enterprise',
  ): Promise<void> => {
    ms.forEach((each, at) =>
      recorder.recordDuration({ mac: `00CCFC${100_000 + at}`, profile, step, ms: each, model: null, load: null }),
    );
    await recorder.flush();
  };

  it('are one each, also where a commit brings two of a step', async () => {
    const step = { mac: '00CCFC000001', profile: 'p', step: 'convert', model: null, load: null } as const;
    recorder.recordDuration({ ...step, ms: 1_000 });
    recorder.recordDuration({ ...step, ms: 2_000 });
    await recorder.flush();
    expect(await test.store.durations('p', 'convert')).toEqual({ count: 1, p05Ms: 2_000, p95Ms: 2_000 });
  });

  it('have a 95th percentile by nearest rank, per profile and step', async () => {
    await record([...Array(100).keys()].map((at) => (at + 1) * 1_000));
    await record([7_000.4], 'upgrade');
    await record([1], 'convert', 'other');
    expect(await test.store.durations('mpp-to-enterprise', 'convert')).toEqual({
      count: 100,
      p05Ms: 5_000,
      p95Ms: 95_000,
    });
    expect(await test.store.durations('mpp-to-enterprise', 'upgrade')).toEqual({
      count: 1,
      p05Ms: 7_000,
      p95Ms: 7_000,
    });
    expect(await test.store.durations('mpp-to-enterprise', 'authorize')).toEqual({
      count: 0,
      p05Ms: null,
      p95Ms: null,
    });
    await recorder.close();
  });

  it('count once for a phone and run, and only the newest thousand', async () => {
    await record([5_000]);
    await record([9_000]);
    expect(await test.store.durations('mpp-to-enterprise', 'convert')).toEqual({
      count: 1,
      p05Ms: 9_000,
      p95Ms: 9_000,
    });
    await recorder.close();
    await test.clock.pass(1);
    recorder = await begin(test, 'run-2');
    await record(Array<number>(1_000).fill(2_000));
    expect(await test.store.durations('mpp-to-enterprise', 'convert')).toEqual({
      count: 1_000,
      p05Ms: 2_000,
      p95Ms: 2_000,
    });
    await recorder.close();
  });
});

describeStores('how long steps took, for what is modeled by it', (useStore) => {
  const test = useStore();
  const mac = '00CCFC123456';

  it('says on which model and to which load, the latest first', async () => {
    const recorder = await begin(test, 'run-1');
    const step = { profile: 'p', step: 'convert', model: '8841', load: 'sip88xx.14-2-1-0101-26' } as const;
    recorder.recordDuration({ ...step, mac, ms: 1_000 });
    await test.clock.pass(1_000);
    recorder.recordDuration({ ...step, mac: '00CCFC000002', ms: 2_000, load: null });
    recorder.recordDuration({ ...step, mac: '00CCFC000003', ms: 3_000, profile: 'other' });
    await recorder.close();
    expect(await test.store.stepTimes('p')).toEqual([
      { step: 'convert', model: '8841', load: null, ms: 2_000 },
      { step: 'convert', model: '8841', load: 'sip88xx.14-2-1-0101-26', ms: 1_000 },
    ]);
  });

  it('has the model of the phone where an earlier version has kept none', async () => {
    const recorder = await begin(test, 'run-1');
    recorder.saveTarget(endedTarget(samplePhone()));
    recorder.recordDuration({ mac, profile: 'p', step: 'convert', ms: 1_000, model: null, load: null });
    await recorder.close();
    expect(await test.store.stepTimes('p')).toEqual([{ step: 'convert', model: '8841', load: null, ms: 1_000 }]);
  });
});
