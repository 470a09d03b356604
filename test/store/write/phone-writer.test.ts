import { beforeEach, expect, it } from '@jest/globals';
import type { Recorder } from '../../../src/store/write/recorder.js';
import { samplePhone } from '../../report/support/sample.js';
import { describeStores } from '../support/open-test-store.js';
import { endedTarget, newRun, waitingTarget } from '../support/samples.js';
import { testStart } from '../support/standing-clock.js';
import { storedHistory, storedPhone, storedPhones } from '../support/stored-phones.js';

describeStores('the phones in the store', (useStore) => {
  const test = useStore();
  const mac = '00CCFC123456';
  let recorder: Recorder;
  const begin = async (id: string): Promise<Recorder> => {
    await test.store.beginRun(newRun(id));
    return test.store.recorder(id, { onError: () => undefined });
  };
  beforeEach(async () => {
    recorder = await begin('run-1');
  });

  it('are remembered as they were first seen, without a history', async () => {
    recorder.saveTarget(endedTarget(samplePhone()));
    await recorder.flush();
    expect(await storedPhone(test.path, mac)).toEqual({
      mac,
      address: '10.0.0.5',
      family: 'multiplatform',
      model: '8841',
      productId: 'CP-8841-3PCC',
      vid: 'V03',
      serial: 'FCH2012ABCD',
      softwareVersion: 'sip88xx.12-0-3MPP0001-87',
      hardwareVersion: 'V03',
      transitionAuthorizationType: 'Classic',
      returnWithoutLicense: 'yes',
      verdict: 'eligible',
      outcome: 'audited',
      failureCode: null,
      lastRun: 'run-1',
      firstSeenAt: testStart,
      lastSeenAt: testStart,
    });
    expect(await storedHistory(test.path, mac)).toEqual([]);
    await recorder.close();
  });

  it('have a history row for each field that changed', async () => {
    recorder.saveTarget(endedTarget(samplePhone()));
    await test.clock.pass(60_000);
    const change = { family: 'enterprise', softwareVersion: 'sip88xx.14-2-1-0101-26', vid: null } as const;
    recorder.saveTarget(endedTarget(samplePhone({ address: '10.0.0.77', ...change }), { key: '10.0.0.5' }));
    const at = test.clock.iso();
    await recorder.close();
    expect(await storedHistory(test.path, mac)).toEqual([
      { mac, at, runId: 'run-1', field: 'address', before: '10.0.0.5', after: '10.0.0.77' },
      { mac, at, runId: 'run-1', field: 'family', before: 'multiplatform', after: 'enterprise' },
      {
        mac,
        at,
        runId: 'run-1',
        field: 'softwareVersion',
        before: 'sip88xx.12-0-3MPP0001-87',
        after: 'sip88xx.14-2-1-0101-26',
      },
      { mac, at, runId: 'run-1', field: 'vid', before: 'V03', after: null },
    ]);
    expect(await storedPhone(test.path, mac)).toMatchObject({
      address: '10.0.0.77',
      vid: null,
      firstSeenAt: testStart,
      lastSeenAt: at,
    });
  });

  it('have the same history whether looks are committed together or one by one', async () => {
    const looks = [null, 'Classic', 'Classic', 'WxC', null].map((transitionAuthorizationType) => ({
      transitionAuthorizationType,
    }));
    for (const look of looks) {
      recorder.saveTarget(endedTarget(samplePhone(look)));
      recorder.saveTarget(endedTarget(samplePhone({ address: '10.0.0.6', mac: '00CCFC000006', ...look })));
      await test.clock.pass(1);
    }
    await recorder.close();
    const onceEach = await begin('run-2');
    for (const look of looks) {
      onceEach.saveTarget(endedTarget(samplePhone({ address: '10.0.0.7', mac: '00CCFC000007', ...look })));
      await onceEach.flush();
      await test.clock.pass(1);
    }
    await onceEach.close();
    const changes = async (of: string): Promise<unknown[]> =>
      (await storedHistory(test.path, of)).map(({ field, before, after }) => [field, before, after]);
    const expected = [
      ['transitionAuthorizationType', null, 'Classic'],
      ['transitionAuthorizationType', 'Classic', 'WxC'],
      ['transitionAuthorizationType', 'WxC', null],
    ];
    expect(await changes(mac)).toEqual(expected);
    expect(await changes('00CCFC000006')).toEqual(expected);
    expect(await changes('00CCFC000007')).toEqual(expected);
  });

  it('are taken from the report when they end, and not before, with outcome and failure', async () => {
    const failure = { code: 'busy', message: 'In a call.', hint: 'Later.' };
    recorder.saveTarget(endedTarget(samplePhone({ outcome: 'deferred', failure })));
    await recorder.close();
    expect(await storedPhone(test.path, mac)).toMatchObject({
      outcome: 'deferred',
      failureCode: 'busy',
      model: '8841',
      verdict: 'eligible',
    });
    const next = await begin('run-2');
    next.saveTarget(waitingTarget());
    await next.flush();
    expect(await storedPhone(test.path, mac)).toMatchObject({
      outcome: 'deferred',
      failureCode: 'busy',
      lastRun: 'run-1',
    });
    next.saveTarget(endedTarget(samplePhone({ outcome: 'done' })));
    await next.close();
    expect(await storedPhone(test.path, mac)).toMatchObject({ outcome: 'done', failureCode: null, lastRun: 'run-2' });
  });

  it('are not what could not be identified, nor a second address of the same MAC', async () => {
    recorder.saveTarget(endedTarget(samplePhone({ address: '10.0.0.1', mac: null, family: 'multiplatform' })));
    recorder.saveTarget(endedTarget(samplePhone({ address: '10.0.0.2', family: null })));
    recorder.saveTarget(endedTarget(samplePhone({ address: '10.0.0.5' })));
    const failure = { code: 'duplicate-mac', message: 'Twice.', hint: 'Again.' };
    recorder.saveTarget(endedTarget(samplePhone({ address: '10.0.0.9', outcome: 'blocked', failure })));
    await recorder.close();
    expect((await storedPhones(test.path)).map(({ address }) => address)).toEqual(['10.0.0.5']);
  });

  it('keep texts that no database can hold as near as can be, without calling that a change', async () => {
    const target = endedTarget(samplePhone({ serial: 'A\0B\ud800C😀' }));
    recorder.saveTarget(target);
    await recorder.close();
    const next = await begin('run-2');
    next.saveTarget(target);
    await next.close();
    expect((await storedPhone(test.path, mac))?.serial).toBe('A\uFFFDB\uFFFDC😀');
    expect(await storedHistory(test.path, mac)).toEqual([]);
  });

  it('are stored completely, however many end at once', async () => {
    const macs = [...Array(1_100).keys()].map((at) => `00CCFC${at.toString(16).toUpperCase().padStart(6, '0')}`);
    for (const each of macs.toReversed()) recorder.saveTarget(endedTarget(samplePhone({ address: each, mac: each })));
    await recorder.close();
    expect((await storedPhones(test.path)).map((phone) => phone.mac)).toEqual(macs);
  });

  it('are unknown until they are seen', async () => {
    expect(await storedPhone(test.path, mac)).toBeNull();
    await recorder.close();
  });
});
