import { afterEach, beforeEach } from '@jest/globals';
import { openStore, type StoreOptions } from '../../../src/store/file/open-store.js';
import type { Store } from '../../../src/store/store.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { StandingClock } from './standing-clock.js';

/** A store in a real file, a new one for each test. */
export interface TestStore {
  readonly store: Store;
  readonly clock: StandingClock;
  readonly path: string;
  /** A further connection to the same file; closed after the test. */
  open(options?: Partial<StoreOptions>): Promise<Store>;
  /** Closes the store and opens it again, as the next run would. */
  reopen(): Promise<Store>;
}

/** Sets up a store before each test of the suite and takes it away afterwards. */
export function useStore(options: Partial<StoreOptions> = {}): TestStore {
  let folder: ReturnType<typeof temporaryFolder>;
  let clock: StandingClock;
  let stores: Store[];
  const open = async (more: Partial<StoreOptions> = {}): Promise<Store> => {
    const store = await openStore({ path: folder.file('fleet.db'), clock, ...options, ...more });
    stores.push(store);
    return store;
  };
  beforeEach(async () => {
    folder = temporaryFolder();
    clock = new StandingClock();
    stores = [];
    await open();
  });
  afterEach(async () => {
    for (const store of stores) await store.close();
    folder.remove();
  });
  const current = (): Store => {
    const store = stores[0];
    if (!store) throw new Error('no store is open');
    return store;
  };
  return {
    get store() {
      return current();
    },
    get clock() {
      return clock;
    },
    get path() {
      return folder.file('fleet.db');
    },
    open,
    reopen: async () => {
      await current().close();
      stores.shift();
      const store = await open();
      stores.unshift(...stores.splice(stores.indexOf(store), 1));
      return store;
    },
  };
}
