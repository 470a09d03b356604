import type { PhoneFacts, VidSource } from './facts.js';
import { vidNumber, vidText } from './models.js';

/** What of a phone tells whether its hardware may move. */
export type HardwareFacts = Pick<
  PhoneFacts,
  'model' | 'productId' | 'family' | 'vid' | 'vidSource' | 'hardwareVersion'
>;

/** A number that tells the hardware of a phone, and where it stands. */
export interface HardwareReading {
  number: number;
  /** It is the VID of the label: another number may be above it and never stands for it. */
  isLabel: boolean;
  /** `VID V18 (UDI)`. */
  text: string;
}

/** The number in `V41`, `41`, `04` or `VID 04`, as pages and lists write hardware versions; `null` for anything else. */
export function hardwareNumber(text: string | null): number | null {
  const match = /^(?:VID|V)?\s*0*(\d{1,3})$/i.exec(text?.trim() ?? '');
  return match ? Number(match[1]) : null;
}

/**
 * The VID of a label, as lists write it: `V04`, `04`, `4` or `VID 04`. `null` for anything else. A UDI may show V00
 * (docs/knowledge/hardware.md#vid-and-hardware-revision), but 0 in a list says that somebody did not know.
 */
export function labelVid(text: string): number | null {
  const number = Number(/^(?:VID|V)?\s*(\d{1,2})$/i.exec(text.trim())?.[1] ?? 0);
  return number > 0 ? number : null;
}

/** A phone's hardware as a report has it; reports of earlier versions have no `vidSource`. */
export interface ReportedHardware {
  vid: string | null;
  /** A `VidSource`, as far as is known. */
  vidSource?: string | null | undefined;
  family: string | null;
}

/**
 * The VID of the label that a phone showed, by its report. `null` where it is only what a page calls its hardware version, or what a list
 * said: that list is to say it again. Where the report does not say, only an Enterprise phone shows it.
 */
export function reportedLabelVid({ vid, vidSource, family }: ReportedHardware): string | null {
  const isLabel = vidSource ? vidSource === 'udi' : family === 'enterprise';
  return isLabel ? vid : null;
}

/**
 * With the VID of the inventory where the phone shows none of its label. One in no known form says nothing, nor does that of a row which names
 * another phone.
 */
export function withLabelVid(facts: PhoneFacts, { vid, mac }: { vid?: string; mac?: string }): PhoneFacts {
  if (mac !== undefined && facts.mac !== null && mac !== facts.mac) return facts;
  // V00 is of an earlier reading of its UDI: lists of people are not believed it.
  const number = vid === vidText(0) ? 0 : labelVid(vid ?? '');
  const isShown = vidNumber(facts.vid) !== null && facts.vidSource !== 'hardware-version';
  return number === null || isShown ? facts : { ...facts, vid: vidText(number), vidSource: 'inventory' };
}

/** By where a VID comes from; `null`: not from the label. */
const sourceText: Readonly<Record<VidSource, string | null>> = {
  udi: 'UDI',
  inventory: 'inventory',
  'hardware-version': null,
};

/** Every number that tells a phone's hardware, the label's first: they are on scales of their own. */
export function hardwareReadings({
  family,
  vid,
  vidSource = 'udi',
  hardwareVersion,
}: Pick<PhoneFacts, 'family' | 'vid' | 'vidSource' | 'hardwareVersion'>): HardwareReading[] {
  const readings: HardwareReading[] = [];
  const [label, source] = [vidNumber(vid), sourceText[vidSource]];
  if (label !== null && source !== null)
    readings.push({ number: label, isLabel: true, text: `VID ${vidText(label)} (${source})` });
  // What an Enterprise page calls Hardware Revision is known to be another number.
  const page = family === 'enterprise' ? null : hardwareNumber(hardwareVersion);
  if (page !== null)
    readings.push({ number: page, isLabel: false, text: `Hardware Version ${hardwareVersion?.trim()} (its page)` });
  return readings;
}
