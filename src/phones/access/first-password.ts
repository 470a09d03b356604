import type { SignInPages } from '../../domain/phone/page-profile.js';

/**
 * Why a text must not become a phone's first password; `null` when it may. No reason repeats it.
 * @param fieldLength characters that the field takes
 */
export function passwordProblem(
  password: string,
  fieldLength: number,
  { minLength, maxLength, classes }: SignInPages['setPasswordRule'],
): string | null {
  if (password.trim() === '') return 'is blank';
  if (/^[*•●]+$/u.test(password)) return 'is the mask of one, not one';
  // Whatever else there is would reach the phone in the encoding of its page, and its keypad hardly ever.
  if (!/^[\x21-\x7e]+$/.test(password)) return 'holds a blank or a character that is not plain ASCII';
  const most = Math.min(maxLength, fieldLength);
  if (password.length < minLength || password.length > most) return `must have ${minLength} to ${most} characters`;
  const has = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length;
  return has < classes
    ? `must have ${classes} of these: lower-case letters, upper-case letters, digits, other characters`
    : null;
}
