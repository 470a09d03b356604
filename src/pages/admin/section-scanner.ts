import type { HeadingIndex, HeadingMeaning } from './headings.js';
import {
  closingTagAt,
  isBlank,
  isLetter,
  markupDeclarationEnd,
  nameEnd,
  openTagEnd,
  tagAt,
  type TagName,
} from '../markup/tag-scanner.js';

/** A known heading in a page. */
export interface HeadingMark {
  meaning: HeadingMeaning;
  /** Where the row that holds it begins: a place outside of every tag, comment and script. */
  start: number;
  /** Where its text ends: such a place too. */
  end: number;
}

/** An opening or closing tag of `form` or `fieldset`. */
export interface TagMark {
  name: string;
  opens: boolean;
  start: number;
  end: number;
}

/** A text between two tags. */
export interface TextSpan {
  start: number;
  end: number;
}

export interface Scan {
  headings: HeadingMark[];
  tags: TagMark[];
  /** What stands behind here was not looked at. */
  seen: number;
}

const letterD = 100;
const slash = 47;

/**
 * Finds known headings, forms and fieldsets in one linear pass (about 0.3 ms for 150 KB). Comments, scripts, text areas and attribute
 * values are skipped, so labels in them are never found. A heading is the first text of its row.
 * @param isLast ends the pass at the first heading of which it says so
 * @param values takes where those texts stand that are no headings or tags whatever they say, up to where the pass ended: all but the first of a row
 */
export function scanPage(
  html: string,
  headings: HeadingIndex,
  isLast: (heading: HeadingMark) => boolean = () => false,
  values: TextSpan[] | null = null,
): Scan {
  const scanner = new PageScanner(html, headings, isLast, values);
  scanner.run();
  return { headings: scanner.headings, tags: scanner.tags, seen: scanner.seen };
}

class PageScanner {
  readonly headings: HeadingMark[] = [];
  readonly tags: TagMark[] = [];
  readonly #html: string;
  readonly #index: HeadingIndex;
  /** Where the current row begins, and whether it has shown text already. */
  #rowStart = 0;
  #rowHasText = false;
  /** Where the current run of text and inline tags begins, and its first visible character (-1: none yet). */
  #chunkStart = 0;
  #chunkText = -1;

  seen = 0;
  #isOver = false;
  /** As far as here a button is looked at that was not closed: what stands there decides what it is. */
  #buttonEnd = 0;

  constructor(
    html: string,
    index: HeadingIndex,
    private readonly isLast: (heading: HeadingMark) => boolean,
    private readonly values: TextSpan[] | null,
  ) {
    this.#html = html;
    this.#index = index;
  }

