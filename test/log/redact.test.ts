import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isSecretName, redactText } from '../../src/log/redact.js';

describe('names of secrets', () => {
  it.each([
    'password',
    'adminPassword',
    'Admin_Password',
    'xpassword',
    'pwd',
    'passphrase',
    'secret',
    'client_secret',
    'authorization',
    'Authorization',
    'Proxy-Authorization',
    'cookie',
    'Set-Cookie',
    'token',
    'X-API-Key',
    'apiKey',
    'private_key',
    'sessionId',
    'credentials',
  ])('%s is one', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each([
    'authorizationRule',
    'authorizationType',
    'transitionAuthorizationType',
    'address',
    'mac',
    'key',
    'passed',
    '',
  ])('%s is none', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});

describe('secrets in texts', () => {
  it.each([
    ['http://admin:hunter2@10.0.0.5/x.loads', 'http://[redacted]@10.0.0.5/x.loads'],
    ['get HTTPS://admin:p@ss@h:8443/ now', 'get HTTPS://[redacted]@h:8443/ now'],
    ['http://tokenonly@h/', 'http://[redacted]@h/'],
    ['/admin/config.xml&xuser=admin&xpassword=hunter2', '/admin/config.xml&xuser=[redacted]&xpassword=[redacted]'],
    ['?pwd=hunter2&next=1', '?pwd=[redacted]&next=1'],
    ['Admin_Password="hun ter2" x', 'Admin_Password=[redacted] x'],
    ['5356=90&P30959=hunter2&7=1', '5356=90&P30959=[redacted]&7=1'],
    ['{"password":"hun\\"ter2","a":1}', '{"password":"[redacted]","a":1}'],
    ['<Admin_Password ua="na">hunter2</Admin_Password>', '<Admin_Password ua="na">[redacted]</Admin_Password>'],
    ['[--uid joe --pwd hunter2]http://h/x', '[--uid joe --pwd [redacted]]http://h/x'],
    [
      'Authorization: Digest username="a", response="b"\r\nAccept: */*',
      'Authorization: Digest [redacted]\r\nAccept: */*',
    ],
    ['Set-Cookie: sid=1; Path=/', 'Set-Cookie: [redacted]'],
  ])('%s', (text, expected) => {
    expect(redactText(text)).toBe(expected);
  });

  it.each([
    'http://10.0.0.5:6970/$MAU_M2E.lic',
    'http://h/path?mail=a@b',
    'set-password-page: The phone wants its first admin password to be set.',
    'Transition Authorization Status: [0][01/01/2023 12:00:00][https://h/e2m/00B0D063C226.lic]Authorization Succeeded.',
    'user a@b.example asked',
    '',
  ])('leaves %s', (text) => {
    expect(redactText(text)).toBe(text);
  });

  it('hides a password in a URL, a query and a form whatever it is', () => {
    const secret = fc.string().map((text) => `hun${encodeURIComponent(text)}ter2`);
    const around = fc.string().map((text) => text.replace(/["'\\]/g, ''));
    fc.assert(
      fc.property(secret, around, (password, text) => {
        expect(redactText(`${text} http://admin:${password}@h/${text}`)).not.toMatch(/hun|ter2/);
        expect(redactText(`${text}&xpassword=${password}&${text}`)).not.toMatch(/hun|ter2/);
        expect(redactText(`${text} Admin_Password=${password}`)).not.toMatch(/hun|ter2/);
        expect(redactText(`${text} "passwd": ${JSON.stringify(password)}`)).not.toMatch(/hun|ter2/);
      }),
      { numRuns: 500 },
    );
  });

  it('ends soon on a long text made to slow it down', () => {
    for (const piece of ['a', 'http://', 'password', '<password ', '"password', '--pwd ', 'cookie:']) {
      expect(redactText(piece.repeat(200_000)).length).toBeLessThanOrEqual(200_000);
    }
  });
});
