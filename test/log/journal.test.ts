import { closeSync, fstatSync, openSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from '@jest/globals';
import { isJournal, journalLine } from '../../src/log/journal.js';
import { temporaryFolder } from '../support/command/temporary-folder.js';

describe('the journal', () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());

  it('reads a stream of which JOURNAL_STREAM names device and inode, and no other', () => {
    writeFileSync(folder.file('a'), '');
    const descriptor = openSync(folder.file('a'), 'r');
    const { dev, ino } = fstatSync(descriptor, { bigint: true });
    expect(isJournal(descriptor, `${dev}:${ino}`)).toBe(true);
    for (const named of [`${dev}:${ino + 1n}`, `${dev + 1n}:${ino}`, `${ino}`, '', undefined])
      expect(isJournal(descriptor, named)).toBe(false);
    closeSync(descriptor);
    expect(isJournal(descriptor, `${dev}:${ino}`)).toBe(false);
  });

  it('reads the priority in front of a line', () => {
    expect(journalLine('error', 'a')).toBe('<3>a');
    expect(journalLine('warn', 'a')).toBe('<4>a');
    expect(journalLine('info', 'a')).toBe('<6>a');
    expect(journalLine('debug', 'a')).toBe('<7>a');
  });
});
