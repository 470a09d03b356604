import { createHash } from 'node:crypto';
import type { DeviceRequest } from '../http.js';
import type { Device } from '../device.js';
import { countWrong, passwordOf, USER } from './password.js';
import { fortyHex } from './tokens.js';
import type { World } from '../world.js';

/** A request's credentials: none, right, wrong, or right for a nonce that is used up. */
export type Brought = 'nothing' | 'right' | 'wrong' | 'stale';

const REALM = 'spa admin';
/** Nonces that a phone remembers; older ones are stale. */
const REMEMBERED = 4;

/** Judges a Basic authorization, and counts a wrong one. */
export function checkBasic(device: Device, { authorization }: DeviceRequest): Brought {
  const encoded = /^Basic +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return 'nothing';
  const words = Buffer.from(encoded, 'base64').toString('utf8');
  if (words === `${USER}:${passwordOf(device)}`) return 'right';
  countWrong(device, words);
  return 'wrong';
}

/** Judges a Digest authorization (RFC 2617 with or without `qop`; RFC 7616 for SHA-256), and counts a wrong one. */
export function checkDigest(device: Device, request: DeviceRequest, world: World): Brought {
  const { authorization, method, path, query } = request;
  if (authorization === null || !/^Digest /i.test(authorization)) return 'nothing';
  const said = Object.fromEntries(
    [...authorization.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)].map(([, name, text, token]) => [name, text ?? token]),
  ) as Record<string, string | undefined>;
  const { nonce = '', nc = '', response } = said;
  const uri = query === '' ? path : `${path}?${query}`;
  if (said['uri'] !== uri) device.violate(`signed ${said['uri'] ?? 'nothing'} in a request for ${path}`);
  if (said['opaque'] !== opaqueOf(device)) device.violate('did not send the opaque text back');
  const expected = (password: string): string => responseFor(device, password, said, `${method}:${uri}`);
  const isRight = said['username'] === USER && said['realm'] === REALM && response === expected(passwordOf(device));
  if (!isRight) {
    // A digest does not reveal its password: all unknown ones count as the same.
    const password = world.knownPasswords.find((candidate) => response === expected(candidate));
    countWrong(device, `${said['username'] ?? ''}:${password ?? ''}`);
    return 'wrong';
  }
  return useNonce(device, nonce, nc);
}

function useNonce(device: Device, nonce: string, nc: string): Brought {
  const { digestQop, digestNonceUses } = device.behavior;
  const used = device.state.nonces.get(nonce);
  if (used === undefined) return 'stale';
  if (digestQop === 'auth') {
    const count = Number.parseInt(nc, 16);
    if (!(count > used.count)) {
      device.violate('used a nonce count twice');
      return 'stale';
    }
    used.count = count;
  }
  used.requests += 1;
  return digestNonceUses > 0 && used.requests > digestNonceUses ? 'stale' : 'right';
}

function responseFor(
  device: Device,
  password: string,
  said: Record<string, string | undefined>,
  request: string,
): string {
  const { digestAlgorithm, digestQop } = device.behavior;
  const hash = (text: string): string =>
    createHash(digestAlgorithm === 'SHA-256' ? 'sha256' : 'md5')
      .update(text)
      .digest('hex');
  const user = hash(`${USER}:${REALM}:${password}`);
  const { nonce = '', nc = '', cnonce = '' } = said;
  return digestQop === 'none'
    ? hash(`${user}:${nonce}:${hash(request)}`)
    : hash(`${user}:${nonce}:${nc}:${cnonce}:auth:${hash(request)}`);
}

/** A challenge. The ancestors' to the letter: two blanks after Digest, quoted algorithm (docs/knowledge/multiplatform-access.md#signing-in). */
export function newChallenge(device: Device, stale: boolean, world: World): string {
  const { state, behavior } = device;
  state.challenges += 1;
  const nonce = fortyHex(`${device.mac} nonce ${state.challenges}`);
  if (world.strict) world.issued.set(nonce, device.mac);
  state.nonces.set(nonce, { count: 0, requests: 0 });
  const [oldest] = state.nonces.keys();
  if (state.nonces.size > REMEMBERED && oldest !== undefined) state.nonces.delete(oldest);
  const old = behavior.digestSpelling === 'ancestor';
  const quoted = (text: string): string => (old ? `"${text}"` : text);
  const fields = [`nonce="${nonce}"`, `opaque="${opaqueOf(device)}"`];
  if (behavior.digestAlgorithm !== 'unsaid') fields.push(`algorithm=${quoted(behavior.digestAlgorithm)}`);
  if (behavior.digestQop === 'auth') fields.push('qop="auth"');
  if (stale && behavior.digestSaysStale) fields.push(`stale=${quoted('true')}`);
  return old
    ? `Digest  realm="${REALM}", domain="/",${fields.join(',')}`
    : `Digest realm="${REALM}", ${fields.join(', ')}`;
}

function opaqueOf(device: Device): string {
  return fortyHex(`${device.mac} opaque`);
}
