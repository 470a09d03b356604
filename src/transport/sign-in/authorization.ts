import type { Credentials } from '../../domain/network/site.js';
import { type DigestChallenge, digestChallenge, digestFields, type DigestUse } from './digest.js';

/** One way to sign in that an answer offers. */
export interface Challenge {
  /** In lower case. */
  scheme: string;
  /** By lower-case name, without quotes. Of a repeated one the first. */
  params: ReadonlyMap<string, string>;
}

/** A challenge that we can answer. */
export type Answerable = { scheme: 'digest'; digest: DigestChallenge } | { scheme: 'basic' };

/** What a request is, as far as an answer depends on it. */
export type SignedRequest = Pick<DigestUse, 'method' | 'uri'>;

/** At the place where it is tried: one `name=value`, the value quoted or not; an end quote may be missing. */
const param = /([^\s,="]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^\s,]*))/y;
const word = /[^\s,="]+/y;

/**
 * The challenges of a `WWW-Authenticate` header, in their order; several headers are to be joined by commas. It takes more than RFC 9110
 * allows, such as the two blanks and quoted tokens of the phones' ancestors (docs/knowledge/multiplatform-access.md#signing-in), and skips
 * what it cannot read.
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

/** The challenge to answer: the first Digest that we know, else Basic, which shows the password; `null` when there is neither. */
export function chooseChallenge(header: string): Answerable | null {
  const challenges = parseChallenges(header);
  for (const { scheme, params } of challenges) {
    const digest = scheme === 'digest' ? digestChallenge(params) : null;
    if (digest) return { scheme: 'digest', digest };
  }
  return challenges.some(({ scheme }) => scheme === 'basic') ? { scheme: 'basic' } : null;
}

/**
 * The value of the `Authorization` header for a request, or `null` when it cannot be said in a header: a user name that Basic has no
 * place for, control characters, a realm that is not UTF-8.
 * @param count how often the challenge has been answered, this one included
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
  // Headers are sent byte by byte: this way the phone gets the UTF-8 of what is hashed.
  return Buffer.from(value, 'utf8').toString('latin1');
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
