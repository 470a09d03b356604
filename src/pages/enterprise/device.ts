import { type Mac, parseMac } from '../../domain/network/mac.js';
import type { EnterpriseField, EnterprisePages } from '../../domain/phone/page-profile.js';
import { detach } from '../../domain/text/detach.js';
import { collapse, compile, matchesAny, onlyText } from '../markup/text.js';
import { readUdi } from './udi.js';

/** What an Enterprise phone's device page shows. Texts as shown; `null` where not shown or contradictory. */
export interface EnterpriseDevice {
  /** 12 upper-case hexadecimal digits; `null` too when the host name names another phone. */
  mac: Mac | null;
  /** As shown, with or without `-K9`: `CP-8845`; `CP-8841-3PCC` for Multiplatform 10.x (guide G1). */
  productId: string | null;
  /** Hardware version from the UDI, `V00`: never the hardware revision (docs/knowledge/hardware.md#vid-and-hardware-revision). */
  vid: string | null;
  serial: string | null;
  /** The load, `sip8845_65.14-3-1-0201-246`: never the root file system's name that "App load ID" shows. */
  softwareVersion: string | null;
  hardwareRevision: string | null;
  phoneDn: string | null;
}

/** Every text found for a field, in the order shown. */
export type DeviceTexts = Partial<Record<EnterpriseField, readonly string[]>>;

/** Makes the record of what a page showed. `null` when nothing in it names a phone: other makers' pages look alike. */
export function enterpriseDevice(texts: DeviceTexts, profile: EnterprisePages): EnterpriseDevice | null {
  const one = (field: EnterpriseField): string | null => onlyValue(texts[field] ?? [], profile);
  const udi = readUdi(onlyText(texts.udi ?? []) ?? '', profile);
  const isPid = compile(profile.productIdPattern);
  const shown = one('productId');
  const productId = shown ?? udi.productId;
  if (productId === null || !isPid.test(productId)) return null;
  const version = one('softwareVersion');
  return {
    mac: deviceMac(texts, profile),
    productId,
    vid: udi.vid,
    serial: one('serial') ?? udi.serial,
    softwareVersion: version !== null && matchesAny(version, profile.notSoftwareVersionPatterns) ? null : version,
    hardwareRevision: one('hardwareRevision'),
    phoneDn: one('phoneDn'),
  };
}

/** The MAC by its own row or tag and by the host name `SEP<MAC>`: one is enough, but they must not differ. */
function deviceMac(texts: DeviceTexts, profile: EnterprisePages): Mac | null {
  const hostName = compile(profile.hostNamePattern);
  const names = (texts.hostName ?? []).map((text) => hostName.exec(text.trim())?.groups?.['mac'] ?? '');
  return onlyText([...(texts.mac ?? []), ...names].map(parseMac).filter((mac) => mac !== null));
}

/** The one text that is present and means something; `null` if there is none or they differ. */
function onlyValue(texts: readonly string[], profile: EnterprisePages): string | null {
  const known = texts.map(collapse).filter((text) => !profile.placeholders.includes(text.toLowerCase()));
  const text = onlyText(known);
  return text === null ? null : detach(text);
}
