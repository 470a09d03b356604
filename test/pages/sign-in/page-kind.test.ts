import { describe, expect, it } from '@jest/globals';
import { describePage } from '../../../src/pages/sign-in/page-kind.js';
import { writeAdminPage } from '../../support/pages/admin-pages.js';
import { multiplatform } from '../../support/pages/phone-profiles.js';

const describeBody = (body: string) => describePage(body, multiplatform);
const input = (type: string): string => `<input type="${type}" name="x">`;

describe('a page that is none of ours', () => {
  it('is described by its title', () => {
    expect(describeBody('<html><head><title>\n HP LaserJet &amp; friends </title></head></html>')).toEqual({
      title: 'HP LaserJet & friends',
      signIn: null,
      isShell: false,
    });
  });

  it('may have no title, and no end to it', () => {
    expect(describeBody('')).toEqual({ title: null, signIn: null, isShell: false });
    expect(describeBody('SSH-2.0-OpenSSH')).toEqual({ title: null, signIn: null, isShell: false });
    expect(describeBody('<!-- <title>x</title> --><title> </title>').title).toBeNull();
    expect(describeBody(`<title>${'long '.repeat(50_000)}`).title?.length).toBeLessThanOrEqual(120);
  });
});

describe('a page that asks for a password', () => {
  it('is the Set Password page of 12.x by its labels', () => {
    const rows = ['Admin New Password', 'Admin Confirm Password', 'User New Password', 'User Confirm Password']
      .map((label) => `<tr><td>${label}:</td><td>${input('password')}</td></tr>`)
      .join('');
    expect(describeBody(`<title>Set Password</title><form><table>${rows}</table></form>`).signIn).toBe('set-password');
  });

  it('is a login page when a password is asked for under such words', () => {
    expect(describeBody(`<title>Login Page</title><form>${input('text')}${input('password')}</form>`).signIn).toBe(
      'login',
    );
    expect(describeBody(`<form><label>Password:</label>${input('password')}</form>`).signIn).toBe('login');
  });

  it('is not one that only speaks of it, nor the admin page', () => {
    expect(describeBody('<title>Login</title><p>Log in at the console</p>').signIn).toBeNull();
    expect(describeBody(`<p>Wi-Fi</p>${input('password')}`).signIn).toBeNull();
    expect(describeBody(writeAdminPage(1, 'bcisco').html).signIn).toBeNull();
  });
});

describe('a page that scripts fill in', () => {
  const shell = (content: string): string => `<html><head><title>CP-8841-3PCC Configuration Utility</title></head>
<body>${content}</body></html>`;

  it.each([
    ['nothing but a script', '<div id="app"></div><script src="/app.js"></script>', true],
    ['the names of its tabs', '<ul><li>Info<li>Voice</ul><p>Loading</p><script>start()</script>', true],
    ['no script', '<div id="app"></div>', false],
    ['a row', '<table><tr><td>Product Name:<td>CP-8841-3PCC</table><script>start()</script>', false],
    ['a field', '<form><input name="1"></form><script>start()</script>', false],
  ])('is told by what it lacks: %s', (_what, content, expected) => {
    expect(describeBody(shell(content)).isShell).toBe(expected);
  });
});
