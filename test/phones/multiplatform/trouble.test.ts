import { describe, expect, it } from '@jest/globals';
import { troubleWith } from '../../../src/phones/multiplatform/trouble.js';
import { signInTroubles, type SignInTrouble } from '../../../src/transport/sign-in/sign-in.js';
import { multiplatform } from '../../support/pages/phone-profiles.js';

const asks = (signIn?: SignInTrouble) =>
  troubleWith(
    { status: 401, path: '/admin/advanced', headers: {}, body: 'x', charset: 'utf8', ...(signIn && { signIn }) },
    multiplatform,
  );

describe('the advice where a page asks for a password', () => {
  it('is to give one only where none is known to be given', () => {
    const advised = signInTroubles.filter((trouble) => /Give it with --password-env/.test(asks(trouble)?.hint ?? ''));
    expect(advised).toEqual(['no-password']);
    expect(asks()?.hint).toMatch(/Give it with --password-env/);
  });

  it.each<[SignInTrouble, string, RegExp]>([
    ['refused', 'password-wrong', /Give the right one/],
    ['unanswered', 'auth-required', /the phone never answered it/],
    ['unsupported', 'auth-required', /No password was sent, given or not: this way of signing in/],
    ['foreign', 'auth-required', /No password was sent, given or not, as this may be another device/],
    ['other-door', 'auth-required', /No password was sent, given or not, as it would be read/],
    ['expired', 'auth-required', /not in doubt/],
  ])('says what became of the one that was given: %s', (trouble, code, hint) => {
    expect(asks(trouble)).toMatchObject({ code, hint: expect.stringMatching(hint) });
  });
});
