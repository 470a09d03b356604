import type { MultiplatformPages } from '../../domain/phone/page-profile.js';
import { controlType, controlValue, isVisibleControl } from '../markup/controls.js';
import {
  attribute,
  hasAttribute,
  type PageDocument,
  type PageElement,
  parsePage,
  textOf,
  walk,
} from '../markup/dom.js';
import { disabledSpans, formSpans, type FormSpan, isInside } from '../markup/form-tags.js';
import { mayBeCutOff } from '../markup/truncation.js';
import { headingIndex } from '../admin/headings.js';
import { pairsOf } from '../rows/label-value-pairs.js';
import { readRows } from '../rows/rows.js';
import { scanPage } from '../admin/section-scanner.js';
import { roleOf } from '../markup/tags.js';
import { detach } from '../../domain/text/detach.js';
import { collapse } from '../markup/text.js';

/** A control that a person would fill in, and its labels. */
export interface LabeledControl {
  element: PageElement;
  name: string;
  type: string;
  labels: string[];
}

/** A form that asks for a password. */
export interface LabeledForm {
  /** As written, relative to the page; `""` when the form has none. */
  action: string;
  /** Lower case. */
  method: string;
  enctype: string;
  controls: LabeledControl[];
  /** What a browser posts beside what is filled in: hidden fields, ticked boxes, the button that was pressed. */
  others: { name: string; value: string }[];
}

/** Pages that ask for a password are small; of a long page, the beginning is enough. */
const readAtMost = 64_000;

/** No page with more controls than this asks for a password only; counting them is far cheaper than parsing a whole admin page. */
const mostControls = 60;

/** Whether it is worth parsing a page to see if it asks for a password. */
export function mayAskForPassword(body: string): boolean {
  if (!/type\s*=\s*["']?\s*password/i.test(body)) return false;
  const control = /<(?:input|select|textarea)\b/gi;
  for (let count = 0; count < mostControls; count += 1) if (!control.test(body)) return true;
  return false;
}

/** The one form of a page with a password field to fill in; `null` when there is none, more than one, or only half of one. */
export function passwordForm(body: string, profile: MultiplatformPages): LabeledForm | null {
  const html = body.slice(0, readAtMost);
  const document = parsePage(html);
  if (!document) return null;
  const { tags } = scanPage(html, headingIndex(profile));
  const all = controlsOf(document);
  const passwords = all.filter((element) => isVisibleControl(element) && controlType(element) === 'password');
  const forms = formSpans(html, tags);
  const spans = new Set(passwords.map((element) => forms.find((form) => belongs(element, form))));
  const [span] = spans;
  if (!span || spans.size > 1 || (span.end === html.length && mayBeCutOff(html))) return null;
  const off = disabledSpans(html, tags);
  const own = all.filter((element) => belongs(element, span) && !isOff(element) && !isInside(off, placeOf(element)));
  const labels = labelsOf(document);
  return {
    ...{ action: span.action, method: span.method, enctype: span.enctype },
    controls: own.filter(isToFillIn).map((element) => ({
      element,
      name: nameOf(element),
      type: controlType(element),
      labels: [...(labels.get(element) ?? []), ...ownLabels(element)],
    })),
    others: [...own.filter((element) => !isToFillIn(element)).flatMap(presetOf), ...pressed(own)],
  };
}

function controlsOf(document: PageDocument): PageElement[] {
  const controls: PageElement[] = [];
  walk(document, {
    enter: (element) => {
      if (roleOf(element.name) === 'hidden') return false;
      if (roleOf(element.name) !== 'control') return true;
      controls.push(element);
      return false;
    },
  });
  return controls;
}

function placeOf(element: PageElement): number {
  return element.startIndex ?? 0;
}

function nameOf(element: PageElement): string {
  return detach(attribute(element, 'name') ?? '');
}

function belongs(element: PageElement, form: FormSpan): boolean {
  const owner = attribute(element, 'form');
  return owner === undefined ? isInside([form], placeOf(element)) : owner === form.id;
}

function isOff(element: PageElement): boolean {
  return hasAttribute(element, 'disabled');
}

/** A box to tick is left as it is. */
function isToFillIn(element: PageElement): boolean {
  return isVisibleControl(element) && !['checkbox', 'radio', 'file'].includes(controlType(element));
}

function presetOf(element: PageElement): { name: string; value: string }[] {
  const name = nameOf(element);
  const type = controlType(element);
  if (name === '') return [];
  if (type === 'hidden') return [{ name, value: controlValue(element) }];
  const isTicked = (type === 'checkbox' || type === 'radio') && hasAttribute(element, 'checked');
  if (!isTicked) return [];
  return [{ name, value: attribute(element, 'value') === undefined ? 'on' : controlValue(element) }];
}

/** The first button that sends the form, where it has a name: some servers look for it. */
function pressed(controls: readonly PageElement[]): { name: string; value: string }[] {
  const button = controls.find((element) =>
    element.name === 'button'
      ? (attribute(element, 'type') ?? 'submit').trim().toLowerCase() === 'submit'
      : controlType(element) === 'submit',
  );
  const name = button ? nameOf(button) : '';
  return button && name !== '' ? [{ name, value: detach(attribute(button, 'value') ?? '') }] : [];
}

/** What rows and `label for` say about controls. */
function labelsOf(document: PageDocument): Map<PageElement, string[]> {
  const labels = new Map<PageElement, string[]>();
  const add = (element: PageElement, text: string): void => {
    const known = labels.get(element);
    if (known) known.push(text);
    else labels.set(element, [text]);
  };
  const byId = new Map(controlsOf(document).map((element) => [attribute(element, 'id'), element]));
  // Several controls in one line: each is named by the text right before it.
  let before = '';
  walk(document, {
    text: (data) => {
      before += data;
    },
    enter: (element) => {
      const role = roleOf(element.name);
      const owner = attribute(element, 'for');
      const named = element.name === 'label' && owner !== undefined ? byId.get(owner) : undefined;
      if (named) add(named, collapse(textOf(element)));
      if (role === 'control' && isVisibleControl(element) && collapse(before) !== '') add(element, collapse(before));
      if (role !== 'inline') before = '';
      return role !== 'hidden' && role !== 'control';
    },
  });
  for (const { label, value } of readRows(document).flatMap((row) => (row.isBroken ? [] : pairsOf(row)))) {
    const [only, ...others] = value?.controls.filter(isVisibleControl) ?? [];
    if (!only || others.length > 0) continue;
    for (const text of new Set([label.text, label.label])) add(only, text);
  }
  return labels;
}

function ownLabels(element: PageElement): string[] {
  return ['placeholder', 'aria-label', 'title'].flatMap((name) => {
    const text = collapse(attribute(element, name) ?? '');
    return text === '' ? [] : [text];
  });
}
