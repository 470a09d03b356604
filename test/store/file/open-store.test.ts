import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import Libsql from 'libsql';
import { isUsageError } from '../../../src/domain/text/usage-error.js';
import { migrations } from '../../../src/store/schema/migrations.js';
import { checkStorePath } from '../../../src/store/file/check-path.js';
import { openStore, openStoreToRead, type StoreOptions } from '../../../src/store/open-store.js';
import type { StoreOpenError } from '../../../src/store/store-error.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';
import { makeRottenStore } from '../support/rotten-store.js';
import { newRun } from '../support/samples.js';
import { StandingClock } from '../support/standing-clock.js';

describe('opening a store', () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());
  const clock = new StandingClock();
  const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

  const problemOf = async (path: string, options: Partial<StoreOptions> = {}): Promise<StoreOpenError> => {
    try {
      await (await openStore({ path, clock, ...options })).close();
    } catch (error) {
      if (isUsageError(error)) return error as StoreOpenError;
      throw error;
    }
    throw new Error('the store was opened');
  };

  const database = (name: string, sql: string): string => {
    const path = folder.file(name);
    const db = new Libsql(path);
    db.exec(sql);
    db.close();
    return path;
  };

  const kernelLocks = existsSync('/proc/locks') ? it : it.skip;
  kernelLocks('leaves the locks that this process has on a store, when it is checked or opened once more', async () => {
    const path = folder.file('twice.db');
    const first = await openStore({ path, clock });
    await first.runs();
    const { ino } = statSync(path);
    const locks = (): number =>
      readFileSync('/proc/locks', 'utf8')
        .split('\n')
        .filter((line) => line.includes(` ${process.pid} `) && line.includes(`:${ino} `)).length;
    const held = locks();
    expect(held).toBeGreaterThan(0);
    checkStorePath(path);
    expect(locks()).toBe(held);
    const second = await openStore({ path, clock });
    expect(locks()).toBe(held);
    await second.close();
    await first.close();
  });

  it('makes folder and file for their owner only, also what SQLite lays beside it', async () => {
    const path = join(folder.path, 'state', 'fleet-migrate', 'fleet.db');
    const store = await openStore({ path, clock });
    await store.beginRun(newRun('a'));
    expect([path, `${path}-wal`, `${path}-shm`].map(modeOf)).toEqual(['600', '600', '600']);
    expect(modeOf(join(folder.path, 'state', 'fleet-migrate'))).toBe('700');
    await store.close();
  });

  it('leaves the rights of what exists alone', async () => {
    const path = folder.file('shared.db');
    writeFileSync(path, '');
    chmodSync(path, 0o660);
    await (await openStore({ path, clock })).close();
    expect(modeOf(path)).toBe('660');
  });

  it('again finds what was stored', async () => {
    const path = folder.file('again.db');
    const first = await openStore({ path, clock });
    await first.beginRun(newRun('a'));
    await first.close();
    const second = await openStore({ path, clock });
    expect((await second.run('a'))?.profile).toBe('mpp-to-enterprise');
    await second.close();
    // What was in the log file is in the store itself when it is closed, so that one file can be copied away.
    copyFileSync(path, folder.file('copy.db'));
    const copy = await openStore({ path: folder.file('copy.db'), clock });
    expect((await copy.run('a'))?.id).toBe('a');
    await copy.close();
  });

  it('is closed by one who reads it without a hold on those who write', async () => {
    const path = folder.file('busy.db');
    const run = await openStore({ path, clock });
    await run.beginRun(newRun('a'));
    const logged = statSync(`${path}-wal`).size;
    const reader = await openStoreToRead({ path, clock });
    expect((await reader.run('a'))?.id).toBe('a');
    await reader.close();
    expect([logged > 0, statSync(`${path}-wal`).size]).toEqual([true, logged]);
    await run.close();
    expect(statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0).toBe(0);
  });

  it('makes no store of an empty file, or in a folder, where it is only to be read', async () => {
    const path = folder.file('empty.db');
    writeFileSync(path, '');
    await expect(openStoreToRead({ path, clock })).rejects.toThrow(
      `The store ${path} is empty: no run is kept in it yet; name another file with --db.`,
    );
    expect(statSync(path).size).toBe(0);
    await expect(openStoreToRead({ path: folder.path, clock })).rejects.toThrow(
      `The store ${folder.path} is a folder; name the file in it with --db.`,
    );
  });

  it('refuses one that a newer version wrote, and leaves it as it is', async () => {
    const path = database(
      'newer.db',
      'create table schema_version (version integer); insert into schema_version values (99)',
    );
    expect(await problemOf(path)).toMatchObject({
      problem: 'newer',
      message: `The store ${path} was written by a newer fleet-migrate (its schema is 99, this one knows ${migrations.length}); update fleet-migrate, or name another file with --db.`,
    });
    const db = new Libsql(path);
    expect(db.prepare('select name from sqlite_master').all()).toEqual([{ name: 'schema_version' }]);
    db.close();
  });

  it('refuses a database of another program', async () => {
    const path = database('other.db', 'create table songs (title text)');
    expect(await problemOf(path)).toMatchObject({
      problem: 'not-a-store',
      message: `${path} is a database of another program; name another file with --db, or leave --db out.`,
    });
  });

  it('refuses a file that is no database', async () => {
    const path = folder.file('notes.txt');
    writeFileSync(path, 'phones to move: all of them\n'.repeat(100));
    expect(await problemOf(path)).toMatchObject({ problem: 'not-a-store', message: expect.stringContaining(path) });
  });

  it('refuses a damaged store', async () => {
    const path = folder.file('damaged.db');
    await (await openStore({ path, clock })).close();
    const size = statSync(path).size;
    writeFileSync(path, Buffer.alloc(size - 100, 7), { flag: 'r+' });
    expect(await problemOf(path)).toMatchObject({ problem: 'not-a-store' });
  });

  it('finds damage anywhere in the file before a run, and only then reads all of it', async () => {
    const path = folder.file('rotten.db');
    await makeRottenStore(path);
    await (await openStore({ path, clock })).close();
    const problem = await problemOf(path, { thorough: true });
    expect(problem.problem).toBe('damaged');
    expect(problem.message).toMatch(/^The store .*rotten\.db is damaged \(.+\); move it away, .*\.$/);
  });

  it('refuses a pipe instead of waiting for it', async () => {
    const path = folder.file('pipe.db');
    spawnSync('mkfifo', [path]);
    expect(await problemOf(path)).toMatchObject({
      problem: 'no-access',
      message: `--db ${path} is not a regular file; name another with --db.`,
    });
  });

  it('refuses a folder, and a place that cannot be', async () => {
    mkdirSync(folder.file('a-folder'));
    expect(await problemOf(folder.file('a-folder'))).toMatchObject({
      problem: 'no-access',
      message: expect.stringContaining('EISDIR'),
    });
    writeFileSync(folder.file('a-file'), '');
    expect(await problemOf(join(folder.path, 'a-file', 'x.db'))).toMatchObject({ problem: 'no-access' });
  });

  it('refuses addresses of no database, which libsql would take for a server', async () => {
    for (const path of ['mysql://db.example/fleet', 'http://127.0.0.1:8080', 'file:///tmp/x.db'])
      expect(await problemOf(path)).toMatchObject({ problem: 'unsupported', message: expect.stringContaining(path) });
  });

  it('says so when there is no space for it', async () => {
    const path = folder.file('full.db');
    expect(await problemOf(path, { maxPages: 4 })).toMatchObject({
      problem: 'full',
      message: `The store ${path} cannot grow, the disk is full (SQLITE_FULL); free some space, or name another file with --db.`,
    });
  });

  it('says so when another process keeps it locked', async () => {
    const path = folder.file('locked.db');
    await (await openStore({ path, clock })).close();
    const other = new Libsql(path);
    other.exec('begin immediate');
    try {
      expect(await problemOf(path, { busyTimeoutMs: 50 })).toMatchObject({
        problem: 'busy',
        message: expect.stringContaining('locked by another process'),
      });
    } finally {
      other.exec('rollback');
      other.close();
    }
  });
});
