import { parseLoad } from '../../firmware.js';
import { hostileText } from '../../hostile-text.js';
import { modelBefore } from '../../models.js';
import type { Device } from '../device.js';
import { shownBy } from './shown.js';

/** What the Enterprise pages of a phone say, HTML and XML alike. */
export interface EnterpriseFacts {
  hostName: string;
  mac: string;
  phoneDn: string;
  /** The root file system image, not the load (docs/knowledge/enterprise-pages.md#device-information). */
  appLoadId: string;
  bootLoadId: string;
  /** The running load; on a 69xx the hardware version. */
  versionId: string;
  /** Not the VID. */
  hardwareRevision: string;
  serial: string;
  modelNumber: string;
  /** Type, description, product id, VID, serial; a 69xx has no VID; empty when there is none. */
  udi: string[];
}

/** Collects them. Old 10.x MPP shows `CP-8841-3PCC` on the same pages (guide G1). */
export function enterpriseFacts(device: Device): EnterpriseFacts {
  const { spec, state, behavior, mac } = device;
  const family = device.traits.loadFamily.replace(/^sip/, '');
  const version = state.load.slice(state.load.indexOf('.') + 1);
  const threeParty = parseLoad(state.load)?.family === 'old-multiplatform' ? '-3PCC' : '';
  const product = `CP-${spec.model}${threeParty}`;
  const ordered = `CP-${modelBefore(behavior.pidEnding, spec.model)}${threeParty}${behavior.pidEnding}`;
  const instead = (place: 'host' | 'serial' | 'hardware', usual: string): string =>
    hostileText(behavior.hostileText, place) || usual;
  const revision = spec.hardware === spec.vid ? (spec.vid === 'V01' ? 'V00' : 'V01') : spec.hardware;
  const odd = behavior.udi === '69xx';
  const udi = ['phone', `Cisco IP Phone ${spec.model}, Global`, ordered, spec.vid, spec.serial];
  return {
    hostName: `SEP${mac}`,
    mac,
    phoneDn: instead('host', String(2000 + (Number.parseInt(mac.slice(-3), 16) % 7000))),
    appLoadId: `rootfs${family}.${version}`,
    bootLoadId: `sb2${family}.BEV-01-020`,
    versionId: odd ? `= ${spec.vid}` : shownBy(device).softwareVersion,
    hardwareRevision: instead('hardware', revision),
    serial: instead('serial', spec.serial),
    modelNumber: product,
    udi: behavior.udi === 'missing' ? [] : odd ? udi.filter((_, index) => index !== 3) : udi,
  };
}
