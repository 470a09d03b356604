import { type DeviceRequest, type Reply, html, plainNotFound, redirect, xml } from '../http.js';
import type { Device } from '../device.js';
import { deviceHtml, networkHtml } from './enterprise-html.js';
import { deviceXml, networkXml } from './enterprise-xml.js';

const DEVICE = 'device.statistics.device';
const NETWORK = 'device.statistics.configuration';
const SERVICEABILITY = '/CGI/Java/Serviceability';

/** The web server of Enterprise firmware: read-only pages, no sign-in, no /admin (docs/knowledge/enterprise-pages.md). */
export function enterpriseAnswer(device: Device, request: DeviceRequest): Reply {
  if (request.method === 'POST') return plainNotFound();
  const asXml = device.behavior.enterprisePages === 'xml-and-html';
  if (request.path === '/') return redirect(302, `${SERVICEABILITY}?adapter=${DEVICE}`);
  if (asXml && request.path === '/DeviceInformationX') return xml(deviceXml(device));
  if (asXml && request.path === '/NetworkConfigurationX') return xml(networkXml(device));
  if (request.path !== SERVICEABILITY) return plainNotFound();
  switch (request.query) {
    case `adapter=${DEVICE}`:
      return html(deviceHtml(device));
    case `adapter=${NETWORK}`:
      return html(networkHtml(device));
    case `adapterX=${DEVICE}`:
      return asXml ? xml(deviceXml(device)) : plainNotFound();
    case `adapterX=${NETWORK}`:
      return asXml ? xml(networkXml(device)) : plainNotFound();
    default:
      return plainNotFound();
  }
}
