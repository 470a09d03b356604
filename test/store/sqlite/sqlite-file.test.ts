import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Libsql from 'libsql';
import { SqliteFile } from '../../../src/store/sqlite/sqlite-file.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

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
    ['trusted_schema', 0],
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

  describe('that is open and no longer at its path', () => {
    const insert = (): void => within(() => file.prepare('insert into t (b) values (?)').run(['x']));
    const lost = (message: string): unknown =>
      expect.objectContaining({ code: 'store-lost', message: expect.stringContaining(message) });
    beforeEach(insert);

    it('takes no transaction once it was deleted or moved, and again when it is back', () => {
      renameSync(folder.file('x.db'), folder.file('y.db'));
      expect(insert).toThrow(lost(`The store ${folder.file('x.db')} was deleted or moved away while`));
      renameSync(folder.file('y.db'), folder.file('x.db'));
      insert();
      rmSync(folder.file('x.db'));
      expect(insert).toThrow(lost('was deleted or moved away'));
      expect(() => file.begin()).toThrow(lost('keep the report of this run'));
    });

    it('takes none when another file is in its place, also behind a link', () => {
      symlinkSync(folder.file('x.db'), folder.file('link.db'));
      const linked = new SqliteFile(folder.file('link.db'));
      writeFileSync(folder.file('other.db'), '');
      renameSync(folder.file('other.db'), folder.file('x.db'));
      expect(insert).toThrow(lost('was replaced by another file'));
      expect(() => linked.begin()).toThrow(lost(`The store ${folder.file('link.db')} was replaced`));
      linked.close();
    });

    it('does not answer a commit when it went away within the transaction', () => {
      file.begin();
      file.prepare('insert into t (b) values (?)').run(['y']);
      rmSync(folder.file('x.db'));
      expect(() => file.commit()).toThrow(lost('was deleted'));
      file.rollback();
    });

    it.each(['-wal', '-shm'])('takes none without its %s, and leaves alone what another has laid there', (ending) => {
      const beside = folder.file(`x.db${ending}`);
      rmSync(beside);
      expect(insert).toThrow(lost(`${beside}, a part of the store, was deleted`));
      writeFileSync(beside, 'of another');
      expect(insert).toThrow(lost(`${beside}, a part of the store, was replaced`));
      file.close();
      expect(readFileSync(beside, 'utf8')).toBe('of another');
    });

    it('leaves the file that took its place alone when it is closed', () => {
      mkdirSync(folder.file('other'));
      const other = new SqliteFile(folder.file('other/x.db'));
      other.begin();
      other.prepare('create table songs (title text)').run([]);
      other.commit();
      // As it is copied while somebody writes to it: with what is in its log only.
      for (const ending of ['', '-wal', '-shm'])
        copyFileSync(folder.file(`other/x.db${ending}`), folder.file(`copy.db${ending}`));
      for (const ending of ['', '-wal', '-shm'])
        renameSync(folder.file(`copy.db${ending}`), folder.file(`x.db${ending}`));
      expect(insert).toThrow(lost('was replaced'));
      file.close();
      other.close();
      const theirs = new SqliteFile(folder.file('x.db'));
      expect(theirs.prepare('select title from songs').all([])).toEqual([]);
      theirs.close();
    });
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
