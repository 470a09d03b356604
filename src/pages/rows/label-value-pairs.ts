import { isVisibleControl } from '../markup/controls.js';
import { type Cell, isFilled, type Row } from './cell.js';

/** A label and the cell beside it; `null` when there is no such cell. */
export interface Pair {
  label: Cell;
  value: Cell | null;
}

/**
 * Reads a row as label, value, label, value: two and four columns, skipping empty cells before a label. What stands beside a label is its
 * value even if it is empty or looks like another label's text. Linear in the cells: a row may have thousands.
 */
export function pairsOf({ cells }: Row): Pair[] {
  const pairs: Pair[] = [];
  // The next cell that is not empty; the position only moves forward.
  let filled = 0;
  const filledFrom = (from: number): number => {
    filled = Math.max(filled, from);
    for (let cell = cells[filled]; cell && !isFilled(cell); cell = cells[filled]) filled++;
    return filled;
  };
  for (let at = 0; at < cells.length; at++) {
    const label = cells[at];
    if (!label || label.text === '') continue;
    // `<label>Rule <input></label>`: a label may hold its own control, but never one that comes before it.
    if (label.textAfterControl) continue;
    const value = label.controls.some(isVisibleControl) ? label : valueCell(label, cells, at + 1, filledFrom);
    pairs.push({ label, value });
    if (value && value !== label) at += value === cells[at + 1] ? 1 : 2;
  }
  return pairs;
}

function valueCell(label: Cell, cells: readonly Cell[], at: number, filledFrom: (from: number) => number): Cell | null {
  const next = cells[at];
  if (!next || next.isLabel) return null;
  // `<td><label>Rule</label> Help</td><td>…`: what stands beside the label in its own cell explains it, where another cell has the value.
  const after = cells[at + 1];
  if (label.isLabel && !next.isTable && next.controls.length === 0 && after?.isTable && !after.isLabel) return after;
  if (!isFilled(next) && !beginWithLabel(cells, filledFrom(at + 1), label)) return null;
  // Where labels end in a colon, a neighbor that does is a label too: the value was left out.
  return label.label.endsWith(':') && next.label.endsWith(':') && next.controls.length === 0 ? null : next;
}

/**
 * Whether cells after an empty one, of which this is the first that is not empty, are further labels and values. If not, one of them
 * is the value, pushed aside by a stray cell.
 */
function beginWithLabel(cells: readonly Cell[], first: number, label: Cell): boolean {
  const next = cells[first];
  if (!next || next.isLabel) return true;
  return label.label.endsWith(':') ? next.label.endsWith(':') : (cells.length - first) % 2 === 0;
}
