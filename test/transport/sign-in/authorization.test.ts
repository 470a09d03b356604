import { validateHeaderValue } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Credentials } from '../../../src/domain/network/site.js';
import { authorizationFor, chooseChallenge, parseChallenges } from '../../../src/transport/sign-in/authorization.js';
import { anyText } from '../../support/any-text.js';

const admin: Credentials = { username: 'admin', password: () => 'cisco-admin-1' };
const request = { method: 'GET', uri: '/admin/advanced' };

const read = (header: string): [string, Record<string, string>][] =>
  parseChallenges(header).map(({ scheme, params }) => [scheme, Object.fromEntries(params)]);

const answer = (header: string, credentials = admin): string | null => {
  const challenge = chooseChallenge(header);
  return challenge && authorizationFor(challenge, credentials, request, 1, 'cn');
};

describe('the challenges of a header', () => {
  it('are read from the ancestor’s exact words', () => {
    const header = 'Digest  realm="spa user", domain="/",nonce="0a1b",opaque="ff00",algorithm="MD5",qop="auth"';
    expect(read(header)).toEqual([
      ['digest', { realm: 'spa user', domain: '/', nonce: '0a1b', opaque: 'ff00', algorithm: 'MD5', qop: 'auth' }],
    ]);
  });

  it.each<[string, string, [string, Record<string, string>][]]>([
    [
      'several in one',
      'Basic realm="a, b", Digest nonce=n, NTLM',
      [
        ['basic', { realm: 'a, b' }],
        ['digest', { nonce: 'n' }],
        ['ntlm', {}],
      ],
    ],
    ['escaped quotes', 'Basic realm="a \\"b\\" \\\\c"', [['basic', { realm: 'a "b" \\c' }]]],
    ['bare values', 'DIGEST Realm=a, NONCE=b', [['digest', { realm: 'a', nonce: 'b' }]]],
    ['blanks around the equals sign', 'Digest realm = "a" , nonce ="b"', [['digest', { realm: 'a', nonce: 'b' }]]],
    ['no commas', 'Digest realm="a" nonce="b"', [['digest', { realm: 'a', nonce: 'b' }]]],
    ['an empty value', 'Digest realm="", nonce=', [['digest', { realm: '', nonce: '' }]]],
    ['a repeated name', 'Digest nonce="a", nonce="b"', [['digest', { nonce: 'a' }]]],
    ['no end quote', 'Digest nonce="a, b', [['digest', { nonce: 'a, b' }]]],
    [
      'a token of another scheme',
      'Negotiate YWJj==, Basic realm=x',
      [
        ['negotiate', { ywjj: '=' }],
        ['basic', { realm: 'x' }],
      ],
    ],
    ['values before any scheme', 'realm="a", Basic', [['basic', {}]]],
    ['nothing', '', []],
  ])('may have %s', (_what, header, expected) => {
    expect(read(header)).toEqual(expected);
  });
});

describe('the challenge to answer', () => {
  it('is Digest rather than Basic, wherever it stands', () => {
    expect(chooseChallenge('Basic realm="a", Digest realm="a", nonce="n"')?.scheme).toBe('digest');
    expect(chooseChallenge('Digest realm="a", nonce="n", Basic realm="a"')?.scheme).toBe('digest');
  });

  it('is the first Digest that we know', () => {
    const header = 'Digest nonce="1", algorithm=SHA-512-256, Digest nonce="2", algorithm=SHA-256, Digest nonce="3"';
    expect(chooseChallenge(header)).toMatchObject({ digest: { nonce: '2', hash: 'sha256' } });
  });

  it('is Basic where no Digest can be answered, and none where there is neither', () => {
    expect(chooseChallenge('Digest realm="a", Basic realm="a"')).toEqual({ scheme: 'basic' });
    for (const header of ['', 'NTLM', 'Digest qop="auth-int", nonce="a"']) expect(chooseChallenge(header)).toBeNull();
  });
});

describe('an authorization', () => {
  it('is user name and password for Basic (RFC 7617)', () => {
    const aladdin = { username: 'Aladdin', password: () => 'open sesame' };
    expect(answer('Basic realm="x"', aladdin)).toBe('Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==');
    const umlaut = { username: 'test', password: () => '123£' };
    expect(answer('Basic realm="x", charset="UTF-8"', umlaut)).toBe('Basic dGVzdDoxMjPCow==');
  });

  it('quotes what Digest wants quoted, and nothing else', () => {
    const header = answer('Digest  realm="a \\"b\\"",nonce="n",opaque="o",algorithm="MD5",qop="auth"');
    expect(header).toMatch(
      /^Digest username="admin", realm="a \\"b\\"", uri="\/admin\/advanced", algorithm=MD5, nonce="n", nc=00000001, cnonce="cn", qop=auth, response="[0-9a-f]{32}", opaque="o"$/,
    );
  });

  it('never holds the password for Digest', () => {
    expect(answer('Digest nonce="n"')).not.toContain('cisco');
  });

  it('is sent as UTF-8', () => {
    expect(answer('Digest realm="Büro", nonce="n"')).toContain(`realm="${Buffer.from('Büro').toString('latin1')}"`);
  });

  it.each([
    ['a colon in the user name for Basic', 'Basic', 'a:b'],
    ['a line break in the user name', 'Digest nonce="n"', 'a\r\nX: y'],
    ['a realm that was not UTF-8', 'Digest nonce="n", realm="B\ufffdro"', 'admin'],
  ])('cannot be said with %s', (_what, header, username) => {
    expect(answer(header, { ...admin, username })).toBeNull();
  });
});

describe('whatever a phone sends', () => {
  const piece = fc.constantFrom(
    ...['Digest', 'Basic', ' ', ',', '=', '"', '\\', 'realm', 'nonce', 'qop', 'algorithm', 'x'],
  );
  const header = fc.oneof(
    anyText(),
    fc.array(piece, { maxLength: 40 }).map((all) => all.join('')),
  );

  it('is read without a throw, and answered by a header that can be sent or not at all', () => {
    fc.assert(
      fc.property(header, fc.string(), (text, username) => {
        const challenge = chooseChallenge(text);
        if (challenge === null) return;
        const value = authorizationFor(challenge, { username, password: () => 'p' }, request, 1, 'cn');
        if (value !== null) validateHeaderValue('authorization', value);
      }),
    );
  });

  it.each([
    'a'.repeat(16_000),
    ' '.repeat(16_000),
    `a${' '.repeat(16_000)}`,
    `a="${'\\'.repeat(15_999)}`,
    'a ='.repeat(5_000),
  ])('is read quickly, however long (%.3j)', (text) => {
    const before = process.cpuUsage();
    parseChallenges(text);
    expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
  });
});
