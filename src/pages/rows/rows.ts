import { attribute, type PageDocument, type PageElement, type PageNode, walk } from '../markup/dom.js';
import { pageLimits } from '../markup/limits.js';
import { hasSwallowed } from '../markup/broken-tags.js';
import { isButton, isVisibleControl } from '../markup/controls.js';
import { besideLabel, isAside, isDisclosure } from '../markup/decoration.js';
import { closed, emptyRow, isBlank, isFilled, newCell, type OpenCell, type Row, textCell } from './cell.js';
import { headingOf, isPlain, shapeOf } from './row-markup.js';
import { roleOf } from '../markup/tags.js';
import { collapse } from '../markup/text.js';

/** Reads a page as rows of cells, without empty rows. Scripts, comments and templates are skipped. */
export function readRows(document: PageDocument): Row[] {
  const reader = new RowReader();
  walk(document, reader);
  reader.endRow();
  return reader.rows;
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
    this.#row.cells.push(closed(cell));
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

function ownerOf(element: PageElement): string | null {
  return element.name === 'label' ? (attribute(element, 'for') ?? null) : null;
}
