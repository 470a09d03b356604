import { expect, it } from '@jest/globals';
import { needsAttention, outcomes } from '../../src/domain/outcome.js';

it('the outcomes are those of the contract (DESIGN §6)', () => {
  expect(outcomes.join(' ')).toBe(
    'audited planned done already-done ineligible blocked deferred aborted failed unverified no-answer not-a-phone',
  );
});

it('failed, unverified, blocked and deferred need attention (exit code 1)', () => {
  expect([...needsAttention].sort()).toEqual(['blocked', 'deferred', 'failed', 'unverified']);
});
