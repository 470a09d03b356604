import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shellWord } from '../../../src/domain/text/shell-word.js';

/** What a shell makes of these words. */
function asTaken(words: readonly string[], shell = 'sh'): string[] {
  const line = `printf '%s\\0' ${words.map(shellWord).join(' ')}`;
  return execFileSync(shell, ['-c', line], { encoding: 'utf8', env: { HOME: '/home/other', PATH: process.env.PATH } })
    .split('\0')
    .slice(0, -1);
}

describe('a word as it is copied into a shell', () => {
  it.each([
    ['stands as it is where a shell takes it so', '--db=/var/lib/fleet_1.db', '--db=/var/lib/fleet_1.db'],
    ['is in double quotes, which all shells have', 'a night/fleet.db', '"a night/fleet.db"'],
    ['is in single quotes where double ones would change it', 'http://h/$MAU.lic', "'http://h/$MAU.lic'"],
    ['may have quotes of its own', `it's "mine"`, `'it'\\''s "mine"'`],
    ['may be empty', '', '""'],
    ['does not become another home', '~/fleet.db', '"~/fleet.db"'],
    ['is a path of Windows as its shells read it', 'C:\\fleet\\a b.db', '"C:\\fleet\\a b.db"'],
    ['keeps two backslashes in it', 'a b\\\\c', "'a b\\\\c'"],
    ['keeps a backslash at its end', 'C:\\a b\\', "'C:\\a b\\'"],
  ])('%s', (_name, word, written) => {
    expect(shellWord(word)).toBe(written);
    expect(asTaken([word])).toEqual([word]);
  });

  it('shows what could do something to a terminal instead of doing it', () => {
    expect(shellWord('a\u001b[2Jb\nc')).toBe('"a\\x1b[2Jb\\x0ac"');
  });

  it('is the same word again, whatever is in it', () => {
    const character = fc.constantFrom(...`abz019 "'\`$!\\*?[]{}()<>|&;#~=%^,:@/.+-_äß`);
    const word = fc
      .array(character, { maxLength: 12 })
      .map((all) => all.join(''))
      // The share of a Windows machine is for its shells.
      .filter((text) => !text.startsWith('\\\\'));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 40 }), (words) => {
        expect(asTaken(words)).toEqual(words);
      }),
      { numRuns: 30 },
    );
  });

  it('is long if it has to be', () => {
    const word = `/${'long folder/'.repeat(200)}`;
    expect(asTaken([word])).toEqual([word]);
  });
});
