import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatDuration, parseDuration, writeDuration } from '../../../src/domain/text/duration.js';

describe('a duration', () => {
  it.each([
    ['500ms', 500],
    ['30s', 30_000],
    ['10m', 600_000],
    ['2h', 7_200_000],
    ['1.5s', 1_500],
    ['0.5h', 1_800_000],
    [' 15s ', 15_000],
    ['0s', 0],
  ])('%j is %d ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(['', '15', 's', '-1s', '15 s', '1h30m', '15sec', '1e3s', '15S', '.5s', '1.2345s', '12345678s', 'Infinityms'])(
    '%j is none',
    (text) => {
      expect(parseDuration(text)).toBeNull();
    },
  );

  it.each([
    [0, '0ms'],
    [850, '850ms'],
    [999.4, '999ms'],
    [999.6, '1s'],
    [1_000, '1s'],
    [12_000, '12s'],
    [59_499, '59s'],
    [59_500, '1m 00s'],
    [245_000, '4m 05s'],
    [3_599_600, '1h 00m'],
    [7_620_000, '2h 07m'],
    [360_000_000, '100h 00m'],
  ])('%d ms is said as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it.each([
    [0, '0ms'],
    [1_500, '1500ms'],
    [2_000, '2s'],
    [90_000, '90s'],
    [2_700_000, '45m'],
    [7_200_000, '2h'],
  ])('%d ms is written for a file as %s', (ms, text) => {
    expect(writeDuration(ms)).toBe(text);
  });

  it('written for a file comes back as it was', () => {
    const wholes = fc.oneof(
      fc.nat(9_999_999),
      fc.nat(9_999_999).map((seconds) => seconds * 1_000),
    );
    fc.assert(fc.property(wholes, (ms) => expect(parseDuration(writeDuration(ms))).toBe(ms)));
  });

  it('is a whole number of milliseconds or nothing, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d.]{0,9}(ms|s|m|h)?$/)), (text) => {
        expect(Number.isSafeInteger(parseDuration(text) ?? 0)).toBe(true);
      }),
    );
  });
});
