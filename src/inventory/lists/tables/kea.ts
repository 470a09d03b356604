import { normalized } from '../columns/known-names.js';

/** What makes a table that of Kea's memfile; older files end at `state`, and the oldest before it. */
const marks = ['hwaddr', 'validlifetime', 'expire'];
const known = new WeakMap<readonly string[], boolean>();

/** Whether columns with these names are those of Kea's memfile. */
export function isKea(names: readonly string[]): boolean {
  let is = known.get(names);
  if (is === undefined) {
    const list = names.map(normalized);
    known.set(names, (is = marks.every((mark) => list.includes(mark))));
  }
  return is;
}

/** Kea writes a comma within a cell as `&#x2c`. */
export function keaRow(names: readonly string[], cells: readonly string[]): readonly string[] {
  return isKea(names) ? cells.map((cell) => cell.replace(/&#x2c/gi, ',')) : cells;
}
