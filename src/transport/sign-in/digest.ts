import { createHash } from 'node:crypto';

type Hash = 'md5' | 'sha256';

/** The parts of a Digest challenge (RFC 7616) that decide the response to it. */
export interface DigestChallenge {
  realm: string;
  nonce: string;
  /** Returned unchanged; `null` when there was none. */
  opaque: string | null;
  hash: Hash;
  /** The password's hash is bound to nonce and cnonce (`MD5-sess`, `SHA-256-sess`). */
  session: boolean;
  /** As written in the challenge, returned unchanged; `null` when it named none, which means MD5. */
  algorithm: string | null;
  /** `null`: the older scheme of RFC 2069, without counts. */
  qop: 'auth' | null;
  /** The password was right and only the nonce was too old. */
  stale: boolean;
}

/** What one response is made of. */
export interface DigestUse {
  username: string;
  password: string;
  method: string;
  /** Path and query as on the request line. */
  uri: string;
  /** How often this nonce has been used, this time included. */
  count: number;
  cnonce: string;
}

/** A field of the response: name, value, and whether it is a bare token. */
export type DigestField = readonly [name: string, value: string, isToken: boolean];

const hashes: Readonly<Record<string, Hash>> = { md5: 'md5', 'sha-256': 'sha256' };

/** Reads a Digest challenge; `null` when it cannot be used: no nonce, an unknown algorithm, or only `auth-int`. */
export function digestChallenge(params: ReadonlyMap<string, string>): DigestChallenge | null {
  const nonce = params.get('nonce');
  const algorithm = params.get('algorithm') ?? null;
  const [, name = 'md5', session] = /^(.*?)(-sess)?$/s.exec((algorithm ?? 'md5').trim().toLowerCase()) ?? [];
  const hash = Object.hasOwn(hashes, name) ? hashes[name] : undefined;
  const offered =
    params
      .get('qop')
      ?.trim()
      .toLowerCase()
      .split(/[\s,]+/) ?? [];
  const noQop = offered.every((one) => one === '');
  if (nonce === undefined || hash === undefined || !(noQop || offered.includes('auth'))) return null;
  return {
    realm: params.get('realm') ?? '',
    nonce,
    opaque: params.get('opaque') ?? null,
    hash,
    session: session !== undefined,
    algorithm,
    qop: noQop ? null : 'auth',
    stale: params.get('stale')?.trim().toLowerCase() === 'true',
  };
}

/** The fields of the `Authorization` header for a challenge, in the order of RFC 7616's example. */
export function digestFields(challenge: DigestChallenge, use: DigestUse): DigestField[] {
  const { realm, nonce, opaque, algorithm, qop, session } = challenge;
  const { username, uri, cnonce } = use;
  const nc = use.count.toString(16).padStart(8, '0');
  return [
    ['username', username, false],
    ['realm', realm, false],
    ['uri', uri, false],
    ...(algorithm === null ? [] : [['algorithm', algorithm.trim(), true] as const]),
    ['nonce', nonce, false],
    ...(qop === null ? [] : [['nc', nc, true] as const]),
    ...(qop === null && !session ? [] : [['cnonce', cnonce, false] as const]),
    ...(qop === null ? [] : [['qop', qop, true] as const]),
    ['response', response(challenge, use, nc), false],
    ...(opaque === null ? [] : [['opaque', opaque, false] as const]),
  ];
}

function response(
  { realm, nonce, hash, session, qop }: DigestChallenge,
  { username, password, method, uri, cnonce }: DigestUse,
  nc: string,
): string {
  const digest = (...parts: string[]): string => createHash(hash).update(parts.join(':'), 'utf8').digest('hex');
  const user = digest(username, realm, password);
  const secret = session ? digest(user, nonce, cnonce) : user;
  const request = digest(method, uri);
  return qop === null ? digest(secret, nonce, request) : digest(secret, nonce, nc, cnonce, qop, request);
}
