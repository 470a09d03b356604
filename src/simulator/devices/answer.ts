import { refusedReferer, signIn } from './sign-in/access.js';
import { adminPage, basicPage, jsonTabPage } from './pages/admin-page.js';
import { cfgXml } from './pages/cfg-xml.js';
import type { Device } from './device.js';
import { directAction, hasWordsInPath, isXmlPath, xmlPost } from './upgrade/direct.js';
import { enterpriseAnswer } from './pages/enterprise.js';
import { isLoginPath } from './sign-in/login-form.js';
import { nonPhoneAnswer } from './non-phones.js';
import { authOf, wantsPassword } from './sign-in/password.js';
import { type Reply, html, phoneNotFound, redirect, xml, type DeviceRequest, readForm } from './http.js';
import { noteRequest } from './rules.js';
import { setPassword } from './sign-in/set-password.js';
import { statusXml } from './pages/status-xml.js';
import { submit } from './upgrade/submit.js';
import type { World } from './world.js';

/** A device's response. Notes a request that no client should send to this device. */
export function answer(device: Device, world: World, request: DeviceRequest): Reply {
  const { behavior } = device;
  if (request.method === 'POST') device.state.posts += 1;
  noteRequest(device, world, request);
  if (behavior.scheme === 'redirect' && request.port === 'http') {
    return redirect(behavior.redirectStatus, `https://${redirectHost(device, world)}${request.path}`);
  }
  if (device.hasAdminPages) return adminAnswer(device, world, request);
  return device.spec.kind === 'phone' ? enterpriseAnswer(device, request) : nonPhoneAnswer(device, request);
}

function redirectHost(device: Device, world: World): string {
  switch (device.behavior.redirectTarget) {
    case 'same':
      return `${device.address}:${world.httpsPort}`;
    case 'other-host':
      return `${world.nextAddress(device)}:${world.httpsPort}`;
    case 'other-port':
      return `${device.address}:${world.httpPort}`;
  }
}

function adminAnswer(device: Device, world: World, request: DeviceRequest): Reply {
  const { method, path } = request;
  if (wantsPassword(device)) return setPassword(device, request);
  const isLogin = authOf(device) === 'form' && isLoginPath(path);
  if (path === '/admin' || path.startsWith('/admin/') || isLogin) {
    if (device.behavior.webAdminOff) return html('<p>Web access is disabled.</p>', '', 403);
    const refused = refusedReferer(device, request);
    if (refused !== null) return refused;
    const isOpen = isXmlPath(path) && hasWordsInPath(device, path);
    const notIn = isOpen ? null : signIn(device, request, world);
    if (notIn !== null) return notIn;
  }
  if (method !== 'POST') return pageAt(device, world, request);
  if (isXmlPath(path)) return xmlPost(device, world, request.body);
  return path === device.formPath() ? submit(device, world, readForm(request.body), request.referer) : phoneNotFound();
}

function pageAt(device: Device, world: World, request: DeviceRequest): Reply {
  const { behavior } = device;
  switch (request.path) {
    case '/':
    case '/user':
    case '/basic':
    case '/advanced':
      return basicPage(device, true);
    case '/admin':
    case '/admin/':
    case '/admin/basic':
      return basicPage(device, false);
    case '/admin/advanced': {
      if (behavior.adminPage === 'error-500') return html('<p>Resource Exhausted</p>', '', 500);
      device.state.adminRead = true;
      if (behavior.changesBetween === 'names') device.state.namesSeed += 1;
      const page = adminPage(device, world);
      meddle(device);
      return page;
    }
    case '/status.xml':
    case '/admin/status.xml':
      return behavior.statusXml === 'none' ? phoneNotFound() : xml(statusXml(device, world));
    case '/admin/cfg.xml':
      return behavior.cfgXml === 'none' ? phoneNotFound() : xml(cfgXml(device));
    case '/admin/upgrade':
    case '/admin/resync':
      return directAction(device, world, request);
    default:
      return tabAt(device, world, request.path) ?? phoneNotFound();
  }
}

function tabAt(device: Device, world: World, path: string): Reply | null {
  const tab = /^\/admin\/advanced\/([^/]+)\.json$/.exec(path)?.[1];
  return tab === undefined ? null : jsonTabPage(device, world, tab.replace(/%20|\+/g, ' '));
}

/** The rule another client sets, at an address without a host. */
const OTHER_RULE = 'http://192.0.2.77/firmware/other.loads';

/** Where a flag says so, another client sets the Upgrade Rule after the page was read; the phone has evaluated it already. */
function meddle({ behavior, state }: Device): void {
  if (behavior.changesBetween !== 'setting' || state.meddledWith) return;
  Object.assign(state, { meddledWith: true, upgradeRule: OTHER_RULE, evaluatedUpgrade: OTHER_RULE });
}
