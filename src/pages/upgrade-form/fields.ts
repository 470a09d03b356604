import type { SettingName } from '../../domain/phone/facts.js';
import type { MultiplatformPages } from '../../domain/phone/page-profile.js';
import { isVisibleControl } from '../markup/controls.js';
import { type PageElement, textOf } from '../markup/dom.js';
import { type LabelIndex, labelIndexOf } from '../../domain/phone/labels.js';
import { pairsOf } from '../rows/label-value-pairs.js';
import { type Cell, isFilled, type Row } from '../rows/cell.js';
import type { Section } from '../admin/sections.js';
import { brief } from '../markup/text.js';

/** A control of Firmware Upgrade and the label beside it. */
export interface FoundControl {
  field: SettingName;
  element: PageElement;
  /** Where its tag begins in the page. */
  at: number;
  label: Cell;
}

/** The controls of the section, none of them where anything about them is odd. */
export interface FoundControls {
  controls: FoundControl[];
  oddity: Oddity | null;
}

/**
 * Finds the three controls by their labels: each label once in the section, before any unknown heading, in a row that begins
 * with a label, with one control beside it. A label with no control beside it is a setting that is only shown, or a heading.
 */
export function upgradeFields(sections: readonly Section[], profile: MultiplatformPages): FoundControls {
  const labels = labelIndexOf(profile.firmwareUpgrade.labels);
  const seen = new Set<SettingName>();
  const controls: FoundControl[] = [];
  for (const section of sections) {
    if (section.name !== 'firmwareUpgrade') continue;
    for (const [at, row] of section.rows.entries()) {
      for (const cell of row.cells) {
        const { text } = cell;
        const field = labels.findIn(cell);
        if (field === undefined) continue;
        if (seen.has(field)) return odd(`the label ${quoted(text)} is there more than once`);
        seen.add(field);
        const stray = strangeHeading(section, at, row);
        if (stray !== null) return odd(`${quoted(text)} is under ${quoted(stray)}, a heading that is not known`);
        if (beginsWithControl(row)) return odd(`the row of ${quoted(text)} begins with a control`);
      }
      const found = controlsIn(row, section, labels);
      if (found.oddity) return found;
      controls.push(...found.controls);
    }
  }
  return { controls, oddity: null };
}

function odd(text: string): FoundControls {
  return { controls: [], oddity: oddFields(text) };
}

/** The controls beside labels of ours in one row; each label was found there once. */
function controlsIn(row: Row, { offset }: Section, labels: LabelIndex<SettingName>): FoundControls {
  const controls: FoundControl[] = [];
  for (const { label, value } of pairsOf(row)) {
    const field = labels.findIn(label);
    if (field === undefined || value === null) continue;
    const beside = [...value.controls, ...unlabeledAfter(row, value)].filter(isVisibleControl);
    const [element, another] = beside;
    if (!element) continue;
    if (another) return odd(`${quoted(label.text)} has more than one control beside it`);
    if (value !== label && value.textBeforeControl)
      return odd(`the control beside ${quoted(label.text)} has a text of its own before it, ${quoted(value.text)}`);
    controls.push({ field, element, at: offset + (element.startIndex ?? 0), label });
  }
  return { controls, oddity: null };
}

/** Controls that follow a value with no text between: they may belong to it. */
function unlabeledAfter({ cells }: Row, value: Cell): PageElement[] {
  const next = cells.indexOf(value) + 1;
  const end = cells.findIndex((cell, at) => at >= next && (cell.text !== '' || cell.isLabel));
  return cells.slice(next, end < 0 ? undefined : end).flatMap(({ controls }) => controls);
}

/** Where a control comes first, labels may stand after their controls. */
function beginsWithControl({ cells }: Row): boolean {
  const first = cells.find(({ text, controls }) => text !== '' || controls.some(isVisibleControl));
  return first !== undefined && !first.textBeforeControl && first.controls.some(isVisibleControl);
}

/** The first heading between that of the section and a row, if any: what follows it may be another section's. */
function strangeHeading({ rows, strangeId }: Section, at: number, row: Row): string | null {
  const heading = rows.slice(0, at).find((before) => looksLikeHeading(before, row));
  if (heading) return heading.cells.find(({ text }) => text !== '')?.text ?? '';
  return strangeId !== null && strangeId.row <= at ? strangeId.id : null;
}

/** A button with words in it; a help icon has none. */
function isTitledButton(control: PageElement): boolean {
  return control.name === 'button' && /\p{L}{2}/u.test(textOf(control));
}

/** Longer texts, and those that end like a sentence, explain. */
const longestHeading = 80;

function looksLikeHeading({ heading, shape, cells }: Row, like: Row): boolean {
  if (heading !== null) return true;
  const filled = cells.filter(isFilled);
  const [only, ...others] = filled;
  if (!only || others.length > 0) return false;
  // What a click on it opens may be another section.
  if (only.controls.length > 0) return false;
  if (only.text === '') return only.buttons.every(isTitledButton);
  // A label whose value is empty: it looks like the labels of other rows, and comes before its value.
  if (cells.at(-1) !== only && shape === like.shape) return false;
  return only.text.length <= longestHeading && /\p{L}/u.test(only.text) && !/[.!?]$/.test(only.text);
}

/** What makes the fields or the form of a page unclear, so that nothing is written to it. */
export interface Oddity {
  /** `fields`: it is not certain which control is which. `form`: it is not certain where they would be posted to. */
  about: 'fields' | 'form';
  /** The end of a sentence that begins with the page. */
  text: string;
}

/** A page's own text within a message. */
export function quoted(text: string): string {
  return `"${brief(text, 60)}"`;
}

export function oddFields(text: string): Oddity {
  return { about: 'fields', text };
}

export function oddForm(text: string): Oddity {
  return { about: 'form', text };
}
