import { failure } from '../../domain/failure-codes.js';
import type { PhoneProfiles } from '../../domain/phone-profile.js';
import type { Failure } from '../../domain/report.js';
import { describePage } from '../../pages/kind.js';
import type { Page } from '../../transport/session.js';

/** What a page that asks for a password says of the one that was given, if any. */
function locked({ path, signIn }: Page): Failure {
  switch (signIn) {
    case 'refused':
      return failure('password-wrong', `${path} refused the password (401); it is not tried again in this run.`);
    case 'unanswered':
      return failure(
        'auth-required',
        `${path} asks for a password (401); it was sent once without an answer and is not sent again in this run.`,
      );
    case 'unsupported':
      return failure(
        'auth-required',
        `${path} asks for a password (401) in a way that is neither Basic nor a Digest that we know.`,
      );
    default:
      return failure('auth-required', `${path} asks for a password (401).`);
  }
}

/** Why an admin page shows nothing, where its answer says so. */
export function troubleWith(page: Page, profile: PhoneProfiles['multiplatform']): Failure | null {
  if (page.status === 401) return locked(page);
  if (page.status === 403) return failure('web-admin-off', `${page.path} is forbidden (403).`);
  if (page.status >= 500) return failure('http-error', `${page.path} answered ${page.status}.`);
  if (page.status !== 200) return null;
  if (page.body.trim() === '') return failure('empty-page', `${page.path} answered with an empty page.`);
  const { signIn } = describePage(page.body, profile);
  if (signIn === 'login') return failure('auth-required', `${page.path} shows a login form.`);
  return signIn === 'set-password'
    ? failure('set-password-page', `${page.path} wants the first passwords to be set.`)
    : null;
}
