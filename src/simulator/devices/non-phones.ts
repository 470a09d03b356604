import type { NonPhone } from '../scenario/scenario.js';
import { hostileText } from '../hostile-text.js';
import { type DeviceRequest, type Reply, html, plainNotFound } from './http.js';
import type { Device } from './device.js';

type Page = (device: Device) => string;

/** The front pages of other devices with a web server in an office. */
const FRONT_PAGES: Readonly<Record<Exclude<NonPhone, 'spa-phone'>, Page>> = {
  printer: ({
    model,
    address,
  }) => `<!DOCTYPE html><html><head><title>HP ${model}&nbsp;&nbsp;&nbsp;${address}</title></head>
<body><h1>HP ${model}</h1><table><tr><td>Device Status</td><td>Ready</td></tr><tr><td>Product Name:</td><td>HP ${model}</td></tr>
<tr><td>Black Cartridge</td><td>40%</td></tr></table></body></html>`,
  router: ({ model }) => `<html><head><title>Cisco ${model} WebUI</title></head><body><h1>LOGIN</h1>
<form action="/webui/login" method="post">Username <input name="user"> Password <input type="password" name="pass"></form></body></html>`,
  camera: ({ model }) => `<html><head><title>AXIS ${model} Network Camera - Live view</title></head>
<body><script src="/camera.js"></script><noscript>JavaScript is needed.</noscript></body></html>`,
  // `Login Page` and this form action are what other tools know it by (docs/knowledge/multiplatform-settings.md#posting-the-form).
  'spa-adapter': () => `<html><head><title>Login Page</title></head><body><form action="/login.cgi" method="post">
<input name="user"><input type="password" name="pwd"><input type="hidden" name="submit_button" value="login"></form></body></html>`,
  switch: ({
    model,
  }) => `<html><head><title>Switch</title></head><body><h1>Cisco ${model} 28-Port Gigabit PoE Managed Switch</h1>
<form action="/cs/login" method="post"><input name="userName$query"><input type="password" name="password$query"></form></body></html>`,
  'web-app': ({ name }) => `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${name}</title></head>
<body><main><h1>${name}</h1><p>Book a room, report a fault, order a phone: the CP-8841 is in stock again.</p></main></body></html>`,
};

const SERVERS: Readonly<Record<Exclude<NonPhone, 'spa-phone'>, string>> = {
  printer: 'HP HTTP Server; HP LaserJet M404dn',
  router: 'openresty',
  camera: 'Apache/2.4.54 (Unix)',
  'spa-adapter': 'mini_httpd/1.19',
  switch: 'lighttpd',
  'web-app': 'nginx',
};

/** The response of a device that is not one of our phones. A web app shows its front page at every path. */
export function nonPhoneAnswer(device: Device, request: DeviceRequest): Reply {
  const kind = device.spec.kind;
  if (kind === 'phone' || kind === 'spa-phone') return plainNotFound();
  const known = request.path === '/' || kind === 'web-app';
  const reply =
    known && request.method !== 'POST' ? html(withHostileTitle(FRONT_PAGES[kind](device), device)) : plainNotFound();
  return { ...reply, headers: { Server: SERVERS[kind], ...reply.headers } };
}

function withHostileTitle(page: string, device: Device): string {
  const text = hostileText(device.behavior.hostileText, 'title').replace(/&/g, '&amp;').replace(/</g, '&lt;');
  // A function, so that what looks like a pattern in the text is not one.
  return text === '' ? page : page.replace('<title>', () => `<title>${text} `);
}
