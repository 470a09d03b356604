import { renameSync, rmSync, symlinkSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FollowedStore } from '../../../src/store/file/followed-store.js';
import { openStore, openStoreToRead } from '../../../src/store/open-store.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { storeRun } from '../support/samples.js';
import { StandingClock } from '../support/standing-clock.js';

describe('a store that is followed for days', () => {
  const clock = new StandingClock();
  let folder: ReturnType<typeof temporaryFolder>;
  let followed: FollowedStore;
  let opened: number;
  beforeEach(async () => {
    folder = temporaryFolder();
    await makeStore('fleet.db', 'a');
    follow('fleet.db');
  });
  afterEach(async () => {
    await followed.close();
    folder.remove();
  });

  async function makeStore(name: string, run: string): Promise<void> {
    const store = await openStore({ path: folder.file(name), clock });
    await storeRun(store, run, [{}]);
    await store.close();
  }
  function follow(name: string): void {
    opened = 0;
    const path = folder.file(name);
    followed = new FollowedStore(path, () => {
      opened += 1;
      return openStoreToRead({ path, clock });
    });
  }
  const runs = (): Promise<string[]> => followed.use(async (store) => (await store.runs()).map(({ id }) => id));
  const remove = (): void => {
    for (const end of ['', '-wal', '-shm']) rmSync(`${folder.file('fleet.db')}${end}`, { force: true });
  };

  it('is opened once for all who read it', async () => {
    expect(await Promise.all([runs(), runs()])).toEqual([['a'], ['a']]);
    await makeStore('fleet.db', 'b');
    expect([await runs(), opened]).toEqual([['b', 'a'].sort().reverse(), 1]);
  });

  it('is the one that took its place', async () => {
    await runs();
    await makeStore('other.db', 'b');
    remove();
    renameSync(folder.file('other.db'), folder.file('fleet.db'));
    expect(await Promise.all([runs(), runs()])).toEqual([['b'], ['b']]);
    expect(opened).toBe(2);
  });

  it('is the one that a link leads to now', async () => {
    await makeStore('other.db', 'b');
    symlinkSync(folder.file('fleet.db'), folder.file('link.db'));
    follow('link.db');
    await runs();
    rmSync(folder.file('link.db'));
    symlinkSync(folder.file('other.db'), folder.file('link.db'));
    expect(await runs()).toEqual(['b']);
  });

  it('is said to be gone while it is, is not made, and is there again afterwards', async () => {
    await runs();
    remove();
    await expect(runs()).rejects.toMatchObject({ name: 'StoreOpenError', problem: 'gone' });
    await expect(runs()).rejects.toThrow(/fleet\.db is not there any more: it was deleted or moved away/);
    await makeStore('fleet.db', 'b');
    expect(await runs()).toEqual(['b']);
  });

  it('is read to its end by those who read it when it goes', async () => {
    const told = followed.use(async (store) => {
      remove();
      await makeStore('fleet.db', 'b');
      expect(await runs()).toEqual(['b']);
      return (await store.runs()).map(({ id }) => id);
    });
    expect(await told).toEqual(['a']);
  });
});
