import { expect, it } from '@jest/globals';
import { failure } from '../../../src/domain/failures/failure-codes.js';
import { isNamedAndNotRead, needsAttention, outcomes } from '../../../src/domain/progress/outcome.js';

it('the outcomes are those of the contract', () => {
  expect(outcomes.join(' ')).toBe(
    'audited planned done already-done ineligible blocked deferred aborted failed unverified no-answer not-a-phone',
  );
});

it.each([
  [false, 'blocked deferred aborted failed unverified', ''],
  [undefined, 'blocked deferred aborted failed unverified', ''],
  [true, 'blocked deferred aborted failed unverified no-answer not-a-phone', 'no-answer not-a-phone'],
])('where the target was named (%s), these need attention (exit code 1): %s', (named, wanted, notRead) => {
  const ending = outcomes.map((outcome) => ({ outcome, failure: null, ...(named === undefined ? {} : { named }) }));
  const names = (those: typeof ending): string => those.map(({ outcome }) => outcome).join(' ');
  expect(names(ending.filter(needsAttention))).toBe(wanted);
  expect(names(ending.filter(isNamedAndNotRead))).toBe(notRead);
});

it('an audited phone does where something kept the audit from what it asked', () => {
  const why = failure('password-wrong');
  expect(needsAttention({ outcome: 'audited', failure: why })).toBe(true);
  expect(needsAttention({ outcome: 'ineligible', failure: why })).toBe(false);
});
