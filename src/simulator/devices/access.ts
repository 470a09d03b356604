import type { DeviceRequest } from './answer.js';
import type { Device } from './device.js';
import type { Reply } from './reply.js';
import { html } from './reply.js';
import { checkBasic, checkDigest, newChallenge } from './sign-in.js';

/** What stands before /admin; null when it is open, or the request brings what opens it. */
export function signIn(device: Device, request: DeviceRequest): Reply | null {
  switch (device.behavior.auth) {
    case 'open':
      return null;
    case 'form':
      return html(loginPage(device.layoutTraits().productName));
    case 'basic':
      return checkBasic(device, request) === 'right' ? null : challenge('Basic realm="spa admin"');
    case 'digest': {
      const found = checkDigest(device, request);
      return found === 'right' ? null : challenge(newChallenge(device, found === 'stale'));
    }
  }
}

/** The page of 12.x that comes before all others out of the box (facts/multiplatform-web §5). */
export function setPasswordPage(device: Device): Reply {
  const rows = ['Admin New Password', 'Admin Confirm Password', 'User New Password', 'User Confirm Password'].map(
    (label, index) => `<tr><td>${label}:</td><td><input type="password" name="P${index + 1}"></td></tr>`,
  );
  return html(`<html><head><title>${device.layoutTraits().productName} Configuration Utility</title></head><body><h1>Set Password</h1>
<form action="/setpassword.csc" method="post"><table>${rows.join('')}</table><input type="submit" value="Submit"></form></body></html>`);
}

function loginPage(productName: string): string {
  return `<html><head><title>${productName} Configuration Utility</title></head><body><h1>Admin Login</h1>
<form action="/login.csc" method="post"><table><tr><td>Username:</td><td><input name="user" value="admin"></td></tr>
<tr><td>Password:</td><td><input type="password" name="password"></td></tr></table><input type="submit" value="Login"></form></body></html>`;
}

function challenge(header: string): Reply {
  const reply = html('<p><font size="5" color="#990000">401 Unauthorized\r\n!</p>', '', 401);
  return { ...reply, headers: { ...reply.headers, 'WWW-Authenticate': header } };
}
