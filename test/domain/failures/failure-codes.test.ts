import { describe, expect, it } from '@jest/globals';
import {
  endedWithRun,
  failure,
  failureCodes,
  type FailureCodeName,
  isFailureCode,
} from '../../../src/domain/failures/failure-codes.js';

const names = Object.keys(failureCodes) as FailureCodeName[];

describe('the failure codes', () => {
  it.each(names)('%s says what it means and what to do, in whole sentences', (name) => {
    const { meaning, hint, kind } = failureCodes[name];
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    for (const text of [meaning, hint]) {
      expect(text).toMatch(/^(?:[A-Z]|fleet-migrate ).*[^.]\.$/);
      expect(text).not.toMatch(/\s{2}|\n/);
    }
    expect(hint).not.toBe(meaning);
    expect(['transient', 'permanent', 'observed', 'ours']).toContain(kind);
  });

  it('mean different things', () => {
    expect(new Set(names.map((name) => failureCodes[name].meaning)).size).toBe(names.length);
  });

  it('give the way out that the guide gives', () => {
    expect(failureCodes['auth-required'].hint).toContain('123456789*0#');
    for (const name of ['license-missing', 'license-unreadable', 'authorization-failed', 'not-authorized'] as const) {
      expect(failureCodes[name].hint).toContain('licensing team');
      expect(failureCodes[name].hint).toContain('small-business support center');
    }
  });

  it('make a failure with the facts of the case, else with their meaning', () => {
    expect(failure('busy', 'In a call for 10 minutes.')).toEqual({
      code: 'busy',
      message: 'In a call for 10 minutes.',
      hint: failureCodes.busy.hint,
    });
    expect(failure('busy').message).toBe(failureCodes.busy.meaning);
  });

  it.each([
    ['stopped-before-start', true],
    ['paused-after-wave', true],
    ['threshold-tripped', true],
    ['outside-window', true],
    ['locked-elsewhere', true],
    ['store-failed', true],
    ['internal-error', true],
    ['not-confirmed', true],
    // A phone that was in a call; one that lacks something.
    ['busy', false],
    ['license-missing', false],
  ] as const)('tell endings that are the run’s from those of the phone: %s', (code, ours) => {
    expect(endedWithRun({ touched: false, failure: failure(code) })).toBe(ours);
    expect(endedWithRun({ touched: true, failure: failure(code) })).toBe(false);
  });

  it('tell a phone that ended without a failure, or with one of a later version, as its own', () => {
    expect(endedWithRun({ touched: false, failure: null })).toBe(false);
    expect(endedWithRun({ touched: false, failure: { code: 'of-tomorrow', message: '', hint: '' } })).toBe(false);
  });

  it('are told from other words', () => {
    expect(names.every(isFailureCode)).toBe(true);
    expect(['', 'Busy', 'toString', '__proto__', 'constructor'].some(isFailureCode)).toBe(false);
  });
});
