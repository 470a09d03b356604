import type { LabelTexts } from '../../domain/phone/labels.js';
import type { PageElement, PageNode } from '../markup/dom.js';
import { collapse } from '../markup/text.js';

/** A cell of a table, a `label`, or a run of text outside of both. */
export interface Cell extends LabelTexts {
  /** True for `label` and `dt`: never the value of another label. */
  isLabel: boolean;
  /** `td`, `th` or `dd`: a cell even if it is empty. */
  isTable: boolean;
  /** Controls that hold a value (`input`, `select`, `textarea`) in document order, hidden ones too. */
  controls: PageElement[];
  /** What can only be pressed. Beside a text it decorates it, as help buttons do. */
  buttons: PageElement[];
  /** Text stands before a control that can be seen: it may be a label of its own for it. */
  textBeforeControl: boolean;
  /** Text follows such a control: it is not a label for that control. */
  textAfterControl: boolean;
  /** What the `for` of its label names. */
  owner: string | null;
  /** Where its first text stands. */
  origin: PageNode | null;
  /** All of its text is hidden, or only decorates (`isAside`). */
  isAside: boolean;
  /** A table or row begins in it, or a script in it may write text: that it is empty means nothing. */
  goesOn: boolean;
}

/** Cells that belong side by side, whatever markup made them so. */
export interface Row {
  cells: Cell[];
  /** 1 to 6 for a row made by `h1` to `h6`, `title` for a `legend` or `caption`, else `null`. */
  heading: number | 'title' | null;
  /** The row is no more than the id of a `div`, as tabs are marked (docs/knowledge/multiplatform-pages.md#spa5xx). */
  isId: boolean;
  /** Tags and classes around its first text: rows that look alike have the same shape. */
  shape: string;
  /**
   * Not to be read: a tag has swallowed others, whose content is lost; or it has more cells than any row of a phone, and only the first of
   * them are here.
   */
  isBroken: boolean;
}

/** Whether anything is in a cell. */
export function isFilled({ text, controls, buttons }: Cell): boolean {
  return text !== '' || controls.length > 0 || buttons.length > 0;
}

/** A cell that is being read. */
export interface OpenCell extends Cell {
  parts: string[];
  /** Those of them outside of links and notes; `null` while there is no link or note. */
  labelParts: string[] | null;
  /** Texts that only decorate (`isAside`) and where the first of them stands: the cell's text only where it has no other. */
  asides: string[];
  asideOrigin: PageNode | null;
  hasVisibleControl: boolean;
  hasText: boolean;
  /** It has a text that is no note. */
  hasWords: boolean;
}

/** A row to be filled. */
export function emptyRow(): Row {
  return { cells: [], heading: null, isId: false, shape: '', isBroken: false };
}

/** A cell that holds nothing but a text. */
export function textCell(text: string, isLabel = false): Cell {
  return {
    text,
    label: text,
    isLabel,
    isTable: false,
    controls: [],
    buttons: [],
    textBeforeControl: false,
    textAfterControl: false,
    owner: null,
    origin: null,
    isAside: false,
    goesOn: false,
  };
}

/** A cell to be filled. Spelled out for speed: a page makes thousands. */
export function newCell(isLabel: boolean, isTable: boolean): OpenCell {
  return {
    text: '',
    label: '',
    isLabel,
    isTable,
    controls: [],
    buttons: [],
    textBeforeControl: false,
    textAfterControl: false,
    owner: null,
    origin: null,
    isAside: false,
    goesOn: false,
    parts: [],
    labelParts: null,
    asides: [],
    asideOrigin: null,
    hasVisibleControl: false,
    hasText: false,
    hasWords: false,
  };
}

/** Whether nothing has been found in a cell so far. */
export function isBlank(cell: OpenCell): boolean {
  return cell.controls.length === 0 && cell.buttons.length === 0 && !cell.hasText && cell.asideOrigin === null;
}

/** What has been read of a cell, now that it ends. */
export function closed(cell: OpenCell): Cell {
  const { isLabel, isTable, controls, buttons, textBeforeControl, textAfterControl, owner, goesOn } = cell;
  const text = collapse((cell.hasText ? cell.parts : cell.asides).join(''));
  const label = (cell.labelParts && collapse(cell.labelParts.join(''))) || text;
  const origin = cell.origin ?? cell.asideOrigin;
  const isAside = !cell.hasText && cell.asideOrigin !== null;
  const marks = { isLabel, isTable, textBeforeControl, textAfterControl, isAside, goesOn };
  return { text, label, controls, buttons, owner, origin, ...marks };
}
