import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { filesOfStore, type NamedFile, sameFiles } from '../../../src/conduct/check/distinct-files.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

/** What is wrong with a store, reports and a log beside what is read. */
function problems(
  db: string,
  reports: readonly string[],
  log: string | null,
  read: NamedFile[] = [],
  platform?: NodeJS.Platform,
): string[] {
  const written = [
    ...filesOfStore({ option: '--db', path: db }),
    ...reports.map((path) => ({ option: '--report', path })),
    ...(log === null ? [] : [{ option: '--log-file', path: log }]),
  ];
  return sameFiles(written, read, platform);
}

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
    expect(problems(at('a.db'), [at('here.json'), at('b.json')], at('run.log'))).toEqual([]);
    expect(problems(at('a.db'), [], null)).toEqual([]);
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
    const found = problems(
      at(db),
      reports.map((name) => at(name)),
      log === null ? null : at(log),
    );
    expect(found).toEqual([
      expect.stringMatching(
        new RegExp(`^${one} \\S+ and ${other} \\S+ are the same file; name another for one of them\\.$`),
      ),
    ]);
  });

  it.each(['inventory', 'config', 'password-file'])('nor is the file of --%s, which would be overwritten', (name) => {
    const read = [{ option: `--${name}`, path: at('here.json') }];
    expect(problems(at('a.db'), [at('soft.json')], null, read)).toEqual([
      expect.stringMatching(
        new RegExp(`^--report \\S+ would be written over --${name} \\S+; name another file with --report\\.$`),
      ),
    ]);
    expect(problems(at('a.db'), [at('b.json')], null, [...read, ...read])).toEqual([]);
  });

  it.each(['win32', 'darwin'] as const)('capitals alone make no other file on %s', (platform) => {
    const [db, reports] = [at('new.db'), [at('Audit.json'), at('audit.json')]] as const;
    expect(problems(db, reports, null, [], platform)).toEqual([expect.stringContaining('are the same file')]);
    expect(problems(db, reports, null, [], 'linux')).toEqual([]);
  });

  it('a terminal or /dev/null may be named twice', () => {
    expect(problems(at('a.db'), ['/dev/null', '/dev/null'], '/dev/null')).toEqual([]);
  });
});
