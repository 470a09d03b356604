import { fieldNames, tokenName } from '../../markup/layout.js';
import { type DeviceRequest, readForm, type Reply, html, redirect } from '../http.js';
import type { Device } from '../device.js';
import { newToken, refusedToken } from './tokens.js';

/** Where the page posts to. */
export const SET_PASSWORD_PATH = '/setpassword.csc';

const LABELS = ['Admin New Password', 'Admin Confirm Password', 'User New Password', 'User Confirm Password'] as const;

/**
 * The page of 12.x that replaces all others out of the box (docs/knowledge/multiplatform-access.md#accounts-and-passwords). A post must give
 * each password twice; only the user's may be blank.
 */
export function setPassword(device: Device, request: DeviceRequest): Reply {
  if (request.method !== 'POST' || request.path !== SET_PASSWORD_PATH) return page(device, '');
  const names = namesOf(device);
  const posted = readForm(request.body);
  const refused = refusedToken(device, posted.get(names.token));
  if (refused !== null) return refused;
  const [admin = '', again = '', user = '', userAgain = ''] = names.inputs.map((name) => posted.get(name) ?? '');
  if (admin === '') return page(device, 'The admin password must not be blank.');
  if (admin !== again || user !== userAgain) return page(device, 'The passwords are not the same.');
  device.state.newPassword = admin;
  return redirect(302, '/admin/advanced');
}

function namesOf(device: Device): { inputs: string[]; token: string } {
  const next = fieldNames(`${device.model} ${device.state.load} set password`);
  return { inputs: LABELS.map(() => `P${next()}`), token: tokenName(next()) };
}

function page(device: Device, problem: string): Reply {
  const names = namesOf(device);
  const rows = LABELS.map(
    (label, index) =>
      `<tr><td>${label}:</td><td><input type="password" name="${names.inputs[index] ?? ''}" value=""></td></tr>`,
  );
  const token =
    device.behavior.formToken === 'hidden'
      ? `<input type="hidden" name="${names.token}" value="${newToken(device)}">`
      : '';
  return html(`<html><head><title>${device.layoutTraits().productName} Configuration Utility</title></head><body><h1>Set Password</h1>
${problem === '' ? '' : `<p class="error">${problem}</p>`}<form action="${SET_PASSWORD_PATH}" method="post">${token}<table>${rows.join('')}</table><input type="submit" value="Submit"></form></body></html>`);
}
