import type { FirmwareFamily } from '../firmware/load.js';
import type { Mac } from '../network/mac.js';

/** The longest text of the phone's own that is kept: the longest known, a status row with a URL in it, has some 200 characters. */
export const longestText = 500;

/** What kinds of fields there are, and what each holds in a report. */
interface ValueOf {
  /** Where the phone answers. */
  place: string;
  /** What it is known by across all runs; `null` if it shows none. */
  identity: Mac | null;
  /** Found out from its pages; `null` when no phone was read. */
  family: FirmwareFamily | null;
  /** A text of the phone's own, as shown and not to be trusted in output; `null` when its page shows none. */
  shown: string | null;
  /** Concluded from what it shows. */
  judged: 'yes' | 'no' | 'unknown';
}

/** What one field is and where it appears. Its name is its key in the JSON report, its column in CSV and its name in the history. */
interface Field {
  is: keyof ValueOf;
  /** Its column in the store's `phones`. Every field but the identity is also in the history of changes. */
  column: string;
  /** The most characters that are kept of it. */
  longest?: number;
  /** Its column in the terminal's table; absent: it is not shown there. */
  heading?: string;
  /** What CSV has for a text that is shown empty, if empty has a meaning of its own. */
  whenEmpty?: string;
  /** What it means, for those who read reports. */
  text: string;
}

/**
 * The fields of a phone, in their order in reports: the one place that names them all. Facts, bounds, snapshots, the store's columns and
 * history, JSON, CSV and the terminal's table are made from it; what reads a field from a page is in `src/phones/`.
 */
export const phoneFields = {
  address: {
    is: 'place',
    column: 'address',
    heading: 'address',
    text: 'Where it answers: an IPv4 address, or the host name that was given and has none.',
  },
  mac: {
    is: 'identity',
    column: 'mac',
    heading: 'mac',
    text: '12 upper-case hexadecimal digits, which it is known by across runs.',
  },
  family: { is: 'family', column: 'family', text: 'The family of the firmware that it runs.' },
  model: {
    is: 'shown',
    column: 'model',
    longest: longestText,
    heading: 'model',
    text: 'Such as `8841` or `8851NR`, from its product name.',
  },
  productId: {
    is: 'shown',
    column: 'product_id',
    longest: longestText,
    text: 'Its product name as shown, such as `CP-8841-3PCC`.',
  },
  vid: {
    is: 'shown',
    column: 'vid',
    longest: longestText,
    text: 'The hardware version of its label (`V03`), from its UDI or from an inventory.',
  },
  serial: { is: 'shown', column: 'serial', longest: longestText, text: 'Its serial number.' },
  softwareVersion: {
    is: 'shown',
    column: 'software_version',
    longest: longestText,
    heading: 'firmware',
    text: 'The firmware that it was last seen with, as shown.',
  },
  hardwareVersion: {
    is: 'shown',
    column: 'hardware_version',
    longest: longestText,
    text: 'What its page calls its hardware version, which need not be the VID.',
  },
  transitionAuthorizationType: {
    is: 'shown',
    column: 'transition_authorization_type',
    longest: longestText,
    whenEmpty: '(empty)',
    text: 'The row of that name on its page (rule G10).',
  },
  returnWithoutLicense: {
    is: 'judged',
    column: 'return_without_license',
    heading: 'authorized',
    text: 'Whether a Multiplatform phone may return to Enterprise without a license (rule G10).',
  },
} as const satisfies Record<string, Field>;

type Fields = typeof phoneFields;

export type FieldName = keyof Fields;

/** The fields with their values, as a report has them. */
export type PhoneFields = { [Name in FieldName]: ValueOf[Fields[Name]['is']] };

/** The fields of one kind. */
type FieldsThatAre<Is extends keyof ValueOf> = {
  [Name in FieldName as Fields[Name]['is'] extends Is ? Name : never]: PhoneFields[Name];
};

/** The texts of the phone's own. */
export type ShownFields = FieldsThatAre<'shown'>;

export type ShownName = keyof ShownFields;

/** The columns of the fields in the store: texts all. */
export type FieldColumns = {
  [Name in FieldName as Fields[Name]['column']]: null extends PhoneFields[Name] ? string | null : string;
};

/** All fields, in their order. */
export const fieldNames = Object.keys(phoneFields) as readonly FieldName[];

/** The texts of the phone's own, in their order. */
export const shownNames = fieldNames.filter(isShown);

export function isShown(name: FieldName): name is ShownName {
  return phoneFields[name].is === 'shown';
}

/** A record with a value for each of these names, in their order. */
export function forEachName<Name extends string, Value>(
  names: readonly Name[],
  valueOf: (name: Name) => Value,
): Record<Name, Value> {
  // Not from pairs: phones by the thousand have a few of these each.
  const made: Partial<Record<Name, Value>> = {};
  for (const name of names) made[name] = valueOf(name);
  return made as Record<Name, Value>;
}
