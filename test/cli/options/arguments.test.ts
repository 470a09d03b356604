import { describe, expect, it } from '@jest/globals';
import { durationOf, flagOf, listOf, numberOf, textOf } from '../../../src/cli/options/arguments.js';
import { usage } from '../support/arguments.js';

describe('an option that is given once', () => {
  it('is its text without blanks around it, or null', () => {
    expect(textOf({ files: ' http://a ' }, 'files')).toBe('http://a');
    expect(textOf({}, 'files')).toBeNull();
  });

  it.each([
    [['a', 'b'], /--files was given 2 times; give it once/],
    ['', /--files needs a value/],
    [false, /--files needs a value/],
  ])('%j is a usage error', (value, message) => {
    expect(() => textOf({ files: value }, 'files')).toThrow(usage(message));
  });
});

describe('an option that may be given several times', () => {
  it('is a list, whether given never, once or twice', () => {
    expect([listOf({}, 'subnet'), listOf({ subnet: 'a' }, 'subnet'), listOf({ subnet: ['a', 'b'] }, 'subnet')]).toEqual(
      [[], ['a'], ['a', 'b']],
    );
  });

  it('is never empty text', () => {
    expect(() => listOf({ subnet: ['a', ' '] }, 'subnet')).toThrow(usage(/--subnet needs a value/));
  });
});

describe('a switch', () => {
  it('is on only when it is plainly on', () => {
    expect([true, false, undefined, 'true', 1].map((value) => flagOf({ yes: value }, 'yes'))).toEqual([
      true,
      ...[false, false, false, false],
    ]);
  });
});

describe('a number', () => {
  it('is whole and within its bounds', () => {
    expect(numberOf({ concurrency: 8 }, 'concurrency', 1, 1_024)).toBe(8);
    for (const value of [0, 1_025, 1.5, Number.NaN, Infinity, '8', [8, 9], undefined])
      expect(() => numberOf({ concurrency: value }, 'concurrency', 1, 1_024)).toThrow(
        usage(/--concurrency must be one whole number from 1 to 1024/),
      );
  });
});

describe('a duration', () => {
  it('is read in milliseconds', () => {
    expect(durationOf({ timeout: '1.5s' }, 'timeout', 50)).toBe(1_500);
    expect(durationOf({}, 'timeout', 50)).toBeNull();
  });

  it('is refused without a unit or below the least', () => {
    expect(() => durationOf({ timeout: '30' }, 'timeout', 50)).toThrow(usage(/not a duration; write 500ms, 30s/));
    expect(() => durationOf({ timeout: '49ms' }, 'timeout', 50)).toThrow(usage(/too short; give at least 50ms/));
  });
});
