import type { PhoneFacts, VidSource } from './facts.js';
import { vidNumber, vidText } from './models.js';

/** A number that tells the hardware of a phone, and where it stands. */
export interface HardwareReading {
  number: number;
  /** `VID V18 (UDI)`. */
  text: string;
}

/** The number in `V41`, `41`, `04` or `VID 04`, as pages and lists write hardware versions; `null` for anything else. */
function hardwareNumber(text: string | null): number | null {
  const match = /^(?:VID|V)?\s*(\d{1,3})$/i.exec(text?.trim() ?? '');
  return match ? Number(match[1]) : null;
}

/** With the VID of the inventory where the phone shows none of its label. One in no known form says nothing. */
export function withLabelVid(facts: PhoneFacts, { vid }: { vid?: string }): PhoneFacts {
  const number = hardwareNumber(vid ?? null);
  const isShown = vidNumber(facts.vid) !== null && facts.vidSource !== 'hardware-version';
  return number === null || isShown ? facts : { ...facts, vid: vidText(number), vidSource: 'inventory' };
}

const sourceText: Readonly<Record<Exclude<VidSource, 'hardware-version'>, string>> = {
  udi: 'UDI',
  inventory: 'inventory',
};

/** Every number that tells a phone's hardware, the label's first: they are on scales of their own. */
export function hardwareReadings({ family, vid, vidSource = 'udi', hardwareVersion }: PhoneFacts): HardwareReading[] {
  const readings: HardwareReading[] = [];
  const label = vidSource === 'hardware-version' ? null : vidNumber(vid);
  if (label !== null && vidSource !== 'hardware-version')
    readings.push({ number: label, text: `VID ${vidText(label)} (${sourceText[vidSource]})` });
  // What an Enterprise page calls Hardware Revision is known to be another number.
  const page = family === 'enterprise' ? null : hardwareNumber(hardwareVersion);
  if (page !== null) readings.push({ number: page, text: `Hardware Version ${hardwareVersion?.trim()} (its page)` });
  return readings;
}
