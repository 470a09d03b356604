import type { PhoneReport } from '../../domain/report/report.js';
import type { PhonesTable } from './tables.js';
import type { SeenPhone } from '../store-rows.js';
import { storable } from '../write/values.js';

/** The columns of a phone whose changes are its history, under the names that they have in reports. */
export const phoneFields = {
  address: 'address',
  family: 'family',
  model: 'model',
  productId: 'product_id',
  vid: 'vid',
  serial: 'serial',
  softwareVersion: 'software_version',
  hardwareVersion: 'hardware_version',
  transitionAuthorizationType: 'transition_authorization_type',
  returnWithoutLicense: 'return_without_license',
  verdict: 'verdict',
} as const satisfies Record<keyof SeenPhone | 'address', keyof PhonesTable>;

export type PhoneField = keyof typeof phoneFields;

export const phoneFieldNames = Object.keys(phoneFields) as PhoneField[];

/** Tells two looks at a phone apart, and nothing more. */
export function lookOf(address: string, seen: SeenPhone): string {
  let look = address;
  for (const name of phoneFieldNames) if (name !== 'address') look += `\n${seen[name] ?? '\0'}`;
  return look;
}

/** A phone's fields as they are stored. */
export function phoneValues(address: string, seen: SeenPhone): Pick<PhonesTable, (typeof phoneFields)[PhoneField]> {
  return {
    address: storable(address),
    family: seen.family,
    model: storable(seen.model),
    product_id: storable(seen.productId),
    vid: storable(seen.vid),
    serial: storable(seen.serial),
    software_version: storable(seen.softwareVersion),
    hardware_version: storable(seen.hardwareVersion),
    transition_authorization_type: storable(seen.transitionAuthorizationType),
    return_without_license: seen.returnWithoutLicense,
    verdict: seen.verdict,
  };
}

/** What a report entry says of its phone; `null` when it tells of none, or of one that answers elsewhere too. */
export function seenIn(report: PhoneReport): SeenPhone | null {
  if (report.mac === null || report.family === null || report.failure?.code === 'duplicate-mac') return null;
  return {
    family: report.family,
    model: report.model,
    productId: report.productId,
    vid: report.vid,
    serial: report.serial,
    softwareVersion: report.softwareVersion,
    hardwareVersion: report.hardwareVersion,
    transitionAuthorizationType: report.transitionAuthorizationType,
    returnWithoutLicense: report.returnWithoutLicense,
    verdict: report.eligibility?.verdict ?? null,
  };
}
