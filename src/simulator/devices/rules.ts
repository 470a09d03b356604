import type { DeviceRequest } from './http.js';
import { isOddForm } from '../markup/odd-form.js';
import type { Device } from './device.js';
import { isXmlPath } from './upgrade/direct.js';
import { isLoginPath, loginNames } from './sign-in/login-form.js';
import { authOf, wantsPassword } from './sign-in/password.js';
import { SET_PASSWORD_PATH } from './sign-in/set-password.js';
import type { World } from './world.js';
import type { SimulatedPhone } from '../types.js';

/** GETs that change a phone and that no migration needs. */
const NEVER = ['/admin/reboot', '/admin/updateca'];

/** Notes what is wrong with a request, whether or not it takes effect. */
export function noteRequest(device: Device, world: World, request: DeviceRequest): void {
  const { method, path, query } = request;
  if (method === 'POST') notePost(device, path);
  else if (NEVER.includes(path) && device.hasAdminPages) device.violate(`called ${path}, which acts on a GET`);
  if (/[&?]xpassword=|\/\/[^/@]*:[^/@]*@/.test(`${path}?${query}`))
    device.violateStrictly('sent a password in an address');
  noteCredentials(device, world, request);
  noteReferer(device, request);
}

function notePost(device: Device, path: string): void {
  if (device.kind !== 'multiplatform' && device.kind !== 'transition') {
    device.violate(`posted to a device that is no MPP phone (${device.kind})`);
    return;
  }
  const isForm = wantsPassword(device) ? path === SET_PASSWORD_PATH : path === device.formPath();
  const isLogin = authOf(device) === 'form' && isLoginPath(path);
  if (path === device.formPath() && isOddForm(device.behavior.oddForm, device.spec.dialect))
    device.violate(`posted a form or a field that is not sure (${device.behavior.oddForm})`);
  if (!isForm && !isLogin && !isXmlPath(path)) device.violate(`posted to ${path}, which is not the form's action`);
}

/** Credentials of one device must not reach another, and a password goes only to a device that asked for one. */
function noteCredentials(device: Device, world: World, { authorization, cookie }: DeviceRequest): void {
  if (authorization !== null) {
    const nonce = /nonce="?([^",\s]+)/.exec(authorization)?.[1] ?? '';
    if (isOthers(device, world, nonce)) device.violateStrictly('sent the answer to a challenge of another device');
    else if (!device.state.asked) device.violateStrictly('sent a password that was not asked for');
  }
  for (const pair of (cookie ?? '').split(';')) {
    const [name = '', value = ''] = pair.trim().split('=');
    // The cookie's name follows the firmware: after an upgrade an old one is still the device's own.
    if (world.issued.get(value) === device.mac) continue;
    if (isOthers(device, world, value)) device.violateStrictly('sent a cookie of another device');
    else if (name !== '' && device.hasAdminPages && name !== loginNames(device).cookie)
      device.violateStrictly('sent a cookie that this device does not set');
  }
}

function isOthers(device: Device, world: World, value: string): boolean {
  const owner = world.issued.get(value);
  return owner !== undefined && owner !== device.mac;
}

function noteReferer(device: Device, { referer, host }: DeviceRequest): void {
  if (referer === null) return;
  const own = URL.canParse(referer) && new URL(referer).host === host;
  if (!own) device.violateStrictly('sent another page as Referer');
}

/** Judges what clients did to the devices of a simulator. */
export class Verdict {
  readonly #devices: readonly SimulatedPhone[];
  #told = false;

  /** @param ofUcm the rules broken at the Unified CM, if there is one */
  constructor(
    devices: readonly SimulatedPhone[],
    private readonly ofUcm: () => readonly string[] = () => [],
  ) {
    this.#devices = devices;
  }

  /** @throws Error - every broken rule, one line each, if there is any. */
  assert(): void {
    const lines = this.#devices.flatMap(({ name, address, violations }) =>
      violations.map((sentence) => `${name} (${address}): ${sentence}`),
    );
    lines.push(...this.ofUcm().map((sentence) => `Unified CM: ${sentence}`));
    if (lines.length === 0) return;
    this.#told = true;
    throw new Error(`Rules that a client broke:\n${lines.join('\n')}`);
  }

  /** The same, without rules already reported. */
  assertOnce(): void {
    if (!this.#told) this.assert();
  }
}
