import type { FormField } from './form-field.js';

/** The fields that the simulator acts on. */
type ActiveField = 'upgradeRule' | 'authorizationRule' | 'authorizationType';

/** A form field at its place: with the name it posts under. */
export interface PlacedField extends FormField {
  /** `Provisioning/Firmware Upgrade/Upgrade Rule`: stays the same over firmware, the name does not. */
  key: string;
  /** A decimal number, with a `P` before it for a password (docs/knowledge/multiplatform-pages.md#spa5xx). */
  name: string;
  active: ActiveField | null;
  /** Values its options post; the same as `choices` where the page posts texts. */
  posted: readonly string[];
}

/** One row of a section. Text may hold slots (see `slot`). */
export type Row =
  | { kind: 'value'; label: string; text: string }
  /** Rows of their own under one heading, filled from a list. */
  | { kind: 'list'; label: string; slot: string }
  | { kind: 'field'; field: PlacedField }
  | { kind: 'help'; text: string };

/** A section with its heading. */
export interface Section {
  title: string;
  rows: Row[];
}

/** A tab of the admin page. */
export interface Tab {
  title: string;
  sections: Section[];
}

/** A place in a page whose text differs by phone or moment. Filled in by the template. */
export function slot(name: string): string {
  return `\u0001${name}\u0001`;
}
