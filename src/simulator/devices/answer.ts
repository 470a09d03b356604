import { adminPage, basicPage } from './admin-page.js';
import { signIn, setPasswordPage } from './access.js';
import type { Device } from './device.js';
import { enterpriseAnswer } from './enterprise.js';
import { nonPhoneAnswer } from './non-phones.js';
import type { Reply } from './reply.js';
import { html, phoneNotFound, redirect, xml } from './reply.js';
import { statusXml } from './status-xml.js';
import { readForm, submit } from './submit.js';
import type { World } from './world.js';

/** A request as a device sees it. */
export interface DeviceRequest {
  port: 'http' | 'https';
  method: string;
  /** Without the query. */
  path: string;
  query: string;
  body: string;
  /** Its `Authorization` header. */
  authorization: string | null;
}

/** What a device answers. Notes it when a request is one that no client should send to this device. */
export function answer(device: Device, world: World, request: DeviceRequest): Reply {
  const { behavior } = device;
  if (request.method === 'POST') {
    device.state.posts += 1;
    notePost(device, request.path);
  }
  if (behavior.scheme === 'redirect' && request.port === 'http') {
    return redirect(behavior.redirectStatus, `https://${device.address}:${world.httpsPort}${request.path}`);
  }
  if (device.hasAdminPages) return adminAnswer(device, world, request);
  return device.spec.kind === 'phone' ? enterpriseAnswer(device, request) : nonPhoneAnswer(device, request);
}

function notePost(device: Device, path: string): void {
  if (device.kind !== 'multiplatform') device.violate(`posted to a device that is no MPP phone (${device.kind})`);
  else if (path !== device.formPath()) device.violate(`posted to ${path}, which is not the form's action`);
}

function adminAnswer(device: Device, world: World, request: DeviceRequest): Reply {
  const { behavior } = device;
  const { method, path } = request;
  if (behavior.setPasswordPage) return setPasswordPage(device);
  if (path === '/admin' || path.startsWith('/admin/')) {
    if (behavior.webAdminOff) return html('<p>Web access is disabled.</p>', '', 403);
    const refused = signIn(device, request);
    if (refused !== null) return refused;
  }
  if (method === 'POST')
    return path === device.formPath() ? submit(device, world, readForm(request.body)) : phoneNotFound();
  switch (path) {
    case '/':
    case '/user':
    case '/basic':
    case '/advanced':
      return basicPage(device, true);
    case '/admin':
    case '/admin/':
    case '/admin/basic':
      return basicPage(device, false);
    case '/admin/advanced':
      if (behavior.adminPage === 'error-500') return html('<p>Resource Exhausted</p>', '', 500);
      device.state.adminRead = true;
      return adminPage(device, world);
    case '/status.xml':
    case '/admin/status.xml':
      return behavior.statusXml === 'none' ? phoneNotFound() : xml(statusXml(device, world));
    case '/admin/upgrade':
    case '/admin/resync':
    case '/admin/reboot':
    case '/admin/updateca':
      device.violate(`called ${path}, which acts on a GET`);
      return phoneNotFound();
    default:
      return phoneNotFound();
  }
}
