import type { Credentials } from '../../domain/network/site.js';
import { type DigestChallenge, digestChallenge, digestFields, type DigestUse } from './digest.js';

/** One sign-in scheme that a response offers. */
export interface Challenge {
  /** In lower case. */
  scheme: string;
  /** By lower-case name, without quotes; the first of repeated ones. */
  params: ReadonlyMap<string, string>;
}

/** A challenge we can respond to. */
export type Answerable = { scheme: 'digest'; digest: DigestChallenge } | { scheme: 'basic' };

/** What the authorization of a request depends on. */
export type SignedRequest = Pick<DigestUse, 'method' | 'uri'>;

/** Sticky: one `name=value`, the value quoted or not; the closing quote may be missing. */
const param = /([^\s,="]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^\s,]*))/y;
const word = /[^\s,="]+/y;

/**
 * The challenges of a `WWW-Authenticate` header, in order; several headers must be joined by commas. More lenient than RFC 9110: old phones
 * send two blanks and quoted tokens (docs/knowledge/multiplatform-access.md#signing-in). Skips what it cannot read.
 */
export function parseChallenges(header: string): Challenge[] {
  const challenges: { scheme: string; params: Map<string, string> }[] = [];
  for (let at = 0; at < header.length;) {
    param.lastIndex = word.lastIndex = at;
    const pair = param.exec(header);
    const scheme = pair === null ? word.exec(header)?.[0] : undefined;
    if (pair !== null) {
      const name = (pair[1] ?? '').toLowerCase();
      const value = pair[2]?.replace(/\\(.)/g, '$1') ?? pair[3] ?? '';
      const params = challenges.at(-1)?.params;
      if (params?.has(name) === false) params.set(name, value);
    } else if (scheme !== undefined) challenges.push({ scheme: scheme.toLowerCase(), params: new Map() });
    at += pair?.[0].length ?? scheme?.length ?? 1;
  }
  return challenges;
}

/** The challenge to respond to: the first known Digest, else Basic, which exposes the password; `null` without either. */
export function chooseChallenge(header: string): Answerable | null {
  const challenges = parseChallenges(header);
  for (const { scheme, params } of challenges) {
    const digest = scheme === 'digest' ? digestChallenge(params) : null;
    if (digest) return { scheme: 'digest', digest };
  }
  return challenges.some(({ scheme }) => scheme === 'basic') ? { scheme: 'basic' } : null;
}

/**
 * The `Authorization` header of a request; `null` when a header cannot carry it: a user name with a colon for Basic, control characters, a
 * realm that is not UTF-8.
 * @param count how often the challenge has been used, this time included
 */
export function authorizationFor(
  challenge: Answerable,
  credentials: Credentials,
  request: SignedRequest,
  count: number,
  cnonce: string,
): string | null {
  const { username } = credentials;
  const password = credentials.password();
  if (challenge.scheme === 'basic') {
    if (username.includes(':')) return null;
    return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
  }
  const fields = digestFields(challenge.digest, { ...request, username, password, count, cnonce });
  const value = `Digest ${fields.map(([name, text, isToken]) => `${name}=${isToken ? text : quoted(text)}`).join(', ')}`;
  if (/[\x00-\x1f\x7f\ufffd]/.test(value)) return null;
  // Headers are sent as latin1: this way the phone gets the UTF-8 bytes that are hashed.
  return Buffer.from(value, 'utf8').toString('latin1');
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
