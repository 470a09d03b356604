import { madeOnce } from '../../domain/text/remembering.js';
import type { AuthorizationRow } from '../../domain/phone/facts.js';
import type { MultiplatformPages, StatusLabel } from '../../domain/phone/page-profile.js';
import { LabelIndex, labelKey } from '../../domain/phone/labels.js';
import { pairsOf } from '../rows/label-value-pairs.js';
import { isFilled, type Row } from '../rows/cell.js';
import type { Section } from './sections.js';
import { detach } from '../../domain/text/detach.js';
import { compile, onlyText } from '../markup/text.js';

/**
 * The texts shown beside the labels of one kind of row, in the order the profile lists the labels, then in that of the page. Empty ones and
 * labels outside the named sections are left out.
 */
export function statusTexts(sections: readonly Section[], wanted: StatusLabel): string[] {
  const index = labelIndex(wanted);
  const found: { order: number; text: string }[] = [];
  for (const section of sections) {
    if (!wanted.sections.includes(section.name)) continue;
    for (const row of section.rows) {
      for (const { label, value } of pairsOf(row)) {
        const order = index.findIn(label);
        if (order === undefined || !value || value.controls.length > 0 || value.text === '') continue;
        if (runsIntoLabel(value.text, wanted)) continue;
        found.push({ order: Number(order), text: detach(value.text) });
      }
    }
  }
  return found.sort((a, b) => a.order - b.order).map(({ text }) => text);
}

/** Where a lost tag ran a text and the next label together, neither is known. */
function runsIntoLabel(text: string, { labels }: StatusLabel): boolean {
  const key = labelKey(text);
  return labels.some((label) => label.includes(' ') && key.endsWith(labelKey(label)));
}

/** The text of a row that occurs once; `null` if it is missing or empty, or if two differ. */
export function statusText(sections: readonly Section[], wanted: StatusLabel): string | null {
  return onlyText(statusTexts(sections, wanted));
}

/**
 * The rows of Download Status > Transition Authorization Status as they stand: `[code][date][URL]message`
 * (docs/knowledge/multiplatform-pages.md#the-authorization-row). They follow their heading as rows of one cell, or stand beside a label.
 */
export function readAuthorizationRows(
  sections: readonly Section[],
  { authorizationRows }: MultiplatformPages,
): AuthorizationRow[] {
  const index = labelIndex(authorizationRows);
  const found: AuthorizationRow[] = [];
  const add = (row: AuthorizationRow | null): void => {
    if (row) found.push(row);
  };
  for (const section of sections) {
    if (!authorizationRows.sections.includes(section.name)) continue;
    let under = section.name === 'transitionAuthorizationStatus';
    for (const row of section.rows) {
      const rows = row.cells.map((cell) => authorizationRow(cell.text, authorizationRows.pattern));
      under &&= !isLabeled(row) || rows[0] !== null;
      if (under) rows.forEach(add);
      for (const { label, value } of under ? [] : pairsOf(row)) {
        if (value && index.findIn(label)) add(authorizationRow(value.text, authorizationRows.pattern));
      }
    }
  }
  return found;
}

/** One row by the profile's grammar; `null` when the text is something else. */
export function authorizationRow(text: string, pattern: string): AuthorizationRow | null {
  const parts = compile(pattern).exec(text)?.groups;
  // Two rows that a lost tag ran together: it is not known what belongs to which.
  if (!parts || /\]\s*\[/.test(parts['message'] ?? '')) return null;
  const part = (name: string): string => detach((parts[name] ?? '').trim());
  return { code: part('code'), at: part('at'), url: part('url'), message: part('message'), text: detach(text) };
}

/** A row with a label and something beside it: what follows belongs to that label. */
function isLabeled(row: Row): boolean {
  const first = row.cells.findIndex((cell) => cell.text !== '');
  return row.cells.slice(first + 1).some(isFilled);
}

/** Labels by their place in the profile's list. */
const labelIndex = madeOnce(
  ({ labels }: StatusLabel) =>
    new LabelIndex<string>(Object.fromEntries(labels.map((label, order) => [String(order), [label]]))),
);
