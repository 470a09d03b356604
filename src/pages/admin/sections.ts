import type { MultiplatformPages, MultiplatformSection } from '../../domain/phone/page-profile.js';
import { parsePage } from '../markup/dom.js';
import { mayBeCutOff, withoutHalfTag } from '../markup/truncation.js';
import { pageLimits } from '../markup/limits.js';
import { type HeadingIndex, headingIndex, type HeadingMeaning } from './headings.js';
import { pairsOf } from '../rows/label-value-pairs.js';
import { type Cell, isFilled, type Row } from '../rows/cell.js';
import { readRows } from '../rows/rows.js';
import { type HeadingMark, type Scan, scanPage } from './section-scanner.js';

/** The rows under one heading, up to the next. */
export interface Section {
  name: MultiplatformSection;
  rows: Row[];
  /** Position in the page of the text it was parsed from: add it to the parser's own positions. */
  offset: number;
  /** The first id in it that looks like an unknown title, and the number of rows before it. */
  strangeId: { id: string; row: number } | null;
}

/**
 * The wanted sections of a page, found by scanning for headings and parsing only what is under them. `null` when scan and
 * parser disagree on where a section ends (broken markup): then the whole page must be parsed. Empty for a page with more headings than
 * any phone's.
 */
export function cutSections(
  html: string,
  profile: MultiplatformPages,
  wanted: ReadonlySet<MultiplatformSection>,
  scan: Scan = scanPage(html, headingIndex(profile)),
): Section[] | null {
  const isWanted = (mark: HeadingMark): boolean => mark.meaning !== 'other' && wanted.has(mark.meaning);
  const found: Section[] = [];
  const marks = scan.headings;
  if (marks.length > pageLimits.headings) return [];
  for (let first = 0; first < marks.length; first++) {
    const start = marks[first];
    if (!start || !isWanted(start)) continue;
    // Adjacent wanted sections are parsed in one piece, with the heading that ends them to check that it is one.
    let after = first + 1;
    for (let mark = marks[after]; mark && isWanted(mark); mark = marks[after]) after++;
    const end = marks[after];
    const pieces = sectionsIn(
      html.slice(start.start, end?.end),
      start.start,
      headingIndex(profile),
      !end && mayBeCutOff(html),
    );
    if (end && pieces.pop()?.name !== end.meaning) return null;
    for (const { name, ...rest } of pieces) if (name !== 'other' && wanted.has(name)) found.push({ name, ...rest });
    first = after - 1;
  }
  return found;
}

/** The same by parsing the whole page: twenty times slower, and as correct as the parser. */
export function wholePageSections(
  html: string,
  profile: MultiplatformPages,
  wanted: ReadonlySet<MultiplatformSection>,
): Section[] {
  return sectionsIn(html, 0, headingIndex(profile), mayBeCutOff(html)).flatMap(({ name, ...rest }) =>
    name !== 'other' && wanted.has(name) ? [{ name, ...rest }] : [],
  );
}

/** A section that is read, or one that only ends the one before it. */
export interface AnySection extends Omit<Section, 'name'> {
  name: HeadingMeaning;
}

function sectionsIn(html: string, offset: number, headings: HeadingIndex, isCutOff: boolean): AnySection[] {
  return sectionsOf(rowsIn(html, isCutOff), offset, headings);
}

/** The rows of a page or a piece of one, the last left out where it may have been cut off. */
export function rowsIn(html: string, isCutOff: boolean): Row[] {
  const document = parsePage(isCutOff ? withoutHalfTag(html) : html);
  const rows = document ? readRows(document) : [];
  if (isCutOff) rows.pop();
  return rows;
}

/** Splits rows at their headings. */
export function sectionsOf(rows: readonly Row[], offset: number, headings: HeadingIndex): AnySection[] {
  const sections: AnySection[] = [];
  let current: { section: AnySection; heading: Row } | null = null;
  for (const row of rows) {
    const heading = headingIn(row, headings);
    if (row.isBroken) current = null;
    else if (heading) {
      const section: AnySection = { name: heading.meaning, rows: [], offset, strangeId: null };
      if (heading.rest.length > 0) section.rows.push({ ...row, cells: heading.rest });
      sections.push(section);
      current = { section, heading: row };
    } else if (current && beginsAnother(row, current.heading)) {
      current = null;
    } else if (row.isId) {
      const id = row.cells[0]?.text ?? '';
      if (current && titleOfWords.test(id)) current.section.strangeId ??= { id, row: current.section.rows.length };
    } else {
      current?.section.rows.push(row);
      if (endsInHeading(row, headings)) current = null;
    }
  }
  return sections.length > pageLimits.headings ? [] : sections;
}

/** The heading a row begins with, and the cells after it: a heading may be the label of its own first row. */
function headingIn(row: Row, headings: HeadingIndex): { meaning: HeadingMeaning; rest: Cell[] } | null {
  const first = row.cells.findIndex(isFilled);
  const cell = row.cells[first];
  if (!cell || cell.controls.length > 0) return null;
  const meaning = headings.findIn(cell);
  return meaning ? { meaning, rest: row.cells.slice(first + 1) } : null;
}

/** True for a row that runs on into a heading whose own row was not begun: what follows may be under it. */
function endsInHeading(row: Row, headings: HeadingIndex): boolean {
  const last = row.cells.findLast(isFilled);
  if (!last || !headings.findIn(last)) return false;
  return last.textAfterControl || pairsOf(row).some(({ label, value }) => label === last && value === null);
}

/** True for an unknown heading. Its section may have rows labeled like ours, so the current one ends before it. */
function beginsAnother(row: Row, heading: Row): boolean {
  if (row.isId) return heading.isId && titleOfWords.test(row.cells[0]?.text ?? '');
  if (row.heading === 'title') return true;
  if (row.heading !== null) return typeof heading.heading !== 'number' || row.heading <= heading.heading;
  const [only, ...others] = row.cells.filter(isFilled);
  if (!only || others.length > 0 || only.controls.length > 0) return false;
  // A label with nothing beside it has one empty cell more than a heading.
  return row.shape === heading.shape && row.cells.length <= heading.cells.length && shortTitle.test(only.text);
}

const titleOfWords = /^[A-Z][A-Za-z0-9]* [A-Za-z0-9]/;
const shortTitle = /^[\p{L}\d][^[\]]{2,58}[^.!?[\]]$/u;
