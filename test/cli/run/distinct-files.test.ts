import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { refuseSameFiles } from '../../../src/cli/run/distinct-files.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

describe('store, reports and log are different files', () => {
  const folder = temporaryFolder();
  const at = (name: string): string => join(folder.path, name);
  beforeAll(() => {
    mkdirSync(at('sub'));
    writeFileSync(at('here.json'), '');
    linkSync(at('here.json'), at('hard.json'));
    symlinkSync(at('here.json'), at('soft.json'));
    symlinkSync(folder.path, at('sub/up'));
    symlinkSync('new.db', at('dangling.json'));
    symlinkSync(at('dangling.json'), at('sub/twice.json'));
    symlinkSync('round.json', at('round.json'));
  });
  afterAll(() => folder.remove());

  it('and may be so, whether they are there or not', () => {
    expect(() => refuseSameFiles(at('a.db'), [at('here.json'), at('b.json')], at('run.log'))).not.toThrow();
    expect(() => refuseSameFiles(at('a.db'), [], null)).not.toThrow();
  });

  it.each([
    ['the store and a report', 'a.json', ['a.json'], null, '--db', '--report'],
    ['two reports', 'a.db', ['b.csv', 'b.csv'], null, '--report', '--report'],
    ['a report and the log', 'a.db', ['b.json'], 'b.json', '--report', '--log-file'],
    ['the store and the log, by another folder', 'a.db', [], 'sub/up/a.db', '--db', '--log-file'],
    ['by a hard link', 'a.db', ['here.json', 'hard.json'], null, '--report', '--report'],
    ['by a symbolic link', 'a.db', ['here.json'], 'soft.json', '--report', '--log-file'],
    ['by a link to what is not there yet', 'new.db', ['dangling.json'], null, '--db', '--report'],
    ['by two such links', 'new.db', [], 'sub/twice.json', '--db', '--log-file'],
    ['a link to itself, twice', 'a.db', ['round.json', 'round.json'], null, '--report', '--report'],
    ['what SQLite keeps beside the store', 'a.db', [], 'a.db-wal', '--db', '--log-file'],
  ])('%s are not the same file', (_name, db, reports, log, one, other) => {
    const refuse = (): void =>
      refuseSameFiles(
        at(db),
        reports.map((name) => at(name)),
        log === null ? null : at(log),
      );
    expect(refuse).toThrow(
      new RegExp(`^${one} \\S+ and ${other} \\S+ are the same file; name another for one of them\\.$`),
    );
  });

  it.each(['inventory', 'config', 'password-file'])('nor is the file of --%s, which would be overwritten', (name) => {
    const read = [{ option: `--${name}`, path: at('here.json') }];
    expect(() => refuseSameFiles(at('a.db'), [at('soft.json')], null, read)).toThrow(
      new RegExp(`^--report \\S+ would be written over --${name} \\S+; name another file with --report\\.$`),
    );
    expect(() => refuseSameFiles(at('a.db'), [at('b.json')], null, [...read, ...read])).not.toThrow();
  });

  it.each(['win32', 'darwin'] as const)('capitals alone make no other file on %s', (platform) => {
    const [db, reports] = [at('new.db'), [at('Audit.json'), at('audit.json')]] as const;
    expect(() => refuseSameFiles(db, reports, null, [], platform)).toThrow('are the same file');
    expect(() => refuseSameFiles(db, reports, null, [], 'linux')).not.toThrow();
  });

  it('a terminal or /dev/null may be named twice', () => {
    expect(() => refuseSameFiles(at('a.db'), ['/dev/null', '/dev/null'], '/dev/null')).not.toThrow();
  });
});
