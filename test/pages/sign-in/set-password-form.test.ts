import { describe, expect, it } from '@jest/globals';
import { readSetPasswordForm } from '../../../src/pages/sign-in/set-password-form.js';
import { multiplatform } from '../../support/pages/phone-profiles.js';

function read(body: string): unknown {
  const reading = readSetPasswordForm(body, multiplatform);
  if (reading === null) return null;
  if ('unclear' in reading) return reading.unclear;
  return reading.form.fields.map(({ account, name, maxLength }) => `${account} ${name} ${maxLength}`);
}

const row = (label: string, name: string, more = ''): string =>
  `<tr><td>${label}:</td><td><input type="password" name="${name}"${more}></td></tr>`;
const all = [
  row('Admin New Password', 'P1'),
  row('Admin Confirm Password', 'P2'),
  row('User New Password', 'P3', ' maxlength="32"'),
  row('User Confirm Password', 'P4'),
].join('');
const form = (rows: string, attributes = 'action=/x method=post'): string =>
  `<title>Set Password</title><form ${attributes}><table>${rows}</table><input type=submit></form>`;

describe('the Set Password page', () => {
  it('is read by its labels, whatever the fields are called', () => {
    expect(read(form(all))).toEqual(['admin P1 Infinity', 'admin P2 Infinity', 'user P3 32', 'user P4 Infinity']);
  });

  it('may ask for the admin password only', () => {
    expect(read(form(row('Admin New Password', 'a') + row('Admin Confirm Password', 'b')))).toEqual([
      'admin a Infinity',
      'admin b Infinity',
    ]);
  });

  it.each([
    [
      'asks for anything else',
      form(all + row('Old Password', 'o')),
      'it has a field that is not known (Old Password:)',
    ],
    [
      'holds a password already',
      form(row('Admin New Password', 'a', ' value="********"')),
      'Admin New Password: holds something already',
    ],
    [
      'has one name for two fields',
      form(row('Admin New Password', 'a') + row('Admin Confirm Password', 'a')),
      'two fields have one name',
    ],
    ['only asks for the user', form(row('User New Password', 'a')), 'it does not ask for the admin password'],
    ['would put passwords into the URL', form(all, 'action=/x'), 'it would put the passwords into the URL'],
    [
      'has no form',
      `<title>Set Password</title><table>${all}</table>`,
      'there is no form, or more than one, with password fields',
    ],
  ])('is not clear where it %s', (_what, body, why) => expect(read(body)).toBe(why));

  it('is no login page, and no other page is one', () => {
    expect(read('<title>Login</title><form method=post>Password: <input type=password name=p></form>')).toBeNull();
    expect(read('')).toBeNull();
  });
});
