import { expect, it } from '@jest/globals';
import { sql } from 'kysely';
import pg from 'pg';
import { describeInPostgres, rowsOf, useCluster } from '../support/open-test-store.js';
import { newRun } from '../support/samples.js';
import { openStore } from '../../../src/store/open-store.js';
import { writeLock } from '../../../src/store/postgres/driver.js';
import { migrateDatabase, openDatabase } from '../../../src/store/postgres/open-database.js';
import type { Store } from '../../../src/store/store.js';
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
