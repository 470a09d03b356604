import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Libsql from 'libsql';
import { SqliteFile } from '../../../src/store/sqlite/sqlite-file.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

describe('a SQLite file', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let file: SqliteFile;
  const open = (options = {}): SqliteFile => new SqliteFile(folder.file('x.db'), { busyTimeoutMs: 50, ...options });
  const within = (work: () => void): void => {
    file.begin();
    work();
    file.commit();
  };
  const count = (): unknown => file.prepare('select count(*) as n from t').all([]);
  beforeEach(() => {
    folder = temporaryFolder();
    file = open();
    within(() => file.prepare('create table t (a integer primary key, b text)').run([]));
  });
  afterEach(() => {
    file.close();
    folder.remove();
  });

  it.each([
    ['journal_mode', 'wal'],
    ['synchronous', 2],
    ['foreign_keys', 1],
    ['auto_vacuum', 2],
    ['busy_timeout', 50],
    ['journal_size_limit', 16_777_216],
  ])('has %s = %p, also when it is opened again', (pragma, value) => {
    const again = open();
    for (const each of [file, again]) {
      expect(Object.values(each.prepare(`pragma ${pragma}`).all([])[0] as object)).toEqual([value]);
    }
    again.close();
  });

  it('refuses a write outside of a transaction, which libsql might never commit', () => {
    expect(() => file.prepare('insert into t (b) values (?)').run(['x'])).toThrow('outside of a transaction');
    expect(() => file.prepare('insert into t (b) values (?) returning a').all(['x'])).toThrow(
      'outside of a transaction',
    );
    expect(count()).toEqual([{ n: 0 }]);
  });

  it('refuses a boolean, which would end the process', () => {
    expect(() => file.prepare('select ? as a').all([true])).toThrow(TypeError);
  });

  it('commits all of a transaction or nothing', () => {
    within(() => file.prepare('insert into t (b) values (?)').run(['x']));
    file.begin();
    file.prepare('insert into t (b) values (?)').run(['y']);
    file.rollback();
    expect(count()).toEqual([{ n: 1 }]);
  });

  it('may be rolled back when SQLite has done so itself', () => {
    file.close();
    file = open({ maxPages: 4 });
    file.begin();
    const insert = file.prepare('insert into t (b) values (?)');
    expect(() => {
      for (;;) insert.run(['x'.repeat(3_000)]);
    }).toThrow(expect.objectContaining({ code: 'store-full' }));
    file.rollback();
    expect(count()).toEqual([{ n: 0 }]);
  });

  it('meets a lock only where a transaction begins, and goes on as if nothing had been when it is gone', () => {
    const insert = file.prepare('insert into t (b) values (?)');
    within(() => insert.run(['x']));
    const other = new Libsql(folder.file('x.db'));
    other.exec('begin immediate');
    expect(() => file.begin()).toThrow(expect.objectContaining({ code: 'store-busy' }));
    other.exec("insert into t (b) values ('theirs')");
    other.exec('commit');
    within(() => insert.run(['y']));
    expect(other.prepare('select count(*) as n from t').all()).toEqual([{ n: 3 }]);
    // Nothing of ours is left that would keep them out.
    other.exec("insert into t (b) values ('theirs')");
    expect(count()).toEqual([{ n: 4 }]);
    other.close();
  });

  it('names what is broken, with the path', () => {
    within(() => file.prepare('insert into t values (1, ?)').run(['x']));
    file.begin();
    expect(() => file.prepare('insert into t values (1, ?)').run(['x'])).toThrow(
      expect.objectContaining({ code: 'store-broken', message: expect.stringContaining(folder.file('x.db')) }),
    );
    file.rollback();
  });

  it('is not used any more once it is closed, not even by statements from before', () => {
    const select = file.prepare('select 1 as a');
    file.close();
    file.close();
    expect(() => select.all([])).toThrow('closed');
    expect(() => file.begin()).toThrow('closed');
  });

  it('serves more statements than it keeps', () => {
    for (let at = 0; at < 1_000; at += 1) expect(file.prepare(`select ${at} as a`).all([])).toEqual([{ a: at }]);
    expect(file.prepare('select 1 as a')).toBe(file.prepare('select 1 as a'));
  });
});
