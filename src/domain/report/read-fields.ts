import type { PhoneFacts, VidSource } from '../phone/facts.js';
import { fieldNames, forEachName, isShown, type PhoneFields, type ShownName } from '../phone/fields.js';
import { withLabelVid } from '../phone/hardware.js';

/** What of a target its fields in a report are made of. */
export interface ReadTarget {
  address: string;
  mac: string | null;
  /** As it was read last; `null`: it was not. */
  facts: PhoneFacts | null;
  /** What a list says of it. */
  hint: { vid?: string; mac?: string };
}

/** The fields of a phone as a report has them, and where its VID is from. */
export function readFields(
  { address, mac, facts: read, hint }: ReadTarget,
  returnWithoutLicense: (facts: PhoneFacts) => PhoneFields['returnWithoutLicense'],
): { fields: PhoneFields; vidSource: VidSource | null } {
  const facts = read && onlyLabelVid(withLabelVid(read, hint));
  const found: Omit<PhoneFields, ShownName> = {
    address,
    mac: mac,
    family: facts?.family ?? null,
    returnWithoutLicense: facts ? returnWithoutLicense(facts) : 'unknown',
  };
  const fields = forEachName(fieldNames, (name) =>
    isShown(name) ? (facts?.[name] ?? null) : found[name],
  ) as PhoneFields;
  return { fields, vidSource: facts === null || facts.vid === null ? null : (facts.vidSource ?? 'udi') };
}

/** What a page calls its hardware version is no VID of a label: it stands under its own name, and nobody shall take it for one. */
function onlyLabelVid(facts: PhoneFacts): PhoneFacts {
  return facts.vidSource === 'hardware-version' ? { ...facts, vid: null } : facts;
}
