import type { MultiplatformPages } from '../../domain/phone/page-profile.js';
import { controlValue, isLocked, optionsOf } from '../markup/controls.js';
import { describePage } from './page-kind.js';
import { type LabeledControl, type LabeledForm, mayAskForPassword, passwordForm } from './labeled-form.js';
import { LabelIndex } from '../../domain/phone/labels.js';

/** One name and value of a form. */
interface Pair {
  name: string;
  value: string;
}

/** A login form that was understood. */
interface LoginForm extends Pick<LabeledForm, 'action' | 'method' | 'enctype'> {
  /** What to post to sign in; `null` when the form has no place for this account. */
  fill(username: string, password: string): Pair[] | null;
}

/** A page that asks for user name and password: a form that was understood, or why it was not. */
export type LoginReading = { form: LoginForm } | { unclear: string };

/**
 * Reads a login form by its labels: one password field, and one field for the account or none. Anything else that is to be filled in (a
 * captcha, a code) makes it unclear: nothing is ever guessed. `null` when the page is not a login page. Never throws.
 */
export function readLoginForm(body: string, profile: MultiplatformPages): LoginReading | null {
  if (!mayAskForPassword(body) || describePage(body, profile).signIn !== 'login') return null;
  const form = passwordForm(body, profile);
  if (!form) return { unclear: 'there is no form, or more than one, with a password field' };
  const passwords = form.controls.filter(({ type }) => type === 'password');
  const rest = form.controls.filter(({ type }) => type !== 'password');
  const [password, ...morePasswords] = passwords;
  const [user, ...more] = rest;
  if (!password || morePasswords.length > 0) return { unclear: 'it asks for more than one password' };
  if (more.length > 0) return { unclear: 'it asks for more than user name and password' };
  const names = [password.name, ...(user ? [user.name] : [])];
  if (names.includes('') || new Set(names).size < names.length)
    return { unclear: 'its fields have no names of their own' };
  const labels = new LabelIndex({ user: profile.signIn.userNameLabels });
  if (user && !user.labels.some((label) => labels.find(label)))
    return { unclear: `it has a field that is not known (${(user.labels[0] ?? 'no label').slice(0, 60)})` };
  if (form.method !== 'post') return { unclear: 'it would put the password into the URL' };
  const { action, method, enctype } = form;
  return { form: { action, method, enctype, fill: filling(form, password, user, profile) } };
}

function filling(
  { others }: LabeledForm,
  password: LabeledControl,
  user: LabeledControl | undefined,
  { signIn }: MultiplatformPages,
): LoginForm['fill'] {
  const account = user ? accountField(user) : (name: string) => (name === signIn.accounts.admin ? [] : null);
  return (username, secret) => {
    const named = account(username);
    return named && [...others, ...named, { name: password.name, value: secret }];
  };
}

/** How the form takes the account: typed in, chosen from a list, or fixed. */
function accountField({ element, name, type }: LabeledControl): (username: string) => Pair[] | null {
  if (type === 'select') {
    const options = optionsOf(element).map(({ value, label }) => ({ value, label }));
    return (username) => {
      const isIt = (text: string): boolean => text.trim().toLowerCase() === username.toLowerCase();
      const fitting = options.filter(({ value, label }) => isIt(value) || isIt(label));
      const [only] = fitting;
      return only && fitting.length === 1 ? [{ name, value: only.value }] : null;
    };
  }
  const fixed = isLocked(element) ? controlValue(element) : null;
  return (username) => (fixed === null || fixed === username ? [{ name, value: username }] : null);
}
