import { describe, expect, it } from '@jest/globals';
import { loadModels } from '../../../src/config/profiles/models/read.js';
import { accessNote, auditProblem } from '../../../src/domain/plan/access-note.js';
import { failure, type FailureCodeName } from '../../../src/domain/failures/failure-codes.js';
import type { PhoneFacts } from '../../../src/domain/phone/facts.js';
import { enterprisePhone, mppPhone } from '../support/facts.js';

const models = loadModels();
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

describe('what an audit lacks of a phone', () => {
  const [told, old] = ['sip88xx.12-0-3MPP0001-87', 'sip88xx.11-2-4MPP0001-1'];
  const lacks = (code: FailureCodeName, more: Partial<PhoneFacts>): string | null =>
    auditProblem(mppPhone({ settingsProblem: failure(code), softwareVersion: told, ...more }), models)?.code ?? null;
  const shown = { transitionAuthorizationType: 'Classic' };
  const notShown = { transitionAuthorizationType: null };

  it.each(['password-wrong', 'locked-out', 'password-held-back'] as const)(
    '%s: a password that was given and not taken, whatever else is known',
    (code) => {
      expect([lacks(code, notShown), lacks(code, shown)]).toEqual([code, code]);
    },
  );

  it.each(['auth-required', 'login-form-unclear', 'set-password-page', 'http-error', 'web-admin-off'] as const)(
    '%s: a page that is shut, where nothing else tells whether the phone may return without a license',
    (code) => {
      expect([lacks(code, notShown), lacks(code, shown)]).toEqual([code, null]);
    },
  );

  it.each<Partial<PhoneFacts>>([{ softwareVersion: old }, { family: 'transition' }])(
    'nothing, where the page would not have told either: %j',
    (more) => {
      expect(lacks('auth-required', { ...notShown, ...more })).toBeNull();
    },
  );

  it('nothing, of a phone whose page is open, nor of an Enterprise phone, which has no such page', () => {
    expect(auditProblem(mppPhone(notShown), models)).toBeNull();
    expect(auditProblem(enterprisePhone({ settingsProblem: asked }), models)).toBeNull();
  });
});
