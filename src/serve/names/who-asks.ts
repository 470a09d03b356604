import { type Mac, parseMac } from '../../domain/network/mac.js';
import type { FileRequest } from '../source.js';
import { nameOf } from './file-kind.js';
import { readLicenseName } from './license-name.js';

/** `Cisco-CP-8841-3PCC/11.0 (00562b043615)`: docs/knowledge/multiplatform-settings.md. */
const phoneAgent = /^Cisco\b/i;
const macInAgent = /\((?:SEP)?([0-9A-F]{12})\)/i;
const modelInAgent = /^Cisco[-/ ]CP-?(\d{4}[A-Z]*)(?![A-Z0-9])/i;

/** What a phone says of itself in its `User-Agent`. */
export interface SaidOfItself {
  /** `null`: it does not say. */
  mac: Mac | null;
  /** `8841`; `null`: it does not say. */
  model: string | null;
}

/** What a phone says of itself; `null` for what is no phone, or does not say at all what it is. */
export function saidOfItself(userAgent: string | null): SaidOfItself | null {
  if (userAgent === null || !phoneAgent.test(userAgent)) return null;
  return {
    mac: parseMac(macInAgent.exec(userAgent)?.[1] ?? ''),
    model: modelInAgent.exec(userAgent)?.[1]?.toUpperCase() ?? null,
  };
}

/** Settings of one phone: `SEP<MAC>.cnf.xml`, its signed forms and trust lists, and `<MAC>.cfg` (docs/knowledge/file-server.md). */
const settingsNames = [/^(?:CTL|ITL)?SEP([0-9A-F]{12})\.(?:cnf\.xml|tlv)/i, /^([0-9A-F]{12})\.(?:cfg|xml)$/i];

/** The phone that a file is for, by the file's name; `null` for a file that is not for one phone. */
export function macInName(path: string): Mac | null {
  const name = nameOf(path);
  const digits = settingsNames.map((form) => form.exec(name)?.[1]).find((found) => found !== undefined);
  return readLicenseName(name)?.mac ?? (digits === undefined ? null : parseMac(digits));
}

/**
 * The MAC of the phone that asks, where the request shows it. What is seldom wrong is still a guess and not taken: a license that somebody else
 * fetches (a browser, our own check before a migration) was not taken by its phone, and an address may stand for many phones.
 * @param isOwn whether an address is one of this machine's
 */
export function whoAsks({ path, client, userAgent }: FileRequest, isOwn: (address: string) => boolean): Mac | null {
  const named = macInName(path);
  const phone = saidOfItself(userAgent);
  const said = phone?.mac ?? null;
  if (said !== null) return named === null || named === said ? said : null;
  // Something that calls itself something else, or asks from here, is no phone.
  return phone !== null || (userAgent === null && !isOwn(client)) ? named : null;
}
