import { failure, failureCodes } from '../../domain/failures/failure-codes.js';
import type { PhoneProfiles } from '../../domain/phone/page-profile.js';
import type { Failure } from '../../domain/failures/failure.js';
import { describePage } from '../../pages/sign-in/page-kind.js';
import type { Page } from '../../transport/session/session.js';

/** The failure for a page that asks for a password, by what became of ours, if any. */
function locked({ path, status, signIn }: Page, how: string): Failure {
  const asks = `${path} asks for a password (${how})`;
  switch (signIn) {
    case 'refused':
      return failure('password-wrong', `${path} refused the password (${how}); it is not tried again in this run.`);
    case 'unanswered':
      return unsigned(
        `${asks}; it was sent once without a response and is not sent again in this run.`,
        'Whether the password that was given is the right one is not known: the phone never answered it. See in a browser whether it signs in there, then run again.',
      );
    case 'unsupported':
      return unsigned(
        `${asks} by a scheme that is neither Basic nor a known Digest.`,
        'No password was sent, given or not: this way of signing in is not known here. Send us what fleet-migrate capture keeps of the phone (docs/first-contact.md).',
      );
    case 'form-unclear':
      return failure('login-form-unclear', `${path} shows a login form that could not be read for certain.`);
    case 'locked':
      return failure('locked-out', `${path} answered ${status} to a sign-in; no more is tried in this run.`);
    case 'foreign':
      return unsigned(
        `${asks}, but not as a phone would: none was sent.`,
        'No password was sent, given or not, as this may be another device. Open the page in a browser and see what asks there; exclude the address if it is no phone.',
      );
    case 'other-door':
      return unsigned(
        `${asks} where it redirected to, over plain http: none was sent.`,
        'No password was sent, given or not, as it would be read on its way. Run with --scheme https if the phone offers it, or ask the page it leads to in a browser.',
      );
    case 'held-back':
      return failure('password-held-back', `${asks}; too many other phones have refused theirs.`);
    case 'expired':
      return unsigned(
        `${asks} again, after it had accepted one.`,
        'The phone ended the sign-in; the password that was given is not in doubt. Run again.',
      );
    case 'no-password':
    default:
      return failure('auth-required', `${asks}.`);
  }
}

/** A page that still asks, though not for want of a password: the usual advice, to give one, would be wrong. */
function unsigned(message: string, hint: string): Failure {
  return { ...failure('auth-required', message), hint };
}

/** Why an admin page shows nothing, where the response tells. */
export function troubleWith(page: Page, profile: PhoneProfiles['multiplatform']): Failure | null {
  if (page.signIn === 'locked' || page.status === 429) return locked({ ...page, signIn: 'locked' }, '');
  if (page.status === 401) return locked(page, '401');
  const asked = page.signIn === undefined ? null : locked(page, 'login form');
  if (page.status === 403) return asked ?? failure('web-admin-off', `${page.path} is forbidden (403).`);
  if (page.status >= 500) return failure('http-error', `${page.path} answered ${page.status}.`);
  if (page.status !== 200) return null;
  if (page.body.trim() === '') return failure('empty-page', `${page.path} answered with an empty page.`);
  if (asked) return asked;
  const { signIn } = describePage(page.body, profile);
  if (signIn === 'login')
    return unsigned(
      `${page.path} shows a login form.`,
      `If a password was given, it was not sent: the form was not understood. ${failureCodes['auth-required'].hint}`,
    );
  return signIn === 'set-password'
    ? failure('set-password-page', `${page.path} asks for the first passwords to be set.`)
    : null;
}
