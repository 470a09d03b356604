import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { failureCodes } from '../../../src/domain/failures/failure-codes.js';
import { parseThreshold } from '../../../src/domain/pacing/thresholds.js';
import { isUsageError } from '../../../src/domain/text/usage-error.js';

describe('reading a threshold', () => {
  it.each([
    ['5%', { kind: 'failed', unit: 'percent', limit: 5, scope: 'wave' }],
    ['2.5%', { kind: 'failed', unit: 'percent', limit: 2.5, scope: 'wave' }],
    ['0%', { kind: 'failed', unit: 'percent', limit: 0, scope: 'wave' }],
    ['100%', { kind: 'failed', unit: 'percent', limit: 100, scope: 'wave' }],
    ['10', { kind: 'failed', unit: 'phones', limit: 10, scope: 'run' }],
    ['10/wave', { kind: 'failed', unit: 'phones', limit: 10, scope: 'wave' }],
    ['5%/run', { kind: 'failed', unit: 'percent', limit: 5, scope: 'run' }],
    ['authorization-failed:3', { kind: 'authorization-failed', unit: 'phones', limit: 3, scope: 'run' }],
    ['unreachable:10%', { kind: 'unreachable', unit: 'percent', limit: 10, scope: 'wave' }],
    ['unverified:2/wave', { kind: 'unverified', unit: 'phones', limit: 2, scope: 'wave' }],
    [' Failed: 7% ', { kind: 'failed', unit: 'percent', limit: 7, scope: 'wave' }],
  ])('%j', (text, expected) => {
    expect(parseThreshold(text)).toEqual({ text: text.trim(), minimumSample: 10, ...expected });
  });

  it('takes another minimum sample', () => {
    expect(parseThreshold('5%', 30)).toMatchObject({ minimumSample: 30 });
  });

  it('knows every failure code', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(failureCodes)), (code) => {
        expect(parseThreshold(`${code}:1`)).toMatchObject({ kind: code });
      }),
    );
  });

  it.each([
    ['', 'has the limit "", which is neither'],
    ['%', 'neither a number of phones nor a percentage'],
    ['five', 'has the limit "five"'],
    ['-1', 'neither'],
    ['5 %', 'neither'],
    ['101%', 'is over 100 %, more than all phones'],
    ['unreachable:250%', 'is over 100 %'],
    ['0', 'is reached before the first phone; 1 stops at the first failure'],
    ['1.5', 'not a whole number of phones'],
    ['5%/night', 'has the scope "night", which is neither wave nor run'],
    ['5%/', 'has the scope ""'],
    ['a:b:c', 'is not a threshold'],
    ['authorisation-failed:3', 'which is not a kind of failure: did you mean authorization-failed?'],
    ['unreachabel:3', 'did you mean unreachable?'],
    ['weather:3', 'known are failed, unverified, unreachable and every failure code'],
    [':3', 'known are failed'],
    ['\u001b[2J:3', '"\\x1b[2j"'],
  ])('refuses %j', (text, words) => {
    let error: unknown = null;
    try {
      parseThreshold(text);
    } catch (caught) {
      error = caught;
    }
    expect(isUsageError(error)).toBe(true);
    expect(error).toMatchObject({ message: expect.stringContaining(words) });
    expect(error).toMatchObject({ message: expect.stringMatching(/^--abort-after [^\u001b]*$/) });
  });
});
