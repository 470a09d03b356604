import type { MultiplatformPages } from '../../domain/phone/page-profile.js';
import { controlType, controlValue, selectedValues } from '../markup/controls.js';
import { attribute, hasAttribute, type PageDocument, type PageElement, parsePage, walk } from '../markup/dom.js';
import { disabledSpans, formSpans, type FormSpan, isInside, spanAround } from '../markup/form-tags.js';
import { mayBeCutOff } from '../markup/truncation.js';
import { headingIndex } from '../admin/headings.js';
import { type Scan, scanPage } from '../admin/section-scanner.js';
import { hasSwallowed, isBrokenName } from '../markup/broken-tags.js';
import { roleOf } from '../markup/tags.js';
import { detach } from '../../domain/text/detach.js';
import { compile } from '../markup/text.js';
import { findUpgradeForm } from './find.js';

/** A control of the form as a browser would post it now. */
export interface FormField {
  name: string;
  value: string;
  /** `text`, `hidden`, `password`, `checkbox`, `radio`, `select`, `textarea`, … */
  type: string;
  /** Holds a password: left out of a post, as a blank would wipe the phone's (docs/knowledge/multiplatform-pages.md#spa5xx). */
  password: boolean;
}

/**
 * Every successful control of the form that `readUpgradeForm` found, in document order, for phones that want the whole form
 * posted back: no buttons, no files, nothing disabled, only what is checked or selected. Empty when there is no such form.
 * Parses the whole page. Never throws.
 */
export function readAllFields(html: string, profile: MultiplatformPages): FormField[] {
  const { found: form, oddity } = findUpgradeForm(html, profile);
  // Half a form must not be posted as a whole one.
  if (!form || oddity || (form.span.end === html.length && mayBeCutOff(html))) return [];
  const document = parsePage(html);
  if (!document) return [];
  const scan = scanPage(html, headingIndex(profile));
  const isPassword = compile(profile.passwordNamePattern);
  const controls = controlsOf(document, form.span, html, scan);
  // Where a tag has swallowed others the rest is half a form, too.
  if (controls === null || controls.some((element) => isBrokenName(attribute(element, 'name') ?? ''))) return [];
  const fields = controls.flatMap((element): FormField[] => {
    const name = detach(attribute(element, 'name') ?? '');
    const type = controlType(element);
    const password = type === 'password' || isPassword.test(name);
    return name === '' ? [] : postedValues(element, type).map((value) => ({ name, value, type, password }));
  });
  return lastOfEachRadioGroup(fields);
}

/** The controls of the form that are not disabled; `null` where some of it was swallowed by a broken tag. */
function controlsOf(document: PageDocument, span: FormSpan, html: string, scan: Scan): PageElement[] | null {
  const controls: PageElement[] = [];
  let isBroken = false;
  const forms = formSpans(html, scan.tags);
  const disabled = disabledSpans(html, scan.tags);
  walk(document, {
    enter: (element) => {
      isBroken ||= isInside([span], element.startIndex ?? 0) && hasSwallowed(element);
      if (roleOf(element.name) === 'hidden') return false;
      if (roleOf(element.name) !== 'control') return true;
      const at = element.startIndex ?? 0;
      const owner = attribute(element, 'form');
      const around = spanAround(forms, at);
      const isOurs = owner === undefined ? around?.start === span.start : owner === span.id;
      const isOff = hasAttribute(element, 'disabled') || isInside(disabled, at);
      if (isOurs && !isOff) controls.push(element);
      return false;
    },
  });
  return isBroken ? null : controls;
}

const neverPosted: ReadonlySet<string> = new Set('submit button reset image file option optgroup datalist'.split(' '));

function postedValues(element: PageElement, type: string): string[] {
  if (neverPosted.has(type)) return [];
  if (type === 'select' || type === 'select-multiple') return selectedValues(element);
  if (type !== 'checkbox' && type !== 'radio') return [controlValue(element)];
  if (!hasAttribute(element, 'checked')) return [];
  return [attribute(element, 'value') === undefined ? 'on' : controlValue(element)];
}

/** Where broken markup checks several radio buttons of one name, the last counts. */
function lastOfEachRadioGroup(fields: readonly FormField[]): FormField[] {
  const last = new Map(fields.flatMap((field, at) => (field.type === 'radio' ? [[field.name, at] as const] : [])));
  return fields.filter((field, at) => field.type !== 'radio' || last.get(field.name) === at);
}
