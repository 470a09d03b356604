import { phoneModelIn } from '../../../domain/phone/facts.js';
import { isAddress, isAnyAddress, isMac, valueOf } from '../columns/cell-values.js';
import type { ColumnPlan, PlannedColumn } from '../columns/column-plan.js';
import type { Meaning } from '../columns/known-names.js';

/**
 * The cells of a row that is longer than its header because one text holds the separator without quotes: the cells of that text are put
 * together again. Which text it is, only the other cells can tell: wherever addresses and MACs then stand in their columns. `null` when it
 * is not clear what the row says of the phone, and where it may be the text of a column that holds a secret, a part of which would come
 * to stand elsewhere. Where only the notes are not clear, they are empty.
 */
export function realigned(plan: ColumnPlan, names: readonly string[], cells: readonly string[]): string[] | null {
  const more = cells.length - plan.width;
  const at = (...meanings: Meaning[]): PlannedColumn[] => meanings.flatMap((one) => plan.columns.get(one) ?? []);
  const typed = at('address', 'mac');
  const values = at('model', 'vid', 'serial');
  const sites = at('site');
  const isText = (index: number): boolean => ![...typed, ...values, ...sites].some((one) => has(one, index));
  const fittingAt = (indexes: readonly number[]): { index: number; row: string[] }[] =>
    indexes
      .filter((index) => !cells.slice(index, index + more + 1).some((cell) => isAnyAddress(cell) || isMac(cell)))
      .map((index) => ({ index, row: joinedAt(cells, index, more) }))
      .filter(({ row }) => fits(typed, row));
  const texts = fittingAt([...names.keys()].filter(isText));
  // Sites are names that are chosen from a few: a comma is rather in a text beside them.
  const fitting = texts.length > 0 ? texts : fittingAt(sites.map(({ index }) => index));
  if (fitting.some(({ index }) => isSecret(names[index] ?? ''))) return null;
  const numbered = fitting.filter(({ row }) =>
    at('model').some(({ index }) => phoneModelIn(row[index] ?? '') !== null),
  );
  const rows = (numbered.length > 0 ? numbered : fitting).map(({ row }) => row);
  const [first] = rows;
  const keys = new Set(rows.map((row) => keyOf([...typed, ...values, ...sites], row)));
  if (first === undefined || keys.size > 1) return null;
  return first.map((cell, index) => (rows.every((row) => row[index] === cell) ? cell : ''));
}

/** A column of names of anything is a text, too. */
function has({ index, kind }: PlannedColumn, at: number): boolean {
  return index === at && kind !== 'name';
}

function joinedAt(cells: readonly string[], index: number, more: number): string[] {
  const end = index + more + 1;
  return [...cells.slice(0, index), cells.slice(index, end).join(','), ...cells.slice(end)];
}

/** What a row says of its phone; a name that is no MAC says nothing. */
function keyOf(columns: readonly PlannedColumn[], row: readonly string[]): string {
  return columns.map(({ index, kind }) => (kind === 'name' && !isMac(row[index] ?? '') ? '' : row[index])).join('\0');
}

/** Words of the names of columns that hold secrets, in the languages of lists. */
const secret =
  /pass(?:word|wort|wd|phrase|code)|kennwort|mot de ?passe|secret|geheim|credential|community|\bauth|pass\b|\b(?:pw|pwd|pin|key|psk)\b/i;

function isSecret(name: string): boolean {
  return secret.test(name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[_\W]+/g, ' '));
}

/** At least one address or MAC, and nothing else in these columns. */
function fits(typed: readonly PlannedColumn[], cells: readonly string[]): boolean {
  const texts = typed
    .map((column) => ({ column, text: valueOf(cells[column.index]) }))
    .filter(({ text }) => text !== '');
  const isRight = ({ column, text }: { column: PlannedColumn; text: string }): boolean =>
    column.meaning === 'address' ? isAddress(text) : isMac(text);
  const isName = ({ column, text }: { column: PlannedColumn; text: string }): boolean =>
    column.kind === 'name' || column.kind === 'weak' || (column.kind === 'device' && /^[\w.-]+$/.test(text));
  return texts.some(isRight) && texts.every((one) => isName(one) || isRight(one));
}
