import type { Device } from '../device.js';
import type { Reply } from '../reply.js';
import { html } from '../reply.js';
import { fortyHex, rememberFew } from '../secrets.js';

/** A new token for a page with a form; the newest four are taken back. */
export function newToken(device: Device): string {
  const { state } = device;
  state.tokensGiven += 1;
  const token = fortyHex(`${device.mac} token ${state.tokensGiven}`);
  rememberFew(state.tokens, token);
  return token;
}

/** Null when a post brings a token that was given out, or none is wanted; else the refusal. */
export function refusedToken(device: Device, posted: string | undefined): Reply | null {
  if (device.behavior.formToken === 'none') return null;
  if (posted !== undefined && device.state.tokens.includes(posted)) return null;
  return html('<html><body><p>The request was refused. Load the page again.</p></body></html>', '', 403);
}
