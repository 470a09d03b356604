import { type DeviceRequest, type Reply, html } from '../http.js';
import type { Device } from '../device.js';
import { checkSession } from './login-form.js';
import { authOf } from './password.js';
import { checkBasic, checkDigest, newChallenge } from './sign-in.js';
import type { World } from '../world.js';

/** The refusal before /admin; null when it is open or the request carries valid credentials. */
export function signIn(device: Device, request: DeviceRequest, world: World): Reply | null {
  const refused = device.state.lockedOut ? null : tryWords(device, request, world);
  // The last wrong password allowed already gets this response.
  return device.state.lockedOut ? lockedOut(device) : refused;
}

function tryWords(device: Device, request: DeviceRequest, world: World): Reply | null {
  switch (authOf(device)) {
    case 'open':
      return null;
    case 'form':
      return checkSession(device, request, world);
    case 'basic':
      return checkBasic(device, request) === 'right' ? null : challenge(device, basicChallenge);
    case 'digest': {
      const found = checkDigest(device, request, world);
      return found === 'right' ? null : challenge(device, newChallenge(device, found === 'stale', world));
    }
  }
}

/** Null when this phone accepts the request's `Referer` or its absence (docs/knowledge/multiplatform-access.md#referer). */
export function refusedReferer(device: Device, { method, referer, host }: DeviceRequest): Reply | null {
  const { refererRule, refererAppliesTo } = device.behavior;
  if (refererAppliesTo === 'post' && method !== 'POST') return null;
  const sameOrigin = referer !== null && URL.canParse(referer) && new URL(referer).host === host;
  const allowed = {
    any: true,
    'none-allowed': referer === null,
    'same-origin-required': sameOrigin,
    'foreign-refused': referer === null || sameOrigin,
  }[refererRule];
  return allowed ? null : html('<p><font size="5" color="#990000">403 Forbidden\r\n!</p>', '', 403);
}

const basicChallenge = 'Basic realm="spa admin"';

function challenge(device: Device, header: string): Reply {
  device.state.asked = true;
  return withChallenge(header);
}

function withChallenge(header: string): Reply {
  const reply = bare401();
  return { ...reply, headers: { ...reply.headers, 'WWW-Authenticate': header } };
}

const bare401 = (): Reply => html('<p><font size="5" color="#990000">401 Unauthorized\r\n!</p>', '', 401);

/** A 401 to a signed-in client: it says nothing about the requested page. */
export function unauthorized(device: Device, world: World): Reply {
  switch (authOf(device)) {
    case 'open':
    case 'form':
      return bare401();
    case 'basic':
      return withChallenge(basicChallenge);
    case 'digest':
      return withChallenge(newChallenge(device, false, world));
  }
}

function lockedOut(device: Device): Reply {
  return html('<p>Too many failed logins.</p>', '', device.behavior.lockoutStatus);
}
