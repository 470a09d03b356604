import { describe, expect, it } from '@jest/globals';
import { isStoreError } from '../../../src/store/store-error.js';
import { useStore } from '../support/open-test-store.js';
import { allOf, newRun, waitingTarget } from '../support/samples.js';

describe('a disk that is full', () => {
  const test = useStore();
  const target = (number: number) =>
    waitingTarget({ address: `10.0.0.${number}`, snapshot: { padding: 'x'.repeat(3_000) } });

  it('refuses the intent in a sentence, keeps what was stored, and goes on when there is space again', async () => {
    await test.store.beginRun(newRun('run-1'));
    await test.store.close();
    const store = await test.open({ maxPages: 60 });
    const errors: unknown[] = [];
    const recorder = store.recorder('run-1', { onError: (error) => void errors.push(error) });
    let stored = 0;
    const fill = async (): Promise<void> => {
      for (; stored < 100; stored += 1) await recorder.intent(target(stored), { number: stored });
    };
    const refused = await fill().catch((error: unknown) => error);
    expect(isStoreError(refused)).toBe(true);
    expect(refused).toMatchObject({
      code: 'store-full',
      message: `The store ${test.path} cannot grow, the disk is full; free some space, then fleet-migrate resume goes on with it.`,
    });
    expect(errors).toEqual([refused]);
    expect(stored).toBeGreaterThan(5);

    // Nothing of the refused intent is there, all of the others are.
    recorder.event({ event: 'evidence', at: test.clock.iso(), address: null, mac: null, text: 'y'.repeat(9_000) });
    await expect(recorder.flush()).rejects.toMatchObject({ code: 'store-full' });
    await expect(recorder.close()).rejects.toMatchObject({ code: 'store-full' });
    await store.close();
    const later = await test.open();
    const intents = (await allOf(later.eventsOf('run-1'))).map(({ event, number }) => [event, number]);
    expect(intents).toEqual([...Array(stored).keys()].map((number) => ['intent', number]));
    expect(await allOf(later.targetsOf('run-1'))).toHaveLength(stored);
  });
});
