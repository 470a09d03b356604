import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { printable, safeJson } from '../../../src/domain/text/printable.js';
import { anyText } from '../../support/any-text.js';

const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/** Texts in which the dangerous characters are common. */
const nasty = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '\n',
      '\r',
      '\t',
      '\0',
      '\x1b',
      '\x7f',
      '\x9b',
      '\u2028',
      '\u2029',
      '\u202e',
      '\u2066',
      '\u200b',
      '\ufeff',
    ),
    fc.constantFrom('\ud800', '\udc00', '\u{e0041}', '\u{1f600}', '中', '\\', 'a', '…', '[31m'),
    anyText({ minLength: 1, maxLength: 1 }),
  ),
});

describe('printable text', () => {
  it.each([
    ['plain text', 'plain text'],
    ['', ''],
    ['Größe 中文 \u{1f600}', 'Größe 中文 \u{1f600}'],
    ['\x1b[31mred', '\\x1b[31mred'],
    ['\x9b2J', '\\x9b2J'],
    ['line\nline\r\nline', 'line\\x0aline\\x0d\\x0aline'],
    ['tab\there', 'tab\\x09here'],
    ['\x7f', '\\x7f'],
    ['evil\u202etxt.exe', 'evil\\u202etxt.exe'],
    ['a\u2028b\u2029c', 'a\\u2028b\\u2029c'],
    ['zero\u200bwidth\ufeff', 'zero\\u200bwidth\\ufeff'],
    ['half \ud83d', 'half \\ud83d'],
    ['filler\u3164 and\ufe0f', 'filler\\u3164 and\\ufe0f'],
    ['tag \u{e0041}', 'tag \\u{e0041}'],
  ])('of %j is %j', (text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  it('is cut with a mark when it is too long', () => {
    expect(printable('abcdef', 6)).toBe('abcdef');
    expect(printable('abcdefg', 6)).toBe('abcde…');
    expect(printable('x'.repeat(100_000))).toHaveLength(500);
  });

  it('is cut before an escape or a character pair, not within', () => {
    expect(printable('abc\x1bdef', 6)).toBe('abc…');
    expect(printable('ab\u{1f600}cd', 4)).toBe('ab…');
    expect(printable('\x1b\x1b', 1)).toBe('…');
    expect(printable('abc', 0)).toBe('');
  });

  it('never has a hidden character', () => {
    fc.assert(fc.property(nasty, (text) => !hidden.test(printable(text, 10_000))));
  });

  it('is never longer than asked', () => {
    fc.assert(fc.property(nasty, fc.nat(40), (text, length) => printable(text, length).length <= length));
  });

  it('stays as it is when done again', () => {
    fc.assert(
      fc.property(nasty, fc.nat(40), (text, length) => {
        const once = printable(text, length);
        expect(printable(once, length)).toBe(once);
      }),
    );
  });

  it('is the text itself when nothing is hidden in it', () => {
    fc.assert(fc.property(nasty, (text) => hidden.test(text) || printable(text, text.length) === text));
  });
});

describe('safe JSON', () => {
  it('escapes what JSON leaves as it is', () => {
    expect(safeJson('\x7f\x9b\u2028\u202e\u{e0041}')).toBe('"\\u007f\\u009b\\u2028\\u202e\\udb40\\udc41"');
  });

  it('keeps the line feeds of its indent', () => {
    expect(safeJson({ a: ['\n'] }, 2)).toBe('{\n  "a": [\n    "\\n"\n  ]\n}');
  });

  it('is null for what JSON has no word for', () => {
    expect(safeJson(undefined)).toBe('null');
  });

  it('means the same and shows nothing hidden', () => {
    fc.assert(
      fc.property(fc.dictionary(nasty, fc.oneof(nasty, fc.array(nasty))), (value) => {
        const text = safeJson(value);
        expect(hidden.test(text)).toBe(false);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
