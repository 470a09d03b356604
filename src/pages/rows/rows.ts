import { attribute, type PageDocument, type PageElement, type PageNode, walk } from '../markup/dom.js';
import { pageLimits } from '../markup/limits.js';
import { hasSwallowed } from '../markup/broken-tags.js';
import { isButton, isVisibleControl } from '../markup/controls.js';
import { besideLabel, isAside, isDisclosure } from '../markup/decoration.js';
import type { LabelTexts } from '../../domain/phone/labels.js';
import { headingOf, isPlain, shapeOf } from './row-markup.js';
import { roleOf } from '../markup/tags.js';
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

/** Reads a page as rows of cells, without empty rows. Scripts, comments and templates are skipped. */
export function readRows(document: PageDocument): Row[] {
  const reader = new RowReader();
  walk(document, reader);
  reader.endRow();
  return reader.rows;
}

/** Whether anything is in a cell. */
export function isFilled({ text, controls, buttons }: Cell): boolean {
  return text !== '' || controls.length > 0 || buttons.length > 0;
}

/** A cell that is being read. */
interface OpenCell extends Cell {
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

class RowReader {
  readonly rows: Row[] = [];
  #row = emptyRow();
  #cell: OpenCell | null = null;
  /** The innermost table cell that holds nothing but a value: blocks inside it do not end the row. */
  readonly #plainCells = new Set<PageElement>();
  /** The blocks, rows and cells that are open. */
  readonly #around: PageElement[] = [];
  /** The one of them that holds the last label: its value is in there too, or nowhere. */
  #labelBlock: PageElement | null = null;
  /** The decoration that is open. */
  #aside: PageElement | null = null;
  /** The link or note that is open. */
  #beside: { element: PageElement; isNote: boolean } | null = null;

