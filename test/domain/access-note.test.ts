import { describe, expect, it } from '@jest/globals';
import { accessNote, keptFromAudit } from '../../src/domain/access-note.js';
import { failure, type FailureCodeName } from '../../src/domain/failure-codes.js';
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
});

describe('what keeps an audit from what it asks of a phone', () => {
  const kept = (code: FailureCodeName, mayReturn: 'yes' | 'no' | 'unknown'): string | null =>
    keptFromAudit(mppPhone({ settingsProblem: failure(code) }), mayReturn)?.code ?? null;

  it.each(['password-wrong', 'locked-out', 'password-held-back'] as const)(
    '%s: a password that was given and not taken, whatever else is known',
    (code) => {
      expect([kept(code, 'unknown'), kept(code, 'yes'), kept(code, 'no')]).toEqual([code, code, code]);
    },
  );

  it.each(['auth-required', 'login-form-unclear', 'set-password-page'] as const)(
    '%s: a page that is shut, where nothing else tells whether the phone may return without a license',
    (code) => {
      expect([kept(code, 'unknown'), kept(code, 'yes'), kept(code, 'no')]).toEqual([code, null, null]);
    },
  );

  it.each(['http-error', 'web-admin-off', 'fields-unclear'] as const)('%s: no password would help', (code) => {
    expect(kept(code, 'unknown')).toBeNull();
  });

  it('nothing, of a phone whose page is open, nor of an Enterprise phone, which has no such page', () => {
    expect(keptFromAudit(mppPhone(), 'unknown')).toBeNull();
    expect(keptFromAudit(enterprisePhone({ settingsProblem: asked }), 'unknown')).toBeNull();
  });
});
