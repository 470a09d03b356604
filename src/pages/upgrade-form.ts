import type { MultiplatformPages } from '../domain/phone-profile.js';
import type { SelectField, TextField } from './controls.js';
import { findUpgradeForm, type UpgradeForm } from './find-upgrade-form.js';

export { type FormField, readAllFields } from './all-fields.js';
export type { SelectField, TextField, UpgradeForm };

/**
 * Finds the Firmware Upgrade fields of an admin page by their labels, in their section and nowhere else. `null` when the
 * section or all fields are missing, when two controls answer to one label, or when they are not all in one form: a field is
 * never guessed. Never throws.
 */
export function readUpgradeForm(html: string, profile: MultiplatformPages): UpgradeForm | null {
  return findUpgradeForm(html, profile)?.fields ?? null;
}
