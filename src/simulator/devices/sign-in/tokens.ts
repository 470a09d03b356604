import { hashText } from '../../random.js';
import type { Device } from '../device.js';
import { type Reply, html } from '../http.js';

/** Forty hex digits derived from a text, for nonces, cookies and tokens: different on every phone, the same on every run. */
export function fortyHex(seed: string): string {
  return [1, 2, 3, 4, 5].map((part) => hashText(`${seed} ${part}`).toString(16).padStart(8, '0')).join('');
}

/** Adds a value to a list that keeps only the newest four. */
function rememberFew(list: string[], value: string): void {
  list.push(value);
  if (list.length > 4) list.shift();
}

/** A new token for a page with a form; the newest four are accepted. */
export function newToken(device: Device): string {
  const { state } = device;
  state.tokensGiven += 1;
  const token = fortyHex(`${device.mac} token ${state.tokensGiven}`);
  rememberFew(state.tokens, token);
  return token;
}

/** Null when a post carries a token that was handed out, or none is needed; else the refusal. */
export function refusedToken(device: Device, posted: string | undefined): Reply | null {
  if (device.behavior.formToken === 'none') return null;
  if (posted !== undefined && device.state.tokens.includes(posted)) return null;
  return html('<html><body><p>The request was refused. Load the page again.</p></body></html>', '', 403);
}