  text(data: string, node: PageNode): void {
    if (!this.#cell && !/\S/.test(data)) return;
    this.#cell ??= newCell(false, false);
    if (this.#aside) this.#cell.asides.push(data);
    else this.#part(this.#cell, data);
    if (!/\S/.test(data)) return;
    if (this.#row.shape === '') this.#row.shape = shapeOf(node);
    if (this.#aside) {
      this.#cell.asideOrigin ??= node;
      return;
    }
    this.#cell.hasText = true;
    this.#cell.origin ??= node;
    if (this.#beside?.isNote) return;
    this.#cell.hasWords = true;
    if (this.#cell.hasVisibleControl) this.#cell.textAfterControl = true;
  }

  enter(element: PageElement): boolean {
    if (hasSwallowed(element)) this.#broken();
    if (!this.#aside && (isAside(element) || this.#isDisclosure(element))) this.#aside = element;
    if (this.#aside) return roleOf(element.name) !== 'hidden';
    switch (roleOf(element.name)) {
      case 'hidden':
        if (this.#cell) this.#cell.goesOn = true;
        return false;
      case 'control':
        this.#control(element);
        return false;
      case 'cell':
        this.#openCell(element);
        this.#around.push(element);
        return true;
      case 'flow':
        this.#flowBreak(false);
        this.#id(element);
        this.#around.push(element);
        return true;
      case 'row':
        this.endRow();
        this.#row.heading = headingOf(element);
        if (element.name === 'dt') this.#cell = newCell(true, false);
        this.#around.push(element);
        return true;
      case 'inline':
        if (element.name === 'br' && this.#cell) this.#part(this.#cell, ' ');
        if (!this.#beside) this.#openBeside(element);
        return true;
    }
  }

  leave(element: PageElement): void {
    if (this.#aside) {
      if (element === this.#aside) this.#aside = null;
      return;
    }
    if (element === this.#beside?.element) this.#beside = null;
    const role = roleOf(element.name);
    if (role === 'cell' || role === 'flow' || role === 'row') this.#around.pop();
    switch (role) {
      case 'cell':
        this.#plainCells.delete(element);
        this.#endCell();
        break;
      case 'flow':
        this.#flowBreak(element === this.#labelBlock);
        break;
      case 'row':
        if (element.name === 'dt') this.#endCell();
        else this.endRow();
        break;
      case 'hidden':
      case 'control':
      case 'inline':
        break;
    }
  }

  endRow(): void {
    this.#endCell();
    const { cells, heading, isBroken } = this.#row;
    // A heading without a text may be a picture of one.
    if (isBroken || heading !== null || cells.some(isFilled)) this.rows.push(this.#row);
    this.#row = emptyRow();
  }

  #part(cell: OpenCell, text: string): void {
    if (this.#beside) cell.labelParts ??= [...cell.parts];
    else cell.labelParts?.push(text);
    cell.parts.push(text);
  }

  #openBeside(element: PageElement): void {
    const kind = besideLabel(element);
    if (kind !== null) this.#beside = { element, isNote: kind === 'note' };
  }

  /** Beside a label, in its cell or in a cell that holds nothing else than a line of text. */
  #isDisclosure(element: PageElement): boolean {
    if (element.name !== 'details') return false;
    const isBeside = this.#cell !== null || this.#plainCells.size > 0 || this.#row.cells.at(-1)?.isLabel === true;
    return isBeside && isDisclosure(element);
  }

  #broken(): void {
    this.endRow();
    this.rows.push({ ...emptyRow(), isBroken: true });
  }

  #control(element: PageElement): void {
    this.#cell ??= newCell(false, false);
    if (isButton(element)) {
      this.#cell.buttons.push(element);
      return;
    }
    this.#cell.controls.push(element);
    if (!isVisibleControl(element)) return;
    this.#cell.textBeforeControl ||= this.#cell.hasWords;
    this.#cell.hasVisibleControl = true;
  }

  #openCell(element: PageElement): void {
    const isTable = element.name !== 'label';
    if (!isTable) this.#labelBlock = this.#around.at(-1) ?? null;
    // A label that opens a table cell makes that cell the label.
    if (!isTable && this.#cell?.isTable && isBlank(this.#cell)) {
      this.#cell.isLabel = true;
      this.#cell.owner = ownerOf(element);
      return;
    }
    this.#endCell();
    this.#cell = newCell(!isTable, isTable);
    this.#cell.owner = ownerOf(element);
    if (isTable && isPlain(element)) this.#plainCells.add(element);
    else this.#cell.goesOn = isTable;
  }

  #endCell(): void {
    const cell = this.#cell;
    this.#cell = null;
    if (!cell || (!cell.isTable && isBlank(cell))) return;
    if (this.#row.cells.length >= pageLimits.cells) {
      this.#row.isBroken = true;
      return;
    }
    const { isLabel, isTable, controls, buttons, textBeforeControl, textAfterControl, owner, goesOn } = cell;
    const text = collapse((cell.hasText ? cell.parts : cell.asides).join(''));
    const label = (cell.labelParts && collapse(cell.labelParts.join(''))) || text;
    const origin = cell.origin ?? cell.asideOrigin;
    const isAside = !cell.hasText && cell.asideOrigin !== null;
    const marks = { isLabel, isTable, textBeforeControl, textAfterControl, isAside, goesOn };
    this.#row.cells.push({ text, label, controls, buttons, owner, origin, ...marks });
  }

  #flowBreak(endsLabelBlock: boolean): void {
    if (this.#plainCells.size > 0) {
      if (this.#cell) this.#part(this.#cell, ' ');
      return;
    }
    this.#endCell();
    // `<div><label>…</label><div><input></div></div>`: the value of a label may be in a block of its own.
    if (endsLabelBlock || this.#row.cells.at(-1)?.isLabel !== true) this.endRow();
  }

  #id(element: PageElement): void {
    const id = element.name === 'div' ? collapse(element.attribs['id'] ?? '') : '';
    if (id === '' || this.#plainCells.size > 0) return;
    this.endRow();
    this.rows.push({
      ...emptyRow(),
      cells: [textCell(id)],
      isId: true,
    });
  }
}

function emptyRow(): Row {
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

/** Spelled out for speed: a page makes thousands. */
function newCell(isLabel: boolean, isTable: boolean): OpenCell {
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

function ownerOf(element: PageElement): string | null {
  return element.name === 'label' ? (attribute(element, 'for') ?? null) : null;
}

function isBlank(cell: OpenCell): boolean {
  return cell.controls.length === 0 && cell.buttons.length === 0 && !cell.hasText && cell.asideOrigin === null;
}
