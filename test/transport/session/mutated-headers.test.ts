import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { authorizationFor, chooseChallenge, parseChallenges } from '../../../src/transport/sign-in/authorization.js';
import { decodeBody } from '../../../src/transport/body/response.js';
import { redirectTarget } from '../../../src/transport/session/redirect.js';
import { isTransportError } from '../../../src/transport/errors/transport-error.js';
import { runs } from '../../support/depth.js';
import { anyText } from '../../support/any-text.js';

/* Broken headers and bodies by the thousand: no throw but our own, nothing leaves that a header or a path must not hold, and no other host. */
const numRuns = runs(500, 5_000);
const seed = 4;

const dirt = fc.oneof(
  fc.constantFrom(
    '"',
    "'",
    ',',
    '=',
    '\\',
    ' ',
    '\t',
    '\r\n',
    '\0',
    '\x7f',
    '\u00fc',
    'Basic',
    'Digest ',
    ';',
    '(',
    'nonce=',
    'qop=""',
  ),
  anyText({ maxLength: 4 }),
);

/** A text with pieces of it cut out and dirt put in. */
const broken = (...texts: string[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...texts), fc.array(fc.tuple(fc.nat(200), fc.nat(12), dirt), { maxLength: 5 }))
    .map(([text, changes]) =>
      changes.reduce((now, [at, length, piece]) => {
        const place = at % (now.length + 1);
        return now.slice(0, place) + piece + now.slice(place + length);
      }, text),
    );

const challenges = broken(
  'Digest  realm="spa admin", domain="/",nonce="0a1b2c",opaque="ff",algorithm="MD5",qop="auth"',
  'Digest realm="r", nonce="n", algorithm=SHA-256, qop="auth-int, auth", stale=TRUE',
  'Digest nonce="n", algorithm=MD5-sess, qop=auth',
  'Basic realm="phone", Digest realm="a, b", nonce="n\\"x", qop="auth"',
  'Negotiate, Basic realm=""',
);
const credentials = { username: 'admin', password: () => 'secret-8841' };

describe('a broken WWW-Authenticate header', () => {
  it('never throws, and what answers it is one line of bytes without the password', () => {
    let digests = 0;
    fc.assert(
      fc.property(challenges, fc.string({ maxLength: 20 }), (header, uri) => {
        parseChallenges(header);
        const chosen = chooseChallenge(header);
        if (!chosen) return;
        const answer = authorizationFor(chosen, credentials, { method: 'GET', uri: `/${encodeURI(uri)}` }, 1, 'c0');
        if (answer === null) return;
        expect(answer).toMatch(/^[\x20-\x7e\x80-\xff]*$/);
        expect(answer).not.toContain('secret-8841');
        if (chosen.scheme === 'basic') return;
        digests += 1;
        // Each field once, in quotes that pair: nothing of the phone's becomes a field of its own.
        const fields = answer.replace(/^Digest /, '').match(/(?:^|, )(\w+)=(?:"(?:[^"\\]|\\.)*"|[^",]*)/g) ?? [];
        expect(`Digest ${fields.join('')}`).toBe(answer);
        const names = fields.map((field) => /\w+/.exec(field)?.[0]);
        expect(new Set(names).size).toBe(names.length);
      }),
      { numRuns, seed },
    );
    expect(digests).toBeGreaterThan(numRuns / 5);
  });

  it('costs time in proportion to its length', () => {
    for (const piece of ['"', 'Digest ', 'a="', 'a="\\', ',', ' ', '=', 'nonce="x",', 'Digest nonce=x ']) {
      const begin = process.cpuUsage();
      chooseChallenge(piece.repeat(16 * 1024));
      expect(process.cpuUsage(begin).user / 1000).toBeLessThan(2_000);
    }
  });
});

describe('a broken Location header', () => {
  it('leads to the same host or nowhere', () => {
    let followed = 0;
    const locations = broken(
      'https://127.0.0.1:443/admin/advanced',
      '/admin/advanced?x=1',
      '//127.0.0.1/x',
      'http://127.0.0.1@192.0.2.1/',
      'http://192.0.2.1#@127.0.0.1/',
      'HTTPS:\\\\127.0.0.1\\a',
      'javascript:alert(1)',
      'http://127.0.0.1.example/',
    );
    fc.assert(
      fc.property(locations, fc.constantFrom(301, 302, 307), (location, status) => {
        try {
          const target = redirectTarget(
            { status, headers: { location } },
            '127.0.0.1',
            { scheme: 'http', port: 80 },
            '/a/b',
          );
          if (!target) return expect(location).toBe('');
          followed += 1;
          expect(target.path).toMatch(/^\/[\x21-\x7e]*$/);
          expect(target.endpoint.port).toBeGreaterThan(0);
          expect(target.endpoint.port).toBeLessThan(65_536);
          // A target names no host: the session goes on with its own.
          expect(Object.keys(target).sort()).toEqual(['endpoint', 'path']);
          const meant = new URL(location, 'http://127.0.0.1/a/b');
          expect(meant.hostname).toBe('127.0.0.1');
        } catch (error) {
          if (!isTransportError(error)) throw error;
          expect(error.code).toBe('redirect-elsewhere');
        }
      }),
      { numRuns, seed },
    );
    expect(followed).toBeGreaterThan(numRuns / 5);
  });
});

describe('a body and its charset', () => {
  it('become text whatever they are: UTF-8 only where it is, and no byte is lost otherwise', () => {
    const types = broken('text/html; charset=utf-8', 'text/html;charset="ISO-8859-1"', 'text/html; charset=utf-7', '');
    const bodies = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      // The head of a gzip body: we asked for none, and unpack none.
      fc.uint8Array({ maxLength: 60 }).map((bytes) => Uint8Array.from([0x1f, 0x8b, 8, 0, ...bytes])),
      anyText().map((text) => Uint8Array.from(Buffer.from(`<meta charset=utf-8>${text}`))),
    );
    fc.assert(
      fc.property(bodies, types, (bytes, type) => {
        const body = Buffer.from(bytes);
        const { text, charset } = decodeBody(body, type);
        expect(Buffer.from(text, charset).equals(body)).toBe(true);
      }),
      { numRuns: 2 * numRuns, seed },
    );
  });
});
