import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readLoginForm } from '../../../src/pages/sign-in/login-form.js';
import { writeAdminPage } from '../../support/pages/admin-pages.js';
import { multiplatform } from '../../support/pages/phone-profiles.js';

/** What would be posted for admin, or why not, or null for no login page. */
function read(body: string, username = 'admin'): unknown {
  const reading = readLoginForm(body, multiplatform);
  if (reading === null) return null;
  if ('unclear' in reading) return reading.unclear;
  const pairs = reading.form.fill(username, 's3cret');
  return pairs && pairs.map(({ name, value }) => `${name}=${value}`).join('&');
}

const form = (inside: string, attributes = 'action="/login.csc" method="post"'): string =>
  `<html><head><title>CP-8841-3PCC Configuration Utility</title></head><body><h1>Admin Login</h1><form ${attributes}>${inside}</form></body></html>`;
const user = '<input name="u" value="guest">';
const password = '<input type="password" name="p">';

describe('a login form is read by its labels', () => {
  it.each<[string, string]>([
    [
      'in table rows',
      `<table><tr><td>User Name:</td><td>${user}</td></tr><tr><td>Password:</td><td>${password}</td></tr></table>`,
    ],
    ['in unclosed cells and capitals', `<TABLE><TR><TD>USERNAME<TD>${user}<TR><TD>PASSWORD<TD>${password}</TABLE>`],
    ['in labels', `<label>User name ${user}</label><label>Password ${password}</label>`],
    ['by id', `<div><input name=u id=x></div><div>${password}</div><label for=x>Login</label>`],
    ['in paragraphs', `<p>Username: ${user}</p><p>Password: ${password}</p>`],
    ['as placeholders', `<input name=u placeholder="Username">${password}`],
    ['as names for screen readers', `<input name=u aria-label="User ID">${password}`],
    [
      'from a list',
      `Account <select name=u><option value=admin>Administrator<option value=user>User</select> Password ${password}`,
    ],
  ])('%s', (_how, inside) => expect(read(form(inside))).toBe('u=admin&p=s3cret'));

  it('with what a browser posts along: hidden fields, ticked boxes and the button', () => {
    const more =
      '<input type=hidden name=token value="a&amp;b"><input type=checkbox name=keep checked><input type=checkbox name=no><input type=submit name=go value=Login><input type=reset name=r>';
    const inside = `<p>Username: ${user}</p><p>Password: ${password}</p>${more}`;
    expect(read(form(inside))).toBe('token=a&b&keep=on&go=Login&u=admin&p=s3cret');
  });

  it('for the one account of a form that only asks for a password, and for no other', () => {
    expect(read(form(`Password: ${password}`))).toBe('p=s3cret');
    expect(read(form(`Password: ${password}`), 'user')).toBeNull();
  });

  it('for the account that is fixed or offered, and for no other', () => {
    const fixed = form(`<p>Username: <input name=u value=admin readonly></p><p>Password: ${password}</p>`);
    expect([read(fixed), read(fixed, 'user')]).toEqual(['u=admin&p=s3cret', null]);
    const offered = form(`<p>Username: <select name=u><option>user</select></p><p>Password: ${password}</p>`);
    expect([read(offered), read(offered, 'user')]).toEqual([null, 'u=user&p=s3cret']);
  });
});

describe('a login form is not filled in', () => {
  const both = `<p>Username: ${user}</p><p>Password: ${password}</p>`;
  it.each([
    ['without a form', `<title>Login</title>${both}`, /no form/],
    ['with two forms', `${form(both)}<form action=b method=post>${password}</form>`, /more than one/],
    ['with two passwords', form(`${both}<p>Again: ${password}</p>`), /more than one password/],
    ['with a code to type', form(`${both}<p>Code: <input name=c></p>`), /more than user name and password/],
    [
      'with a field that is not known',
      form(`<p>Nickname: ${user}</p><p>Password: ${password}</p>`),
      /not known \(Nickname/,
    ],
    ['with a field without a label', form(`${user}${password}`), /not known/],
    ['that would put it into the URL', form(both, 'action="/login"'), /URL/],
    ['without names', form('<p>Username: <input></p><p>Password: <input type=password></p>'), /no names/],
    [
      'with one name for both',
      form('<p>Username: <input name=x></p><p>Password: <input name=x type=password></p>'),
      /no names/,
    ],
    [
      'that broke off',
      `<title>Login</title><form method=post action=x><p>Username: ${user}<p>Password: ${password}`,
      /no form/,
    ],
  ])('%s', (_how, body, why) => expect(read(body)).toMatch(why));
});

describe('a page that asks for no login', () => {
  it.each([
    ['the admin page', writeAdminPage(1, 'bcisco').html],
    ['the Set Password page', form(`<p>Admin New Password: ${password}</p>`)],
    ['a page about logins', '<title>Login</title><p>Log in at the console</p>'],
    ['nothing', ''],
  ])('is none: %s', (_what, body) => expect(read(body)).toBeNull());
});

describe('whatever a page holds', () => {
  const piece = fc.constantFrom(
    ...[
      '<form method=post>',
      '</form>',
      '<input type=password name=p>',
      '<input name=u>',
      '<label for=a>',
      'Password:',
      'Username',
      '<td>',
      '<',
      '"',
      '<select name=s>',
      '<option>',
      '<title>Login',
    ],
  );

  it('is read without a throw, and never posts what is no pair', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), (parts) => {
        const result = read(parts.join(''));
        expect(result === null || typeof result === 'string').toBe(true);
      }),
      { numRuns: 1_000, seed: 4 },
    );
  });
});
