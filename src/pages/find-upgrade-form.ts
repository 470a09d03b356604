import type { MultiplatformPages, MultiplatformSection, UpgradeField } from '../domain/phone-profile.js';
import { isLocked, isVisibleControl, selectField, type SelectField, textField, type TextField } from './controls.js';
import { attribute, type PageElement } from './dom.js';
import { disabledSpans, formSpans, type FormSpan, isInside, spanAround } from './form-tags.js';
import { headingIndex } from './headings.js';
import { LabelIndex } from './labels.js';
import { pairsOf } from './pairs.js';
import { type Scan, scanPage } from './scan.js';
import { isBrokenForm } from './swallowed.js';
import { cutSections, type Section, wholePageSections } from './sections.js';

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
export interface FoundForm {
  fields: UpgradeForm;
  span: FormSpan;
}

/** The form by parsing the whole page: what `findUpgradeForm` falls back to and is tested against. */
export function readWholeUpgradeForm(html: string, profile: MultiplatformPages): UpgradeForm | null {
  const scan = scanPage(html, headingIndex(profile));
  return formOf(html, scan, controlsByLabel(wholePageSections(html, profile, formSections), profile))?.fields ?? null;
}

/** The form by parsing no more than its section. */
export function findUpgradeForm(html: string, profile: MultiplatformPages): FoundForm | null {
  const scan = scanPage(html, headingIndex(profile));
  const cut = cutSections(html, profile, formSections, scan);
  const controls = cut && controlsByLabel(cut, profile);
  const found =
    controls && controls.length > 0
      ? controls
      : controlsByLabel(wholePageSections(html, profile, formSections), profile);
  return formOf(html, scan, found);
}

const formSections: ReadonlySet<MultiplatformSection> = new Set(['firmwareUpgrade']);

interface FoundControl {
  field: UpgradeField;
  element: PageElement;
  /** Where its tag begins in the page. */
  at: number;
}

function controlsByLabel(sections: readonly Section[], profile: MultiplatformPages): FoundControl[] {
  const labels = new LabelIndex<UpgradeField>(profile.firmwareUpgrade.labels);
  return sections
    .filter((section) => section.name === 'firmwareUpgrade')
    .flatMap(({ rows, offset }) =>
      rows.flatMap(pairsOf).flatMap(({ label, value }) => {
        const field = labels.find(label.text);
        if (!field || !value) return [];
        return value.controls
          .filter(isVisibleControl)
          .map((element) => ({ field, element, at: offset + (element.startIndex ?? 0) }));
      }),
    );
}

function formOf(html: string, scan: Scan, controls: readonly FoundControl[]): FoundForm | null {
  const [first] = controls;
  const span = first && spanAround(formSpans(html, scan.tags), first.at);
  if (!span || isBrokenForm(span) || controls.some((control) => !belongsTo(control, span))) return null;
  const only = (field: UpgradeField): FoundControl[] => controls.filter((control) => control.field === field);
  const byField = { rule: only('upgradeRule'), license: only('authorizationRule'), type: only('authorizationType') };
  if (Object.values(byField).some((found) => found.length > 1)) return null;
  const disabled = disabledSpans(html, scan.tags);
  const read = <T>(found: FoundControl[], reader: (element: PageElement) => T | null): T | null => {
    const [control] = found;
    if (!control || isLocked(control.element) || isInside(disabled, control.at)) return null;
    return reader(control.element);
  };
  const fields: UpgradeForm = {
    action: span.action,
    method: span.method,
    enctype: span.enctype,
    upgradeRule: read(byField.rule, textField),
    authorizationRule: read(byField.license, textField),
    authorizationType: read(byField.type, selectField),
  };
  const names = [fields.upgradeRule, fields.authorizationRule, fields.authorizationType].flatMap((field) =>
    field ? [field.name] : [],
  );
  // No field at all, or one name for two of them: nothing here can be written for sure.
  return names.length > 0 && new Set(names).size === names.length ? { fields, span } : null;
}

function belongsTo({ element, at }: FoundControl, span: FormSpan): boolean {
  const owner = attribute(element, 'form');
  return isInside([span], at) && (owner === undefined || owner === span.id);
}
