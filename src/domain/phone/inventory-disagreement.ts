import type { Reason } from '../plan/eligibility.js';
import type { PhoneFacts } from './facts.js';
import { hardwareNumber } from './hardware.js';

/** The rules of warnings about an inventory that does not agree with the phone. */
const disagreementRules = { vid: 'INVENTORY-VID', serial: 'INVENTORY-SERIAL' } as const;

/** Whether a warning says that a list does not agree with the phone. */
export function isDisagreement({ rule }: Reason): boolean {
  return Object.values<string>(disagreementRules).includes(rule);
}

/** What a list says of a phone, and where: `phones.csv:7`. */
export interface ListedValues {
  hint: ListedHint;
  source: string;
}

interface ListedHint {
  mac?: string;
  model?: string;
  vid?: string;
  serial?: string;
  /** What says a value where that is not the source. */
  from?: { mac?: string; model?: string; vid?: string; serial?: string };
}

/** What says a value of a list: `phones.csv:7`. */
export function whereListed({ hint, source }: ListedValues, name: 'mac' | 'model' | 'vid' | 'serial'): string {
  return hint.from?.[name] ?? source;
}

/**
 * Where a list and a phone disagree without that being another phone: hardware version and serial number, each with both values and where
 * they are from. Says nothing of what the phone does not show, nor where the list names another MAC: then all of it is of another phone.
 */
export function inventoryDisagreements(facts: PhoneFacts, listed: ListedValues): Reason[] {
  const { hint } = listed;
  if (hint.mac !== undefined && facts.mac !== null && hint.mac !== facts.mac) return [];
  return [
    vidDisagreement(facts, hint.vid, whereListed(listed, 'vid')),
    serialDisagreement(facts, hint.serial, whereListed(listed, 'serial')),
  ].filter((reason) => reason !== null);
}

function vidDisagreement(facts: PhoneFacts, listed: string | undefined, source: string): Reason | null {
  if (listed === undefined) return null;
  const shown = shownVid(facts);
  if (shown === null || sameVid(shown.value, listed)) return null;
  const text = `${source} says hardware version ${listed.trim()}, the phone's ${shown.where} says ${shown.value.trim()}${shown.doubt}: look at its label.`;
  return { rule: disagreementRules.vid, text };
}

interface ShownVid {
  value: string;
  where: string;
  doubt: string;
}

/**
 * Enterprise pages show the label's VID in the UDI. What a Multiplatform page calls *Hardware Version* may be on another scale; it is told
 * with or without a V, as it counts for floors.
 */
function shownVid({ family, vid, hardwareVersion, readFrom }: PhoneFacts): ShownVid | null {
  if (family === 'enterprise') return vid === null ? null : { value: vid, where: `UDI (${readFrom})`, doubt: '' };
  if (hardwareVersion === null || hardwareNumber(hardwareVersion) === null) return null;
  return { value: hardwareVersion, where: `Hardware Version (${readFrom})`, doubt: ', which need not be the VID' };
}

/** People write V04 as 04 or 4. */
function sameVid(one: string, other: string): boolean {
  const [a, b] = [hardwareNumber(one), hardwareNumber(other)];
  return a === null || b === null ? plain(one) === plain(other) : a === b;
}

function serialDisagreement(
  { serial, readFrom }: PhoneFacts,
  listed: string | undefined,
  source: string,
): Reason | null {
  if (listed === undefined || serial === null || serial.trim() === '' || plain(serial) === plain(listed)) return null;
  const text = `${source} says serial number ${listed.trim()}, the phone (${readFrom}) says ${serial.trim()}: the list, or the label, is of another phone.`;
  return { rule: disagreementRules.serial, text };
}

function plain(text: string): string {
  return text.replace(/\s+/g, '').toUpperCase();
}
