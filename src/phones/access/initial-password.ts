import { originOf } from '../../transport/connection/endpoint.js';
import { failure } from '../../domain/failures/failure-codes.js';
import type { Log } from '../../domain/ports/log.js';
import type { MultiplatformPages, SignInPages } from '../../domain/phone/page-profile.js';
import type { Credentials } from '../../domain/network/site.js';
import { readSetPasswordForm, type SetPasswordForm } from '../../pages/sign-in/set-password-form.js';
import type { PhoneSession } from '../../transport/session/session.js';
import { isTransportError } from '../../transport/errors/transport-error.js';
import type { Identified, Identify } from '../identify.js';
import type { MayInitialize } from '../phones.js';
import type { Access } from './sign-ins.js';
import type { IsForeign } from './foreign.js';
import { formPost } from '../multiplatform/form-body.js';

/** What setting first passwords needs. */
export interface InitialPasswordTools {
  profile: MultiplatformPages;
  isForeign: IsForeign;
  access: (address: string) => Access;
  log: Log;
}

/**
 * Sets the first passwords of a phone that shows nothing without them (the Set Password page of 12.x), once in a run, and identifies it
 * again. Only for phones that the look names (`mayInitialize`): a phone met in a search, or one that took over an address, is not touched.
 */
export function settingFirstPasswords(identify: Identify, tools: InitialPasswordTools): Identify {
  return async (session, depth, mayInitialize = null) => {
    const seen = await identify(session, depth, mayInitialize);
    if (!wantsPassword(seen) || !isAllowed(seen, mayInitialize)) return seen;
    const access = tools.access(session.host);
    if (access.firstPasswordSent)
      return blocked(seen, 'the first passwords were sent once in this run, and it still asks for them');
    const accounts = await setFirstPasswords(session, access, tools);
    if (typeof accounts === 'string') return blocked(seen, accounts);
    const again = await identify(session, depth, mayInitialize);
    if (wantsPassword(again)) return blocked(again, 'the first passwords were sent, and it still asks for them');
    const note = {
      kind: 'first-password',
      text: `the first password of ${accounts.join(' and ')} was set in this run`,
    };
    return again.look.kind === 'not-a-phone'
      ? again
      : { ...again, look: { ...again.look, notes: [...(again.look.notes ?? []), note] } };
  };
}

function wantsPassword({ look }: Identified): boolean {
  const trouble = look.kind === 'unreadable' ? look.failure : look.kind === 'phone' ? look.facts.settingsProblem : null;
  return trouble?.code === 'set-password-page';
}

function isAllowed({ look }: Identified, mayInitialize: MayInitialize): boolean {
  if (mayInitialize === null || mayInitialize === 'anyone') return mayInitialize !== null;
  return look.kind === 'phone' && look.facts.mac === mayInitialize.mac;
}

function blocked(seen: Identified, why: string): Identified {
  const trouble = failure('set-password-page', `It asks for its first passwords to be set: ${why}.`);
  const { look } = seen;
  if (look.kind !== 'phone') return { look: { kind: 'unreadable', failure: trouble }, page: null };
  return { ...seen, look: { ...look, facts: { ...look.facts, settingsProblem: trouble } } };
}

/** Reads the page again, fills it in and posts it. Returns the accounts whose passwords were sent, or why none was. */
async function setFirstPasswords(
  session: PhoneSession,
  access: Access,
  { profile, isForeign, log }: InitialPasswordTools,
): Promise<string[] | string> {
  const page = await session.get(profile.endpoints.adminPage);
  const reading = readSetPasswordForm(page.body, profile);
  if (reading === null || page.status !== 200) return 'it no longer shows that page';
  if ('unclear' in reading) return `its page is not clear: ${reading.unclear}`;
  if (isForeign(page)) return "its page does not have a phone's title";
  if (!session.maySendPassword()) return 'a redirect led to it over plain http, and no password is sent there';
  const { form } = reading;
  const chosen = passwordsFor(form, access, profile);
  if (typeof chosen === 'string') return chosen;
  const pairs = form.fields.map(({ account, name }) => ({ name, value: chosen[account].password() }));
  const post = formPost(form, [...form.others, ...pairs], page, originOf(session));
  if (!post) return 'its form leads elsewhere';
  access.firstPasswordSent = true;
  access.use(chosen.admin);
  if (session.endpoint.scheme === 'http') access.known?.onReadable();
  const accounts = [...new Set(form.fields.map(({ account }) => account))];
  log.info('setting the first password of a phone', { address: session.host, accounts: accounts.join(', ') });
  try {
    await session.post(post.path, post.body, post.contentType);
  } catch (error) {
    // It may have taken effect anyway: what the phone shows next decides.
    if (!isTransportError(error)) throw error;
  }
  return accounts;
}

/** The pair for each account, checked against the limits of the page; or why there is none. */
function passwordsFor(
  { fields }: SetPasswordForm,
  access: Access,
  { signIn }: MultiplatformPages,
): { admin: Credentials; user: Credentials } | string {
  const named = (account: 'admin' | 'user'): Credentials | undefined =>
    access.credentials().find(({ username }) => username === signIn.accounts[account]);
  const admin = named('admin');
  if (!admin) return `there are no credentials for the account ${signIn.accounts.admin} at this address`;
  const chosen = { admin, user: named('user') ?? admin };
  for (const { account, maxLength } of fields) {
    const problem = passwordProblem(chosen[account].password(), maxLength, signIn.setPasswordRule);
    if (problem) return `the password for the account ${account} ${problem}`;
  }
  return chosen;
}

/**
 * Why a text must not become a phone's first password; `null` when it may. No reason repeats it.
 * @param fieldLength characters that the field takes
 */
function passwordProblem(
  password: string,
  fieldLength: number,
  { minLength, maxLength, classes }: SignInPages['setPasswordRule'],
): string | null {
  if (password.trim() === '') return 'is blank';
  if (/^[*•●]+$/u.test(password)) return 'is the mask of one, not one';
  // Other characters depend on the page's encoding, and are hard to type on a phone's keypad.
  if (!/^[\x21-\x7e]+$/.test(password)) return 'holds a blank or a character that is not plain ASCII';
  const most = Math.min(maxLength, fieldLength);
  if (password.length < minLength || password.length > most) return `must have ${minLength} to ${most} characters`;
  const has = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length;
  return has < classes
    ? `must have ${classes} of these: lower-case letters, upper-case letters, digits, other characters`
    : null;
}
