import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chownSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import selfsigned from 'selfsigned';
import { openStore, openStoreToRead } from '../../../src/store/open-store.js';
import type { ServerAccess } from '../../../src/store/place.js';
import { checkDatabase } from '../../../src/store/postgres/check-database.js';
import { lookAtDatabase, migrateDatabase } from '../../../src/store/postgres/open-database.js';
import { migrations } from '../../../src/store/schema/migrations.js';
import { isStoreOpenError, type StoreOpenError } from '../../../src/store/store-error.js';
import { guarded, guardedPassword, type PostgresCluster } from '../../support/postgres/cluster.js';
import { describeInPostgres, rowsOf, useCluster } from '../support/open-test-store.js';
import { newRun } from '../support/samples.js';
import { StandingClock } from '../support/standing-clock.js';

const clock = new StandingClock();
const nobody: ServerAccess = { password: null, ca: null };

async function open(path: string, access = nobody): Promise<void> {
  await (await openStore({ path, access, clock })).close();
}

/** What is said of a database that is not opened. */
async function refusalOf(work: Promise<unknown>): Promise<StoreOpenError> {
  try {
    await work;
  } catch (error) {
    if (isStoreOpenError(error)) return error;
    throw error;
  }
  throw new Error('it was opened');
}

async function made(cluster: PostgresCluster, options?: string): Promise<string> {
  const path = await cluster.database(options === undefined ? {} : { options });
  await migrateDatabase({ path, access: nobody });
  return path;
}

/** Sockets of this process that are connected to a port. */
function connectionsHere(port: number): number {
  const handles = (
    process as unknown as { _getActiveHandles: () => { remotePort?: number; destroyed?: boolean }[] }
  )._getActiveHandles();
  return handles.filter(({ remotePort, destroyed }) => remotePort === port && destroyed !== true).length;
}

