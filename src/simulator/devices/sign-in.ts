import { createHash } from 'node:crypto';
import { hashText } from '../random.js';
import type { DeviceRequest } from './answer.js';
import type { Device } from './device.js';

/** What a request brings to sign in with: nothing, the right words, wrong ones, or right ones for a nonce that is used up. */
export type Brought = 'nothing' | 'right' | 'wrong' | 'stale';

const USER = 'admin';
const REALM = 'spa admin';
/** Nonces that a phone remembers; older ones are stale. */
const REMEMBERED = 4;

/** Judges a Basic authorization, and counts a wrong one. */
export function checkBasic(device: Device, { authorization }: DeviceRequest): Brought {
  const encoded = /^Basic +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return 'nothing';
  const right = Buffer.from(encoded, 'base64').toString('utf8') === `${USER}:${device.behavior.password}`;
  return right ? 'right' : wrong(device);
}

/** Judges a Digest authorization (RFC 2617, MD5 with `qop`), and counts a wrong one. */
export function checkDigest(device: Device, { authorization, method, path, query }: DeviceRequest): Brought {
  if (authorization === null || !/^Digest /i.test(authorization)) return 'nothing';
  const said = Object.fromEntries(
    [...authorization.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)].map(([, name, text, token]) => [name, text ?? token]),
  ) as Record<string, string | undefined>;
  const { nonce = '', nc = '', cnonce = '', response } = said;
  const uri = query === '' ? path : `${path}?${query}`;
  const user = md5(`${USER}:${REALM}:${device.behavior.password}`);
  const expected = md5(`${user}:${nonce}:${nc}:${cnonce}:auth:${md5(`${method}:${uri}`)}`);
  if (said['uri'] !== uri) device.violate(`signed ${said['uri'] ?? 'nothing'} in a request for ${path}`);
  if (said['opaque'] !== opaqueOf(device)) device.violate('did not send the opaque text back');
  const isRight = said['username'] === USER && said['realm'] === REALM && response === expected;
  if (!isRight) return wrong(device);
  const last = device.state.nonces.get(nonce);
  if (last === undefined) return 'stale';
  const count = Number.parseInt(nc, 16);
  if (!(count > last)) {
    device.violate('used a nonce count twice');
    return 'stale';
  }
  device.state.nonces.set(nonce, count);
  return 'right';
}

/** The ancestors' challenge to the letter: two blanks after Digest, quoted algorithm (facts/multiplatform-web §5). */
export function newChallenge(device: Device, stale: boolean): string {
  const { state } = device;
  state.challenges += 1;
  const nonce = fortyHex(`${device.mac} nonce ${state.challenges}`);
  state.nonces.set(nonce, 0);
  const [oldest] = state.nonces.keys();
  if (state.nonces.size > REMEMBERED && oldest !== undefined) state.nonces.delete(oldest);
  const fields = `nonce="${nonce}",opaque="${opaqueOf(device)}",algorithm="MD5",qop="auth"`;
  return `Digest  realm="${REALM}", domain="/",${fields}${stale ? ',stale="true"' : ''}`;
}

function wrong(device: Device): Brought {
  device.state.failedSignIns += 1;
  return 'wrong';
}

function opaqueOf(device: Device): string {
  return fortyHex(`${device.mac} opaque`);
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

function fortyHex(seed: string): string {
  return [1, 2, 3, 4, 5].map((part) => hashText(`${seed} ${part}`).toString(16).padStart(8, '0')).join('');
}
