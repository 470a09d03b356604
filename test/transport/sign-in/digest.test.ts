import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { digestChallenge, digestFields, type DigestUse } from '../../../src/transport/sign-in/digest.js';

/** The example of RFC 7616 §3.9.1. */
const mufasa: DigestUse = {
  username: 'Mufasa',
  password: 'Circle of Life',
  method: 'GET',
  uri: '/dir/index.html',
  count: 1,
  cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
};
const example = {
  realm: 'http-auth@example.org',
  nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
  opaque: 'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS',
  qop: 'auth, auth-int',
};
/** The example of RFC 2617 §3.5, and of RFC 2069 as corrected by its errata. */
const older = { realm: 'testrealm@host.com', nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093' };

const challenge = (params: Record<string, string>): ReturnType<typeof digestChallenge> =>
  digestChallenge(new Map(Object.entries(params)));

function answer(params: Record<string, string>, use: Partial<DigestUse> = {}): Record<string, string> {
  const read = challenge(params);
  if (!read) throw new Error('the challenge was not understood');
  return Object.fromEntries(digestFields(read, { ...mufasa, ...use }).map(([name, value]) => [name, value]));
}

describe('the answer to a Digest challenge', () => {
  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('is that of RFC 7616 with %s', (algorithm, response) => {
    expect(answer({ ...example, algorithm })).toEqual({
      username: 'Mufasa',
      realm: example.realm,
      uri: '/dir/index.html',
      algorithm,
      nonce: example.nonce,
      nc: '00000001',
      cnonce: mufasa.cnonce,
      qop: 'auth',
      response,
      opaque: example.opaque,
    });
  });

  it('is that of RFC 2617', () => {
    const use = { password: 'Circle Of Life', cnonce: '0a4f113b' };
    expect(answer({ ...older, qop: 'auth' }, use)['response']).toBe('6629fae49393a05397450978507c4ef1');
  });

  it('is that of RFC 2069 where the phone offers no qop, without a count', () => {
    const fields = answer(older, { password: 'CircleOfLife' });
    expect(fields['response']).toBe('1949323746fe6a43ef61f9606e7febea');
    expect(Object.keys(fields).sort()).toEqual(['nonce', 'realm', 'response', 'uri', 'username']);
  });

  it.each([
    ['MD5-sess', 'md5'],
    ['sha-256-SESS', 'sha256'],
  ])('binds the password to the nonces with %s', (algorithm, name) => {
    const hash = (text: string): string => createHash(name).update(text).digest('hex');
    const user = hash(`Mufasa:${example.realm}:Circle of Life`);
    const secret = hash(`${user}:${example.nonce}:${mufasa.cnonce}`);
    const request = hash('GET:/dir/index.html');
    const fields = answer({ ...example, algorithm });
    expect(fields['response']).toBe(hash(`${secret}:${example.nonce}:00000001:${mufasa.cnonce}:auth:${request}`));
    // Without qop the phone could not check it unless it is told the cnonce.
    expect(answer({ ...older, algorithm })['cnonce']).toBe(mufasa.cnonce);
  });

  it('counts in hexadecimal, and depends on count, method, path and password', () => {
    const usual = answer(example);
    expect(answer(example, { count: 31 })['nc']).toBe('0000001f');
    for (const other of [{ count: 2 }, { method: 'POST' }, { uri: '/dir/index.html?a' }, { password: 'x' }])
      expect(answer(example, other)['response']).not.toBe(usual['response']);
  });
});

describe('a Digest challenge', () => {
  it.each<[string, Record<string, string>]>([
    ['without a nonce', { realm: 'a' }],
    ['with an unknown algorithm', { ...older, algorithm: 'SHA-512-256' }],
    ['with an algorithm named like something inherited', { ...older, algorithm: 'constructor' }],
    ['for whole bodies only', { ...older, qop: 'auth-int' }],
  ])('%s is not understood', (_what, params) => {
    expect(challenge(params)).toBeNull();
  });

  it('may say that only the nonce was too old', () => {
    expect(challenge({ ...older, stale: 'TRUE' })?.stale).toBe(true);
    expect(challenge({ ...older, stale: 'false' })?.stale).toBe(false);
    expect(challenge(older)?.stale).toBe(false);
  });
});
