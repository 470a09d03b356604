import { expect, it } from '@jest/globals';
import type { NamedSite } from '../../src/domain/network/written-site.js';
import { describeStores, rowsOf } from './support/open-test-store.js';
import { storeRun } from './support/samples.js';

const berlin: NamedSite = {
  name: 'berlin',
  site: { subnets: ['10.1.0.0/16'], credentials: [{ password: 'file:/secrets/berlin' }] },
};
const paris: NamedSite = { name: 'paris', site: { subnets: ['10.2.0.0/16'], tags: ['west'] } };

describeStores('sites in the store', (useStore) => {
  const test = useStore();

  it('are none in a new store', async () => {
    expect(await test.store.sites()).toEqual([]);
  });

  it('are there for the next command as they were written, in their order', async () => {
    await test.store.replaceSites([paris, berlin]);
    const changedAt = test.clock.iso();
    const store = await test.reopen();
    expect(await store.sites()).toEqual([
      { ...paris, changedAt },
      { ...berlin, changedAt },
    ]);
  });

  it('are replaced as a whole, which tells what became of each', async () => {
    expect(await test.store.replaceSites([berlin, paris])).toEqual({
      ...{ added: ['berlin', 'paris'], changed: [], removed: [], unchanged: [] },
    });
    const [first] = await test.store.sites();
    await test.clock.pass(60_000);
    const london = { name: 'london', site: { subnets: ['10.3.0.0/16'] } };
    const wider = { name: 'paris', site: { subnets: ['10.2.0.0/15'] } };
    expect(await test.store.replaceSites([london, wider, berlin])).toEqual({
      ...{
        added: ['london'],
        changed: [{ name: 'paris', keys: ['subnets', 'tags'] }],
        removed: [],
        unchanged: ['berlin'],
      },
    });
    const now = await test.store.sites();
    expect(now.map(({ name }) => name)).toEqual(['london', 'paris', 'berlin']);
    expect(now.map(({ changedAt }) => changedAt === first?.changedAt)).toEqual([false, false, true]);
    expect(await test.store.replaceSites([])).toMatchObject({ removed: ['berlin', 'london', 'paris'] });
    expect(await test.store.sites()).toEqual([]);
  });

  it('are replaced all or none', async () => {
    await test.store.replaceSites([berlin]);
    await expect(test.store.replaceSites([paris, paris])).rejects.toThrow();
    expect(await test.store.sites()).toMatchObject([berlin]);
  });

  it('stay when runs are pruned', async () => {
    await test.store.replaceSites([berlin]);
    await storeRun(test.store, 'run-1', []);
    expect(await test.store.prune(0)).toMatchObject({ runs: 1 });
    expect(await test.store.sites()).toHaveLength(1);
  });

  it('come in their order however the rows lie', async () => {
    await test.store.replaceSites([paris, berlin]);
    await rowsOf(test.path, 'update sites set position = 2 where name = ?', 'paris');
    expect((await test.store.sites()).map(({ name }) => name)).toEqual(['berlin', 'paris']);
  });
});
