import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matchesGlob } from '../../../src/domain/text/glob.js';
import { anyText } from '../../support/any-text.js';

describe('a glob', () => {
  it.each([
    ['*', ''],
    ['sep*', 'SEP001122AABBCC'],
    ['SEP??1122AABBCC', 'SEP001122AABBCC'],
    ['*desk*room*', 'Front Desk, Room 3'],
    ['a*a*b', 'aaaab'],
    ['?', '\u{1f4de}'],
    ['[x].+', '[X].+'],
  ])('%s matches %s', (glob, text) => {
    expect(matchesGlob(glob, text)).toBe(true);
  });

  it.each([
    ['?', ''],
    ['SEP', 'SEP001122AABBCC'],
    ['*1', '12'],
    ['a*b', 'acbd'],
    ['SEP.*', 'SEP001122AABBCC'],
  ])('%s does not match %s', (glob, text) => {
    expect(matchesGlob(glob, text)).toBe(false);
  });

  it('matches a text in which parts were left out, and takes no time for it', () => {
    fc.assert(
      fc.property(fc.array(anyText({ maxLength: 5 }), { minLength: 1 }), (parts) => {
        const plain = parts.map((part) => part.replace(/[*?]/g, ''));
        expect(matchesGlob(plain.join('*'), plain.join('-between-'))).toBe(true);
        expect(matchesGlob(`${plain.join('*')}\0`, plain.join(''))).toBe(false);
      }),
    );
    expect(matchesGlob(`${'*a'.repeat(50)}b`, 'a'.repeat(500))).toBe(false);
  });
});
