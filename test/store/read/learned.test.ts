import { describe, expect, it } from '@jest/globals';
import { isStoreError } from '../../../src/store/store-error.js';
import { useStore } from '../support/open-test-store.js';
import { storeRun } from '../support/samples.js';

describe('the ways to write that are known to work', () => {
  const test = useStore();

  it('are none in a new store', async () => {
    expect(await test.store.waysKnown()).toEqual(new Map());
  });

  it('are there for the next run, the last one that worked for each kind of phone', async () => {
    await test.store.rememberWay('8841 sip88xx.12-0-3MPP0001-87', 'partial-form');
    await test.store.rememberWay('7841 sip78xx.11-3-5MPP0001-1', 'partial-form');
    await test.store.rememberWay('8841 sip88xx.12-0-3MPP0001-87', 'full-form referer');
    const store = await test.reopen();
    expect(await store.waysKnown()).toEqual(
      new Map([
        ['7841 sip78xx.11-3-5MPP0001-1', 'partial-form'],
        ['8841 sip88xx.12-0-3MPP0001-87', 'full-form referer'],
      ]),
    );
  });

  it('stay when runs are pruned', async () => {
    await test.store.rememberWay('8841 x', 'full-form');
    await storeRun(test.store, 'run-1', []);
    expect(await test.store.prune(0)).toMatchObject({ runs: 1 });
    expect(await test.store.waysKnown()).toEqual(new Map([['8841 x', 'full-form']]));
  });

  it('a way that cannot be stored says so, and leaves the known one', async () => {
    await test.store.rememberWay('8841 x', 'full-form');
    await test.store.close();
    const store = await test.open({ maxPages: 1 });
    const refused = await store.rememberWay('8841 y', 'z'.repeat(100_000)).catch((error: unknown) => error);
    expect([isStoreError(refused), (refused as { code: string }).code]).toEqual([true, 'store-full']);
    expect(await store.waysKnown()).toEqual(new Map([['8841 x', 'full-form']]));
  });
});