  run(): void {
    const html = this.#html;
    let at = 0;
    while (at < html.length && !this.#isOver) {
      let tag = html.indexOf('<', at);
      if (tag < 0) tag = html.length;
      if (this.#rowHasText) this.#value(at, tag);
      if (this.#chunkText < 0 && tag > at) this.#chunkText = firstVisible(html, at, tag);
      at = tag < html.length ? this.#markup(tag) : tag;
    }
    if (!this.#isOver) this.#endChunk(html.length);
    this.seen = Math.max(at, this.#buttonEnd);
  }

  /** A text of a row that has shown some before. Behind a stray `<` its first letter decides what that is. */
  #value(start: number, end: number): void {
    if (end > start && start >= this.#buttonEnd && this.#html[start - 1] === '>') this.values?.push({ start, end });
  }

  /** Skips the tag, comment or stray `<` at `at`; returns the position after it. */
  #markup(at: number): number {
    const html = this.#html;
    const code = html.charCodeAt(at + 1);
    if (isLetter(code)) return this.#openTag(at);
    if (code === slash && isLetter(html.charCodeAt(at + 2))) return this.#closeTag(at);
    if (code === 33 || code === 63 || code === slash) return markupDeclarationEnd(html, at);
    if (this.#chunkText < 0) this.#chunkText = at;
    return at + 1;
  }

  #openTag(at: number): number {
    const html = this.#html;
    const afterName = nameEnd(html, at + 1);
    const tag = tagAt(html, at + 1, afterName);
    const end = openTagEnd(html, afterName);
    if (tag.role === undefined) return end;
    const afterButton = tag.name === 'button' ? shortButtonEnd(html, end) : null;
    if (afterButton !== null) return afterButton;
    if (tag.name === 'button') this.#buttonEnd = end + longestButton;
    if (tag.role === 'hidden' || tag.name === 'textarea') {
      this.#break(tag, at, end, at);
      return closingTagAt(html, tag.name, end);
    }
    this.#break(tag, at, end, at);
    if (this.#isOver) return end;
    if (tag.name === 'form' || tag.name === 'fieldset') this.tags.push({ name: tag.name, opens: true, start: at, end });
    else if (tag.role === 'flow' && (html.charCodeAt(at + 1) | 32) === letterD) this.#divId(at, end);
    return end;
  }

  #closeTag(at: number): number {
    const html = this.#html;
    const afterName = nameEnd(html, at + 2);
    const tag = tagAt(html, at + 2, afterName);
    const close = html.indexOf('>', afterName);
    const end = close < 0 ? html.length : close + 1;
    if (tag.role === undefined || tag.role === 'hidden') return end;
    this.#break(tag, at, end, end);
    if (this.#isOver) return end;
    if (tag.name === 'form' || tag.name === 'fieldset')
      this.tags.push({ name: tag.name, opens: false, start: at, end });
    return end;
  }

  /** Text ends at `at`, a tag that is more than inline; the next may begin at `end`, a new row at `rowStart`. */
  #break(tag: TagName, at: number, end: number, rowStart: number): void {
    this.#endChunk(at);
    this.#chunkStart = end;
    if (tag.role === 'row' || tag.role === 'flow') {
      this.#rowStart = rowStart;
      this.#rowHasText = false;
    } else if (tag.role === 'control') {
      // What follows in this row, option texts among it, belongs to the control.
      this.#rowHasText = true;
    }
  }

  #endChunk(end: number): void {
    if (this.#chunkText < 0) return;
    if (!this.#rowHasText) {
      const meaning = this.#index.findInMarkup(this.#html, this.#chunkStart, this.#chunkText, end);
      if (meaning) this.#found({ meaning, start: this.#rowStart, end });
    }
    this.#rowHasText = true;
    this.#chunkText = -1;
  }

  #found(heading: HeadingMark): void {
    this.headings.push(heading);
    this.#isOver ||= this.isLast(heading);
  }

  /** Tabs are `div` elements whose id is the tab's title, blanks and all (docs/knowledge/multiplatform-pages.md#spa5xx). */
  #divId(start: number, end: number): void {
    const id = divId.exec(this.#html.slice(start, end));
    const meaning = id && this.#index.find(id[1] ?? id[2] ?? id[3] ?? '');
    if (meaning) this.#found({ meaning, start, end });
  }
}

const longestButton = 500;

/** Position after a button that decorates the text around it; `null` where it is long, never closed, or holds part of a form. */
function shortButtonEnd(html: string, from: number): number | null {
  const button = html.slice(from, from + longestButton);
  const close = /<\/button\s*>/i.exec(button);
  if (!close || /<\/?(?:form|fieldset)\b/i.test(button.slice(0, close.index))) return null;
  return from + close.index + close[0].length;
}

const divId = /\sid\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))/i;

/** The first visible character, skipping `&nbsp;`, with which old firmware indents; -1 if there is none. */
function firstVisible(html: string, from: number, to: number): number {
  let at = from;
  while (at < to) {
    if (isBlank(html.charCodeAt(at))) at++;
    else if (html.startsWith('&nbsp;', at)) at += 6;
    else return at;
  }
  return -1;
}
