import { madeOnce } from '../../domain/text/remembering.js';
import type { SettingName } from '../../domain/phone/facts.js';
import type { MultiplatformPages, MultiplatformSection } from '../../domain/phone/page-profile.js';
import { isLocked, selectField, type SelectField, textField, type TextField } from '../markup/controls.js';
import { attribute, type PageElement } from '../markup/dom.js';
import { disabledSpans, formSpans, type FormSpan, isInside, type Span, spanAround } from '../markup/form-tags.js';
import { scanAdminPage } from '../admin/admin-page.js';
import type { Tabs } from '../markup/hidden.js';
import { LabelIndex } from '../../domain/phone/labels.js';
import { type Oddity, type FoundControl, type FoundControls, upgradeFields } from './fields.js';
import type { Scan } from '../admin/section-scanner.js';
import { isBrokenForm } from '../markup/broken-tags.js';
import { cutSections, wholePageSections } from '../admin/sections.js';
import { oddSurroundings } from './surroundings.js';

/** The form that holds Voice > Provisioning > Firmware Upgrade, and the fields we may write in it (guide G8, G9). */
export interface UpgradeForm {
  /** As written, relative to the page; `""` when the form has none. */
  action: string;
  /** Lower case. */
  method: string;
  enctype: string;
  /** `null`: the page has no such control, or it cannot be changed. */
  upgradeRule: TextField | null;
  authorizationRule: TextField | null;
  authorizationType: SelectField | null;
}

/** The form with its place in the page. */
interface FoundForm {
  fields: UpgradeForm;
  span: FormSpan;
}

/** The form, if found. */
export interface FormReading {
  /** Present also when only the form is odd: where it posts to. */
  found: FoundForm | null;
  oddity: Oddity | null;
}

/** The section that holds the form's fields. */
export const formSections: ReadonlySet<MultiplatformSection> = new Set(['firmwareUpgrade']);

/** The form by parsing the whole page: `findUpgradeForm` falls back to it and is tested against it. @internal for tests */
export function readWholeUpgradeForm(html: string, profile: MultiplatformPages): UpgradeForm | null {
  const { found, oddity } = wholeForm(html, scanAdminPage(html, profile), profile);
  return oddity ? null : (found?.fields ?? null);
}

/** The form by parsing no more than its section. */
export function findUpgradeForm(
  html: string,
  profile: MultiplatformPages,
  scan: Scan = scanAdminPage(html, profile),
): FormReading {
  return findFormQuickly(html, scan, profile) ?? wholeForm(html, scan, profile);
}

/** The same; `null` where only the whole page can tell. */
export function findFormQuickly(html: string, scan: Scan, profile: MultiplatformPages): FormReading | null {
  const cut = cutSections(html, profile, formSections, scan);
  const fields = cut && upgradeFields(cut, profile);
  if (!fields || (fields.controls.length === 0 && !fields.oddity)) return null;
  const parsedFrom = Math.min(...(cut ?? []).map(({ offset }) => offset));
  return formOf(html, scan, fields, parsedFrom, profile);
}

function wholeForm(html: string, scan: Scan, profile: MultiplatformPages): FormReading {
  const fields = upgradeFields(wholePageSections(html, profile, formSections), profile);
  return formOf(html, scan, fields, 0, profile);
}

const nothing: FormReading = { found: null, oddity: null };

function formOf(
  html: string,
  scan: Scan,
  { controls, oddity: oddFields }: FoundControls,
  parsedFrom: number,
  profile: MultiplatformPages,
): FormReading {
  if (oddFields) return { found: null, oddity: oddFields };
  const [first] = controls;
  const form = first && spanAround(formSpans(html, scan.tags), first.at);
  if (!form || isBrokenForm(form) || controls.some((control) => !belongsTo(control, form))) return nothing;
  const oddity = oddSurroundings({ html, form, controls, parsedFrom, tabs: tabsOf(profile) });
  if (oddity?.about === 'fields') return { found: null, oddity };
  const found = fieldsOf(form, controls, disabledSpans(html, scan.tags));
  return found ? { found, oddity } : nothing;
}

function fieldsOf(form: FormSpan, controls: readonly FoundControl[], disabled: readonly Span[]): FoundForm | null {
  const read = <T>(field: SettingName, reader: (element: PageElement) => T | null): T | null => {
    const control = controls.find((one) => one.field === field);
    if (!control || isLocked(control.element) || isInside(disabled, control.at)) return null;
    return reader(control.element);
  };
  const fields: UpgradeForm = {
    action: form.action,
    method: form.method,
    enctype: form.enctype,
    upgradeRule: read('upgradeRule', textField),
    authorizationRule: read('authorizationRule', textField),
    authorizationType: read('authorizationType', selectField),
  };
  const names = [fields.upgradeRule, fields.authorizationRule, fields.authorizationType].flatMap((field) =>
    field ? [field.name] : [],
  );
  // No field at all, or one name for two of them: nothing here can be written safely.
  return names.length > 0 && new Set(names).size === names.length ? { fields, span: form } : null;
}

function belongsTo({ element, at }: FoundControl, span: FormSpan): boolean {
  const owner = attribute(element, 'form');
  return isInside([span], at) && (owner === undefined || owner === span.id);
}

const tabsOf = madeOnce(({ tabs }: MultiplatformPages): Tabs => new LabelIndex({ tab: tabs }));