describeInPostgres('a store in PostgreSQL', () => {
  const cluster = useCluster();

  it('again finds what was stored', async () => {
    const path = await made(cluster());
    const first = await openStore({ path, clock });
    await first.beginRun(newRun('a'));
    await first.close();
    const second = await openStoreToRead({ path, clock });
    expect((await second.run('a'))?.profile).toBe('mpp-to-enterprise');
    expect([second.path, second.isCurrent()]).toEqual([path, true]);
    await second.close();
  });

  it('has tables of its own beside those of others, and is made by db migrate alone', async () => {
    const path = await cluster().database();
    await rowsOf(path, 'create table public.runs (mileage int)');
    expect(await refusalOf(open(path))).toMatchObject({
      problem: 'older',
      message: `The database ${path} has no tables of fleet-migrate yet; make them with: fleet-migrate db migrate --db ${path}`,
    });
    expect(await migrateDatabase({ path, access: nobody })).toEqual({ before: null, now: migrations.length });
    expect(await migrateDatabase({ path, access: nobody })).toEqual({
      before: migrations.length,
      now: migrations.length,
    });
    await open(path);
    expect(await rowsOf(path, 'select mileage from public.runs')).toEqual([]);
  });

  it('of an older version is refused until it is brought up to date, also by those who only read', async () => {
    const path = await made(cluster());
    await rowsOf(path, 'update schema_version set version = 3');
    const message = `The database ${path} was made by an older fleet-migrate (its schema is 3, this one needs ${migrations.length}); bring it up to date with: fleet-migrate db migrate --db ${path}`;
    expect(await refusalOf(open(path))).toMatchObject({ problem: 'older', message });
    expect(await refusalOf(openStoreToRead({ path, clock }))).toMatchObject({ problem: 'older', message });
  });

  it('of a newer version is refused, and left as it is', async () => {
    const path = await made(cluster());
    await rowsOf(path, 'update schema_version set version = 99');
    const message = `The store ${path} was written by a newer fleet-migrate (its schema is 99, this one knows ${migrations.length}); update fleet-migrate, or name another database with --db.`;
    for (const attempt of [open(path), migrateDatabase({ path, access: nobody })])
      expect(await refusalOf(attempt)).toMatchObject({ problem: 'newer', message });
    expect(await rowsOf(path, 'select version from schema_version')).toEqual([{ version: 99 }]);
  });

  it('is made once, however many do so at once', async () => {
    const path = await cluster().database();
    const all = await Promise.all([1, 2, 3, 4].map(() => migrateDatabase({ path, access: nobody })));
    expect(all.map(({ before }) => before).toSorted()).toEqual([...Array<number>(3).fill(migrations.length), null]);
  });

  it('that holds no Unicode is refused with what makes one that does', async () => {
    const path = await cluster().database({ options: "encoding 'LATIN1' locale 'C' template template0" });
    const said =
      /^The database .* holds text in LATIN1, which lacks letters that phones show; make one with: createdb --encoding UTF8 --template template0 fleet\d+$/;
    expect((await refusalOf(migrateDatabase({ path, access: nobody }))).message).toMatch(said);
    // A check finds it before anything is made there.
    const { problem } = await lookAtDatabase({ path, access: nobody }, (_, seen) => Promise.resolve(seen));
    expect(problem).toMatch(said);
  });

  it('that takes no writes is refused before a run begins', async () => {
    const path = await cluster().database();
    await migrateDatabase({ path, access: nobody });
    await rowsOf(path, `alter database ${path.split('/').at(-1)} set default_transaction_read_only = on`);
    expect((await refusalOf(open(path))).message).toMatch(/takes no writes \(default_transaction_read_only is on/);
  });

  it('that is not there, on its server or at all', async () => {
    expect((await refusalOf(open(cluster().address('nowhere')))).message).toBe(
      `The database ${cluster().address('nowhere')} is not there on its server; make it (createdb), or name another with --db.`,
    );
    const path = 'postgres://fleet@127.0.0.1:1/fleet';
    expect(await refusalOf(open(path))).toMatchObject({
      problem: 'away',
      message: `The database ${path} does not answer (connect ECONNREFUSED 127.0.0.1:1); check host and port, whether PostgreSQL runs there, and its firewall.`,
    });
  });

  describe('asks for a password', () => {
    let path: string;
    beforeAll(async () => {
      const of = await made(cluster());
      await rowsOf(of, `create role ${guarded} login password '${guardedPassword}'`);
      await rowsOf(of, `grant usage on schema fleet_migrate to ${guarded}`);
      await rowsOf(of, `grant select on all tables in schema fleet_migrate to ${guarded}`);
      path = of.replace('fleet@', `${guarded}@`);
    });

    it('that is missing, or wrong, in one sentence', async () => {
      expect((await refusalOf(open(path))).message).toBe(
        `The database ${path} asks for a password; name it with --db-password-env or --db-password-file, or in PGPASSWORD or .pgpass.`,
      );
      const wrong = await refusalOf(open(path, { ...nobody, password: 'hunter2' }));
      expect(wrong.message).toBe(
        `The database ${path} refuses the password; check the user, and what --db-password-env, --db-password-file, PGPASSWORD or .pgpass tells.`,
      );
    });

    it('that is missing without holding on to the connection', async () => {
      await refusalOf(open(path));
      const [{ count } = { count: -1 }] = await cluster().ask<{ count: number }>(
        'postgres',
        `select count(*)::int from pg_stat_activity where application_name = 'fleet-migrate' and state is null`,
      );
      expect(count).toBe(0);
      expect(connectionsHere(cluster().port)).toBe(0);
    });

    it('and lets a user who may only read do so, and nothing else', async () => {
      const access = { ...nobody, password: guardedPassword };
      const store = await openStoreToRead({ path, access, clock });
      expect(await store.runs()).toEqual([]);
      await store.close();
      expect((await refusalOf(open(path, access))).message).toBe(
        `The user ${guarded} may not write to all of the database ${path}; name one that may (docs/postgresql.md says what it needs).`,
      );
      const { problems } = await checkDatabase({ path, access });
      // Reports are made of our tables alone, not of the queues.
      expect(problems[0]).toEqual({ weight: 'refused', sentence: expect.stringContaining('no run can begin') });
      expect((await refusalOf(migrateDatabase({ path, access }))).message).toMatch(
        /^The database .* does not permit this \(42501: permission denied .*\); docs\/postgresql\.md says what a user of it needs\.$/,
      );
    });
  });
});

describeInPostgres('a store in PostgreSQL behind TLS', () => {
  const cluster = useCluster();
  let ca: string;
  let path: string;
  beforeAll(async () => {
    const { cert, private: key } = await selfsigned.generate([{ name: 'commonName', value: 'db.example.com' }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'db.example.com' }] }],
    });
    const { dataFolder } = cluster();
    const { uid, gid } = statSync(dataFolder);
    for (const [name, text] of [
      ['server.crt', cert],
      ['server.key', key],
    ] as const) {
      const file = join(dataFolder, name);
      writeFileSync(file, text, { mode: 0o600 });
      if (process.getuid?.() === 0) chownSync(file, uid, gid);
    }
    ca = readFileSync(join(dataFolder, 'server.crt'), 'utf8');
    path = await made(cluster());
  });
  afterAll(() => cluster().stop());

  it('says so where the server speaks none, and takes it in the clear only where that was said', async () => {
    for (const mode of ['require', 'verify-ca', 'verify-full'])
      expect((await refusalOf(open(`${path}?sslmode=${mode}`))).message).toContain('speaks no TLS; switch it on there');
    await open(`${path}?sslmode=disable`);
    await open(path);
  });

  it('is checked as much as was asked', async () => {
    await cluster().stop();
    await cluster().start(['ssl=on']);
    const trusted = { ...nobody, ca };
    await open(`${path}?sslmode=require`);
    await open(`${path}?sslmode=require`, trusted);
    await open(`${path}?sslmode=verify-ca`, trusted);
    const strange =
      /has a certificate that is not trusted here \(.*\); name the certificate of its authority with --db-ca\.$/;
    for (const mode of ['verify-ca', 'verify-full'])
      expect((await refusalOf(open(`${path}?sslmode=${mode}`))).message).toMatch(strange);
    // A certificate that was named is checked, whatever the host is.
    for (const address of [`${path}?sslmode=verify-full`, path])
      expect((await refusalOf(open(address, trusted))).message).toMatch(
        /has a certificate for another name \(.*\); name the host as the certificate does, or write sslmode=verify-ca\.$/,
      );
    expect(await sessionsWithTls(path, trusted)).toBe(true);
  });
});

/** Whether the connection of an open store is one that nobody can read along. */
async function sessionsWithTls(path: string, access: ServerAccess): Promise<boolean> {
  const store = await openStore({ path: `${path}?sslmode=require`, access, clock });
  try {
    const rows = await rowsOf<{ ssl: boolean }>(
      path,
      "select ssl::text from pg_stat_ssl join pg_stat_activity using (pid) where application_name = 'fleet-migrate'",
    );
    return rows.length > 0 && rows.every(({ ssl }) => String(ssl) === 'true');
  } finally {
    await store.close();
  }
}
