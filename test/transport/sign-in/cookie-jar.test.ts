import { validateHeaderValue } from 'node:http';
import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Endpoint } from '../../../src/transport/connection/endpoint.js';
import { CookieJar } from '../../../src/transport/sign-in/cookie-jar.js';
import { anyText } from '../../support/any-text.js';

const http: Endpoint = { scheme: 'http', port: 80 };
const https: Endpoint = { scheme: 'https', port: 443 };

let now = 0;
let jar: CookieJar;
beforeEach(() => {
  now = Date.UTC(2026, 0, 1);
  jar = new CookieJar({ now: () => now, monotonic: () => now });
});

const set = (header: string, way = https, path = '/login'): void => jar.take([header], way, path);
const sent = (path = '/admin/advanced', way = https): string | null => jar.header(way, path);

describe('a cookie', () => {
  it('goes back as it came, also with blanks and equals signs in its value', () => {
    set('sid = a=b c ; HttpOnly');
    expect(sent()).toBe('sid=a=b c');
    expect(jar.isEmpty).toBe(false);
  });

  it('goes back only to the scheme and port it came from', () => {
    set('sid=1', http);
    expect([sent('/', http), sent('/', https), sent('/', { scheme: 'http', port: 8080 })]).toEqual([
      'sid=1',
      null,
      null,
    ]);
  });

  it('that is for safe ways only is not taken over plain http', () => {
    set('sid=1; Secure', http);
    set('sid=2; secure');
    expect([sent('/', http), sent('/')]).toEqual([null, 'sid=2']);
  });

  it.each([
    ['/admin', '/login', ['/admin', '/admin/advanced'], ['/', '/administration']],
    ['/admin/', '/login', ['/admin/', '/admin/advanced'], ['/admin', '/']],
    ['', '/admin/login.csc?x=/y/z', ['/admin', '/admin/advanced'], ['/', '/user']],
    ['', '/login.csc', ['/', '/admin/advanced?x'], []],
    ['relative', '/a/b/c', ['/a/b/x'], ['/a']],
  ])('with the path "%s", set by %s, goes to %j and not to %j', (path, setBy, to, notTo) => {
    set(`sid=1${path === '' ? '' : `; Path=${path}`}`, https, setBy);
    for (const one of to) expect([one, sent(one)]).toEqual([one, 'sid=1']);
    for (const one of notTo) expect([one, sent(one)]).toEqual([one, null]);
  });

  it('replaces the one of its name and path, and stands beside one of another path, the longer first', () => {
    set('sid=1; Path=/');
    set('sid=2; Path=/');
    set('sid=3; Path=/admin');
    expect(sent()).toBe('sid=3; sid=2');
  });

  it('ends when it says so, Max-Age before Expires', () => {
    set('a=1; Max-Age=10; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/');
    set('b=1; Expires=Thu, 01 Jan 2026 00:00:20 GMT; Path=/');
    set('c=1; Expires=whenever; Max-Age=soon; Path=/');
    expect(sent()).toBe('a=1; b=1; c=1');
    now += 10_000;
    expect(sent()).toBe('b=1; c=1');
    set('c=; Max-Age=0; Path=/');
    now += 10_000;
    expect(sent()).toBeNull();
  });

  it.each(['', ';', '=x', 'sid', 'a b=1', 'sid=\u0001', 'sid=\u20ac', `sid=${'x'.repeat(5_000)}`, 's\u00e4=1'])(
    'is not taken from %j',
    (header) => {
      set(header);
      expect(jar.isEmpty).toBe(true);
    },
  );
});

describe('a jar', () => {
  it('holds twenty cookies at most: the oldest go first', () => {
    for (let at = 0; at < 100; at += 1) set(`c${at}=1; Path=/`);
    expect(sent()?.split('; ')).toEqual(Array.from({ length: 20 }, (_one, at) => `c${at + 80}=1`));
  });

  const piece = fc.constantFrom(
    'sid',
    '=',
    ';',
    ' ',
    'Path',
    '/',
    'Max-Age',
    'Expires',
    'Secure',
    '-',
    '9',
    '"',
    '\t',
    ',',
  );
  const header = fc.oneof(
    anyText(),
    fc.array(piece, { maxLength: 40 }).map((all) => all.join('')),
  );

  it('takes whatever a phone sets without a throw, and sends only what can stand in a header', () => {
    fc.assert(
      fc.property(fc.array(header, { maxLength: 30 }), fc.webPath(), (headers, path) => {
        const own = new CookieJar({ now: () => now, monotonic: () => now });
        own.take(headers, https, path);
        const value = own.header(https, path);
        if (value !== null) validateHeaderValue('cookie', value);
      }),
      { numRuns: 2_000, seed: 4 },
    );
  });
});
