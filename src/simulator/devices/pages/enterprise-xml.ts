import type { Device } from '../device.js';
import { enterpriseFacts } from './enterprise-facts.js';

/** `/DeviceInformationX`: the tags that tools read (docs/knowledge/enterprise-pages.md#device-information). */
export function deviceXml(device: Device): string {
  const facts = enterpriseFacts(device);
  const rows: [string, string][] = [
    ['HostName', facts.hostName],
    ['phoneDN', facts.phoneDn],
    ['MACAddress', facts.mac],
    ['appLoadID', facts.appLoadId],
    ['bootLoadID', facts.bootLoadId],
    ['versionID', facts.versionId],
    ['addonModule1', ''],
    ['addonModule2', ''],
    ['hardwareRevision', facts.hardwareRevision],
    ['serialNumber', facts.serial],
    ['modelNumber', facts.modelNumber],
    ['MessageWaiting', 'No'],
  ];
  // One line break after each line, also the last.
  if (facts.udi.length > 0) rows.push(['udi', facts.udi.map((line) => `${line}\n`).join('')]);
  rows.push(['time', '3:21:34pm'], ['timezone', 'America/New_York'], ['date', '07/12/26']);
  return document('DeviceInformation', rows);
}

/** `/NetworkConfigurationX`. */
export function networkXml(device: Device): string {
  const { hostName, mac } = enterpriseFacts(device);
  return document('NetworkConfiguration', [
    ['DHCPServer', '192.0.2.1'],
    ['MACAddress', mac],
    ['HostName', hostName],
    ['DomainName', 'example.com'],
    ['IPAddress', device.address],
    ['SubNetMask', '255.255.255.0'],
    ['DefaultRouter1', '192.0.2.1'],
    ['TFTPServer1', '192.0.2.70'],
    ['CallManager1', 'cucm1.example.com  Active'],
  ]);
}

function document(root: string, rows: readonly (readonly [string, string])[]): string {
  const elements = rows.map(([tag, text]) => `<${tag}>${text.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</${tag}>`);
  return `<?xml version="1.0" encoding="utf-8"?>\n<${root}>\n${elements.join('\n')}\n</${root}>\n`;
}
