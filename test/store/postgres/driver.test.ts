import { expect, it } from '@jest/globals';
import { sql } from 'kysely';
import pg from 'pg';
import { describeInPostgres, rowsOf, useCluster } from '../support/open-test-store.js';
import { newRun } from '../support/samples.js';
import { openStore } from '../../../src/store/open-store.js';
import { writeLock } from '../../../src/store/postgres/driver.js';
import { migrateDatabase, openDatabase } from '../../../src/store/postgres/open-database.js';
import type { Store } from '../../../src/store/store.js';
import type { Backing } from '../../../src/store/store-over.js';
import { StandingClock } from '../support/standing-clock.js';

const access = { password: null, ca: null };

describeInPostgres('a store in PostgreSQL, while it is used', () => {
  const cluster = useCluster();
  const using = async (
    work: (store: Store, path: string) => Promise<void>,
    options: { busyTimeoutMs?: number } = {},
  ): Promise<void> => {
    const path = await cluster().database();
    await migrateDatabase({ path, access });
    const store = await openStore({ path, clock: new StandingClock(), ...options });
    try {
      await work(store, path);
    } finally {
      await store.close();
    }
  };
  const endSessions = (path: string): Promise<object[]> =>
    rowsOf(path, "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'fleet-migrate'");

  it('goes on over other connections when those it had are gone', () =>
    using(async (store, path) => {
      await store.beginRun(newRun('a'));
      await endSessions(path);
      expect((await store.run('a'))?.id).toBe('a');
    }));

  it('says that the database is away when it is, and goes on once it is back', () =>
    using(async (store, path) => {
      await store.beginRun(newRun('a'));
      await cluster().stop();
      await expect(store.beginRun(newRun('b'))).rejects.toMatchObject({
        code: 'store-away',
        message: `The database ${path} does not answer (connect ECONNREFUSED 127.0.0.1:${cluster().port}).`,
      });
      await cluster().start();
      await store.beginRun(newRun('b'));
      expect((await store.runs()).map(({ id }) => id)).toEqual(['b', 'a']);
    }));

  it('lets those of one process write in turn: none of them keeps the server waiting for another', () =>
    using(async (_, path) => {
      const { db, close } = await openDatabase({ path, access }, { writes: true });
      const said: string[] = [];
      let go = (): void => {};
      let first: Promise<void> = Promise.resolve();
      await new Promise<void>((begun) => {
        first = db.transaction().execute(async () => {
          begun();
          await new Promise<void>((resolve) => (go = resolve));
        });
      });
      const failing = db.transaction().execute(async (trx) => {
        said.push('failing');
        await sql`select 1 / 0`.execute(trx);
      });
      const last = db.transaction().execute(() => Promise.resolve(said.push('last')));
      expect(await rowsOf(path, "select 1 from pg_locks where locktype = 'advisory' and not granted")).toEqual([]);
      expect(said).toEqual([]);
      go();
      await expect(failing).rejects.toThrow('division by zero');
      await first;
      await last;
      expect(said.toSorted()).toEqual(['failing', 'last']);
      await close();
    }));

  /** Two processes, and a transaction of the first that goes on until it is told to end. */
  const withTwo = (
    test: (two: { first: Backing; second: Backing; open: () => Promise<() => Promise<void>> }) => Promise<void>,
  ): Promise<void> =>
    using(async (_, path) => {
      const first = await openDatabase({ path, access }, { writes: true });
      const second = await openDatabase({ path, access }, { writes: true });
      const open = async (): Promise<() => Promise<void>> => {
        let end = (): void => {};
        let done: Promise<void> = Promise.resolve();
        await new Promise<void>((begun) => {
          done = first.beside(async () => {
            begun();
            await new Promise<void>((resolve) => (end = resolve));
          });
        });
        return () => {
          end();
          return done;
        };
      };
      try {
        await test({ first, second, open });
      } finally {
        await first.close();
        await second.close();
      }
    });

  it('lets workers write beside each other, and everybody else alone', () =>
    withTwo(async ({ second, open }) => {
      const end = await open();
      expect(await second.beside(() => Promise.resolve('beside'))).toBe('beside');
      const said: string[] = [];
      const alone = second.db.transaction().execute(() => Promise.resolve(said.push('alone')));
      const read = await second.db.selectFrom('runs').selectAll().execute();
      expect([read, said]).toEqual([[], []]);
      await end();
      await alone;
      expect(said).toEqual(['alone']);
    }));

  it('does again what was undone as two waited for each other', () =>
    withTwo(async ({ first, second }) => {
      const values = { host: 'h', pid: 1, version: '0', sites: '[]', started_at: '', leaving: 0, jobs: 0, seen_ms: 0 };
      await first.db
        .insertInto('workers')
        .values([
          { id: 'a', ...values },
          { id: 'b', ...values },
        ])
        .execute();
      let tries = 0;
      let both = (): void => {};
      const bothHaveOne = new Promise<void>((resolve) => (both = resolve));
      const inOrder = (of: Backing, ...ids: [string, string]): Promise<void> =>
        of.beside(async (trx) => {
          const count = (id: string): Promise<unknown> =>
            trx
              .updateTable('workers')
              .set((eb) => ({ jobs: eb('jobs', '+', 1) }))
              .where('id', '=', id)
              .execute();
          await count(ids[0]);
          tries += 1;
          if (tries === 2) both();
          await bothHaveOne;
          await count(ids[1]);
        });
      await Promise.all([inOrder(first, 'a', 'b'), inOrder(second, 'b', 'a')]);
      const rows = await first.db.selectFrom('workers').select('jobs').execute();
      expect([tries, rows.map(({ jobs }) => jobs)]).toEqual([3, [2, 2]]);
    }));

  it('says that another session holds it, when that takes too long, and goes on when it has let go', () =>
    using(
      async (store, path) => {
        const other = new pg.Client({ connectionString: path });
        await other.connect();
        await other.query(`begin; select pg_advisory_xact_lock(${writeLock})`);
        // Who only reads waits for nobody.
        expect(await store.runs()).toEqual([]);
        await expect(store.beginRun(newRun('a'))).rejects.toMatchObject({
          code: 'store-busy',
          message: `The database ${path} was held by another session for too long (55P03: canceling statement due to lock timeout); pg_stat_activity there shows which one.`,
        });
        await other.end();
        await store.beginRun(newRun('a'));
      },
      { busyTimeoutMs: 50 },
    ));

  it('is not held up by one who stands still within a transaction, as a frozen process: that one has lost it', () =>
    using(async (store, path) => {
      const { db, close } = await openDatabase({ path, access, idleMs: 100 }, { writes: true });
      const frozen = db.transaction().execute(async (trx) => {
        await trx.updateTable('runs').set({ state: 'finished' }).execute();
        await store.beginRun(newRun('a'));
        await trx.updateTable('runs').set({ state: 'finished' }).execute();
      });
      await expect(frozen).rejects.toMatchObject({ code: 'store-away' });
      expect((await store.run('a'))?.state).toBe('running');
      await close();
    }));

  it('has what was committed on the disk, also where the database was set to be quicker', () =>
    using(async (store, path) => {
      await rowsOf(path, `alter database ${new URL(path).pathname.slice(1)} set synchronous_commit = off`);
      const { db, close } = await openDatabase({ path, access }, { writes: true });
      const { rows } = await sql<{ synchronous_commit: string }>`show synchronous_commit`.execute(db);
      expect(rows).toEqual([{ synchronous_commit: 'on' }]);
      await close();
      await store.beginRun(newRun('a'));
    }));
});
