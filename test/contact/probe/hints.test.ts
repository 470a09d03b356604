import { describe, expect, it } from '@jest/globals';
import { hintHere } from '../../../src/contact/probe/hints.js';
import { failure } from '../../../src/domain/failures/failure-codes.js';

describe('what to do next, in a probe', () => {
  it('is never to probe', () => {
    for (const from of ['phone', 'capture', 'page'] as const)
      expect(hintHere(failure('page-unreadable'), from)).not.toMatch(/fleet-migrate probe/);
    expect(hintHere(failure('page-unreadable'), 'capture')).toMatch(/send us this capture/);
    expect(hintHere(failure('page-unreadable'), 'page')).toMatch(/what fleet-migrate capture keeps/);
  });

  it('is about the phone, where a file was read', () => {
    const refused = failure('auth-required');
    expect(hintHere(refused, 'phone')).toBe(refused.hint);
    expect(hintHere(refused, 'capture')).toMatch(/^A file cannot be asked again; for the phone itself: give it with/);
  });
});
