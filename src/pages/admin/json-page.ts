import type { SettingName } from '../../domain/phone/facts.js';
import type { MultiplatformPages } from '../../domain/phone/page-profile.js';
import { type AdminPage, adminPageOf } from './admin-page.js';
import type { SelectField } from '../markup/controls.js';
import type { UpgradeForm } from '../upgrade-form/find.js';
import type { JsonField } from './json-tab.js';
import { labelIndexOf } from '../../domain/phone/labels.js';
import { type Row, textCell } from '../rows/cell.js';
import type { Section } from './sections.js';
import { collapse } from '../markup/text.js';

/** What the tabs Status and Download Status say, as the admin page would. `null` when they name no product. Never throws. */
export function readJsonAdminPage(
  status: readonly JsonField[],
  downloadStatus: readonly JsonField[],
  profile: MultiplatformPages,
): AdminPage | null {
  const rows = status.map(rowOf);
  const place = { offset: 0, strangeId: null };
  // A tab is one list without headings: its fields are told apart by their names alone.
  const sections: Section[] = [
    { name: 'productInformation', rows, ...place },
    { name: 'phoneStatus', rows, ...place },
    { name: 'downloadStatus', rows: downloadStatus.map(rowOf), ...place },
  ];
  return adminPageOf(sections, profile);
}

function rowOf({ name, value }: JsonField): Row {
  const cells = [textCell(collapse(name), true), textCell(collapse(value))];
  return { cells, heading: null, isId: false, isBroken: false, shape: '' };
}

/** The three settings of the tab Provisioning. */
export interface JsonSettings {
  /** The fields to post them by; `null` where one of those that are shown has no id. */
  form: UpgradeForm | null;
  shown: Readonly<Record<SettingName, JsonField | null>>;
}

/** Finds the three settings by their labels. `null` if there is none, or one occurs twice: nothing is ever guessed. */
export function readJsonSettings(
  provisioning: readonly JsonField[],
  { firmwareUpgrade, jsonTabs }: MultiplatformPages,
): JsonSettings | null {
  const labels = labelIndexOf(firmwareUpgrade.labels);
  const shown: JsonSettings['shown'] & Record<SettingName, JsonField | null> = {
    upgradeRule: null,
    authorizationRule: null,
    authorizationType: null,
  };
  for (const field of provisioning) {
    const meaning = labels.find(field.name);
    if (meaning === undefined) continue;
    if (shown[meaning] !== null) return null;
    shown[meaning] = field;
  }
  const found = Object.values(shown).filter((field) => field !== null);
  if (found.length === 0) return null;
  const ids = found.map(({ id }) => id);
  // One id for two fields would write the wrong one.
  const isPostable = !ids.includes(null) && found.every(({ id }) => countOf(provisioning, id) === 1);
  if (!isPostable) return { form: null, shown };
  return {
    shown,
    form: {
      action: jsonTabs.formPath,
      method: 'post',
      enctype: 'application/x-www-form-urlencoded',
      upgradeRule: textFieldOf(shown.upgradeRule),
      authorizationRule: textFieldOf(shown.authorizationRule),
      authorizationType: selectOf(shown.authorizationType),
    },
  };
}

function countOf(fields: readonly JsonField[], id: string | null): number {
  return fields.filter((field) => field.id === id).length;
}

function textFieldOf(field: JsonField | null): UpgradeForm['upgradeRule'] {
  return field === null || field.id === null ? null : { name: field.id, value: field.value };
}

/** Where the file does not list a select's options, its current value is the only known one. */
function selectOf(field: JsonField | null): SelectField | null {
  if (field === null || field.id === null) return null;
  const { value } = field;
  const options = field.options.length > 0 || value === '' ? field.options : [{ value, label: value }];
  return options.length === 0 ? null : { name: field.id, value: heldValue(value, options), options };
}

/** The file may show the option's word, while the form posts its number. */
function heldValue(value: string, options: SelectField['options']): string {
  if (options.some((option) => option.value === value)) return value;
  return options.find((option) => option.label === value)?.value ?? value;
}
