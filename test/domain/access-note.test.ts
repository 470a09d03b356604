import { describe, expect, it } from '@jest/globals';
import { accessNote, asksForPassword } from '../../src/domain/access-note.js';
import { failure } from '../../src/domain/failure-codes.js';
import { enterprisePhone, mppPhone } from './facts.js';

const asked = failure('auth-required', '/admin/advanced asks for a password (401).');

describe('a phone that could not be read from its admin page', () => {
  it('has in its evidence why, and what it was read from instead', () => {
    const facts = mppPhone({ settingsProblem: asked, readFrom: '/admin/status.xml' });
    expect(accessNote(facts)).toEqual({
      kind: 'access',
      text: 'auth-required: /admin/advanced asks for a password (401); read from /admin/status.xml.',
    });
  });

  it('is not told twice what it was read from', () => {
    const problem = failure('page-unreadable', '/admin/advanced could not be read; the phone is known from /x.xml.');
    const note = accessNote(mppPhone({ settingsProblem: problem, readFrom: '/x.xml' }));
    expect(note?.text).toBe(`page-unreadable: ${problem.message}`);
  });

  it('says nothing where nothing stood in the way, nor of an Enterprise phone, which has no such page', () => {
    expect(accessNote(mppPhone())).toBeNull();
    expect(accessNote(enterprisePhone({ settingsProblem: asked }))).toBeNull();
  });

  it.each([
    ['auth-required', true],
    ['password-wrong', true],
    ['locked-out', true],
    ['http-error', false],
    ['web-admin-off', false],
  ] as const)('%s: asks for a password: %s', (code, asks) => {
    const note = accessNote(mppPhone({ settingsProblem: failure(code) }));
    expect(asksForPassword(note ? [note] : [])).toBe(asks);
  });

  it('is not mistaken for one that was signed in to, or by other evidence', () => {
    expect(asksForPassword([{ kind: 'access', text: 'signed in by a login form over plain http' }])).toBe(false);
    expect(asksForPassword([{ kind: 'written', text: 'auth-required: of another kind' }])).toBe(false);
  });
});
