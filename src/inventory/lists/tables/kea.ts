import { normalized } from '../columns/known-names.js';
import type { Skip } from '../row.js';

/** What makes a table that of Kea's memfile; older files end at `state`, and the oldest before it. */
const marks = ['hwaddr', 'validlifetime', 'expire'];
const known = new WeakMap<readonly string[], { lifetime: number; state: number } | null>();

function placesOf(names: readonly string[]): { lifetime: number; state: number } | null {
  const places = known.get(names);
  if (places !== undefined) return places;
  const list = names.map(normalized);
  const found = marks.every((mark) => list.includes(mark))
    ? { lifetime: list.indexOf('validlifetime'), state: list.indexOf('state') }
    : null;
  known.set(names, found);
  return found;
}

/** Whether columns with these names are those of Kea's memfile. */
export function isKea(names: readonly string[]): boolean {
  return placesOf(names) !== null;
}

/** Whether Kea says that nobody has the address any more: a lifetime of 0 deletes the lease, a state other than 0 is not assigned. */
export function keaState(names: readonly string[], cells: readonly string[]): Skip | null {
  const places = placesOf(names);
  if (places === null) return null;
  const state = cells[places.state] ?? '';
  return cells[places.lifetime] === '0' || (state !== '' && state !== '0') ? 'inactive' : null;
}

/** Kea writes a comma within a cell as `&#x2c`. */
export function keaRow(names: readonly string[], cells: readonly string[]): readonly string[] {
  return placesOf(names) === null ? cells : cells.map((cell) => cell.replace(/&#x2c/gi, ','));
}
