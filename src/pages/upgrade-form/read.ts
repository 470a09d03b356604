import type { MultiplatformPages } from '../../domain/phone/page-profile.js';
import type { SelectField, TextField } from '../markup/controls.js';
import type { Scan } from '../admin/section-scanner.js';
import type { Oddity } from './fields.js';
import { findUpgradeForm, type UpgradeForm } from './find.js';

export { readAllFields } from './all-fields.js';
export type { Oddity, SelectField, TextField, UpgradeForm };

/** The Firmware Upgrade fields of a page, and anything odd about them. */
export interface UpgradeReading {
  /** `null`: not found, or not for certain. If only the form is odd, its fields are here to be shown, not to be posted. */
  form: UpgradeForm | null;
  oddity: Oddity | null;
}

/**
 * Finds the Firmware Upgrade fields of an admin page by their labels, in their section and nowhere else. `null` when the
 * section or all fields are missing, not all in one form, or odd in any way: a field is never guessed. Never throws.
 *
 * @internal for tests, which ask for what would be posted; a run also wants to know what is odd
 */
export function readUpgradeForm(html: string, profile: MultiplatformPages): UpgradeForm | null {
  const { form, oddity } = readFirmwareUpgrade(html, profile);
  return oddity ? null : form;
}

/**
 * The same with what is odd about the page, where something is. Never throws.
 * @param scan of this page, where it is scanned already
 */
export function readFirmwareUpgrade(html: string, profile: MultiplatformPages, scan?: Scan): UpgradeReading {
  const { found, oddity } = findUpgradeForm(html, profile, scan);
  return { form: found?.fields ?? null, oddity };
}
