import { describe, expect, it } from '@jest/globals';
import { failure, type FailureCodeName } from '../../src/domain/failure-codes.js';
import type { Outcome } from '../../src/domain/outcome.js';
import { nextSteps } from '../../src/report/next-steps.js';
import { samplePhone, sampleReport } from './support/sample.js';

const phone = (outcome: Outcome, code?: FailureCodeName) =>
  samplePhone({ outcome, failure: code === undefined ? null : failure(code) });

describe('what to do next', () => {
  it.each([
    [
      'after a dry run: the real one',
      [phone('planned'), phone('planned')],
      { dryRun: true },
      /move 2 phones, .* without --dry-run/,
    ],
    ['after an audit: a profile', [phone('audited')], { profile: null }, /1 phone may be moved: choose a profile/],
    ['after an interruption: the same again', [], { interrupted: 'SIGINT' }, /interrupted: run the same command again/],
    ['with unverified phones: look in Unified CM', [phone('unverified', 'not-seen-again')], {}, /by MAC in Unified CM/],
    ['with failed phones: look at each', [phone('failed', 'wrong-load')], {}, /failed phones one by one/],
    ['without licenses: put them there', [phone('blocked', 'license-missing')], {}, /licenses that are missing/],
    [
      'without firmware: put it there',
      [phone('blocked', 'firmware-missing')],
      {},
      /Put the firmware on the file server/,
    ],
    ['with deferred phones: a quiet hour', [phone('deferred', 'busy')], {}, /quiet hour/],
    ['with other blocked phones: the hints', [phone('blocked', 'auth-required')], {}, /Follow the hints/],
    [
      'when all is well: nothing',
      [phone('done'), phone('already-done'), phone('ineligible')],
      {},
      /^Nothing is left to do\.$/,
    ],
  ])('%s', (_name, phones, run, expected) => {
    expect(nextSteps(sampleReport(phones, { run }))).toEqual([expect.stringMatching(expected)]);
  });

  it('does not send for firmware when the phone itself is too old', () => {
    expect(nextSteps(sampleReport([phone('blocked', 'firmware-too-old')]))).toEqual([expect.stringMatching(/hints/)]);
  });

  it('when nobody answered: check the addresses', () => {
    expect(nextSteps(sampleReport([], { noAnswer: { 'connect-timeout': 254 } }))).toEqual([
      expect.stringMatching(/Nobody answered/),
    ]);
  });

  it('are four at most', () => {
    const codes = ['license-missing', 'firmware-missing'] as const;
    const phones = [
      ...codes.map((code) => phone('blocked', code)),
      phone('failed', 'wrong-load'),
      phone('unverified', 'not-seen-again'),
      phone('deferred', 'busy'),
    ];
    expect(nextSteps(sampleReport(phones, { run: { interrupted: 'SIGINT' } }))).toHaveLength(4);
  });
});
