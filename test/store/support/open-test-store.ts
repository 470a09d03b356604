import { afterAll, afterEach, beforeAll, beforeEach, describe } from '@jest/globals';
import Libsql from 'libsql';
import pg from 'pg';
import { openStore, type StoreOptions } from '../../../src/store/open-store.js';
import { isAddress } from '../../../src/store/place.js';
import { migrateDatabase } from '../../../src/store/postgres/open-database.js';
import type { Store } from '../../../src/store/store.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { PostgresCluster, whyNoPostgres } from '../../support/postgres/cluster.js';
import { StandingClock } from './standing-clock.js';

/** A store in a real file or a real database, a new one for each test. */
export interface TestStore {
  readonly store: Store;
  readonly clock: StandingClock;
  /** Its path, or its address. */
  readonly path: string;
  /** A further connection to the same store; closed after the test. */
  open(options?: Partial<StoreOptions>): Promise<Store>;
  /** Closes the store and opens it again, as the next run would. */
  reopen(): Promise<Store>;
}

/** Sets up a store before each test of the suite and takes it away afterwards. */
export type UseStore = (options?: Partial<StoreOptions>) => TestStore;

/** Where a store can be opened: a file that is not there yet, or a database without rows. */
interface Place {
  /** Its path, or its address. */
  path: string;
  remove: () => Promise<void>;
}

/** In a file. */
export const useStore: UseStore = (options) => use(fileOfItsOwn, options);

/** The same tests for a store in a file and for one in PostgreSQL, which are skipped where there is none. */
export function describeStores(title: string, tests: (use: UseStore, newPlace: () => Promise<Place>) => void): void {
  describe(`${title}, in a file`, () => tests(useStore, fileOfItsOwn));
  describeInPostgres(`${title}, in PostgreSQL`, () => {
    const cluster = useCluster();
    const newPlace = (): Promise<Place> => databaseOfItsOwn(cluster());
    tests((options) => use(newPlace, options), newPlace);
  });
}

/** Tests that need PostgreSQL, or say that it is not here. */
export function describeInPostgres(title: string, tests: () => void): void {
  if (whyNoPostgres === null) describe(title, tests);
  else describe.skip(`${title} (${whyNoPostgres})`, tests);
}

/** One server for the tests of a suite. */
export function useCluster(settings: readonly string[] = []): () => PostgresCluster {
  let cluster: PostgresCluster | undefined;
  beforeAll(async () => {
    cluster = await PostgresCluster.start(settings);
  });
  afterAll(() => cluster?.remove());
  return () => {
    if (cluster === undefined) throw new Error('no server was started');
    return cluster;
  };
}

function use(newPlace: () => Promise<Place>, options: Partial<StoreOptions> = {}): TestStore {
  let place: Place;
  let clock: StandingClock;
  let stores: Store[];
  const open = async (more: Partial<StoreOptions> = {}): Promise<Store> => {
    const store = await openStore({ path: place.path, clock, ...options, ...more });
    stores.push(store);
    return store;
  };
  beforeEach(async () => {
    place = await newPlace();
    clock = new StandingClock();
    stores = [];
    await open();
  });
  afterEach(async () => {
    for (const store of stores) await store.close();
    await place.remove();
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
      return place.path;
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

function fileOfItsOwn(): Promise<Place> {
  const folder = temporaryFolder();
  return Promise.resolve({ path: folder.file('fleet.db'), remove: () => Promise.resolve(folder.remove()) });
}

async function databaseOfItsOwn(cluster: PostgresCluster): Promise<Place> {
  const path = await cluster.database();
  await migrateDatabase({ path, access: { password: null, ca: null } });
  return { path, remove: () => cluster.drop(path) };
}

/** What a statement gives, over a connection of its own: `?` stands for each value. */
export async function rowsOf<Row extends object>(path: string, sql: string, ...values: unknown[]): Promise<Row[]> {
  return isAddress(path) ? inDatabase(path, sql, values) : inFile(path, sql, values);
}

function inFile<Row>(path: string, sql: string, values: readonly unknown[]): Row[] {
  const file = new Libsql(path);
  try {
    const statement = file.prepare(sql);
    if (statement.reader) return statement.all(...(values as never[])) as Row[];
    statement.run(...(values as never[]));
    return [];
  } finally {
    file.close();
  }
}

async function inDatabase<Row extends object>(path: string, sql: string, values: readonly unknown[]): Promise<Row[]> {
  let mark = 0;
  const client = new pg.Client({
    connectionString: path,
    options: '-c search_path=fleet_migrate',
    types: { getTypeParser: ((type: number) => (type === 20 ? Number : String)) as never },
  });
  await client.connect();
  try {
    return (
      await client.query<Row>(
        sql.replaceAll('?', () => `$${(mark += 1)}`),
        [...values],
      )
    ).rows;
  } finally {
    await client.end();
  }
}
