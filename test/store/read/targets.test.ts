import { expect, it } from '@jest/globals';
import type { AnyEvent } from '../../../src/domain/report/events.js';
import type { Recorder } from '../../../src/store/write/recorder.js';
import { samplePhone } from '../../report/support/sample.js';
import { describeStores } from '../support/open-test-store.js';
import { allOf, asRow, endedTarget, newRun, waitingTarget } from '../support/samples.js';

describeStores('targets and events', (useStore) => {
  const test = useStore();
  const begin = async (id = 'run-1'): Promise<Recorder> => {
    await test.store.beginRun(newRun(id));
    return test.store.recorder(id, { onError: () => undefined });
  };

  it('come back as they were saved last', async () => {
    const recorder = await begin();
    const waiting = waitingTarget({ address: '10.0.0.6', mac: '00CCFC000006', snapshot: { plan: ['convert'], at: 1 } });
    const failed = endedTarget(samplePhone({ outcome: 'failed' }));
    recorder.saveTarget(waitingTarget({ address: '10.0.0.5', state: 'upgrading' }));
    await recorder.flush();
    recorder.saveTarget(failed);
    recorder.saveTarget(waiting);
    await recorder.close();
    const at = test.clock.iso();
    expect(await allOf((await test.reopen()).targetsOf('run-1'))).toEqual([asRow(failed, at), asRow(waiting, at)]);
  });

  it('can be taken out of a run that looks at them anew, not out of another', async () => {
    for (const id of ['run-1', 'run-2']) {
      const recorder = await begin(id);
      for (let n = 1; n <= 1_200; n += 1) recorder.saveTarget(waitingTarget({ address: `10.0.0.${n}` }));
      await recorder.close();
    }
    await test.store.forgetTargets(
      'run-1',
      Array.from({ length: 1_199 }, (_, n) => `10.0.0.${n + 1}`),
    );
    expect((await allOf(test.store.targetsOf('run-1'))).map(({ key }) => key)).toEqual(['10.0.0.1200']);
    expect(await allOf(test.store.targetsOf('run-2'))).toHaveLength(1_200);
  });

  it('say whether they may have been written to, and how they ended', async () => {
    const recorder = await begin();
    recorder.saveTarget(waitingTarget({ address: '10.0.0.1', state: 'waiting' }));
    recorder.saveTarget(waitingTarget({ address: '10.0.0.2', state: 'writing' }));
    recorder.saveTarget(waitingTarget({ address: '10.0.0.3', state: 'aborted' }));
    recorder.saveTarget(waitingTarget({ address: '10.0.0.4', state: 'unverified' }));
    await recorder.close();
    const rows = await allOf(test.store.targetsOf('run-1'));
    expect(rows.map(({ state, touched, outcome }) => [state, touched, outcome])).toEqual([
      ['waiting', false, null],
      ['writing', true, null],
      ['aborted', false, 'aborted'],
      ['unverified', true, 'unverified'],
    ]);
  });

  it('are read completely, however many, and only those of their run', async () => {
    const recorder = await begin();
    const other = await begin('run-2');
    for (let at = 0; at < 1_203; at += 1)
      recorder.saveTarget(waitingTarget({ address: `10.0.${at >> 8}.${at & 255}` }));
    other.saveTarget(waitingTarget());
    await recorder.close();
    await other.close();
    expect((await allOf(test.store.targetsOf('run-1'))).length).toBe(1_203);
    expect((await allOf(test.store.targetsOf('run-2'))).length).toBe(1);
  });

  it('are of a run that has begun, or are refused', async () => {
    const errors: unknown[] = [];
    const recorder = test.store.recorder('never-begun', { onError: (error) => void errors.push(error) });
    recorder.saveTarget(waitingTarget());
    await expect(recorder.flush()).rejects.toMatchObject({ code: 'store-broken' });
    expect(errors).toHaveLength(1);
  });

  it('events come back in order, with all their details, over reopening and resuming', async () => {
    const event = (name: string, mac: string | null, detail: object = {}): AnyEvent => ({
      event: name,
      at: test.clock.iso(),
      address: mac === null ? null : '10.0.0.5',
      mac,
      ...detail,
    });
    const before = [
      event('run-started', null, { dryRun: false, nested: { a: [1, null, 'x'] } }),
      event('evidence', '00CCFC123456', { text: 'half \ud800 a character, and \0 in the middle' }),
    ];
    const recorder = await begin();
    for (const each of before) recorder.event(each);
    await recorder.close();
    const store = await test.reopen();
    const after = [...Array(700).keys()].map((number) => event('state', '00CCFC000001', { number }));
    const resumed = store.recorder('run-1', { onError: () => undefined });
    for (const each of after) resumed.event(each);
    await resumed.close();
    expect(await allOf(store.eventsOf('run-1'))).toEqual([...before, ...after]);
  });

  it('an intent is an event of its own, before anything that follows from it', async () => {
    const recorder = await begin();
    await recorder.intent(waitingTarget({ state: 'writing' }), { step: 'convert' });
    const other = await test.open();
    expect(await allOf(other.eventsOf('run-1'))).toEqual([
      { event: 'intent', at: test.clock.iso(), address: '10.0.0.5', mac: '00CCFC123456', step: 'convert' },
    ]);
    expect(await allOf(other.targetsOf('run-1'))).toMatchObject([{ state: 'writing', touched: true }]);
    await recorder.close();
  });
});
