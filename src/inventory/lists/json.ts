import { UsageError } from '../../domain/text/usage-error.js';
import { lineAt, outlineJson } from './json-outline.js';
import { type Column, type InventoryRow, readColumns, readRow } from './row.js';
import { shown } from '../../domain/text/printable.js';

/**
 * Reads the rows of a JSON inventory: an array of objects, or an object with such an array under `phones`. Keys are named like the columns
 * of a CSV file; values are text or numbers; null counts as missing.
 * @throws UsageError with file and line
 */
export function* readJson(text: string, path: string): Generator<InventoryRow, void, undefined> {
  if (text.trim() === '')
    throw new UsageError(`${path}: the file is empty; it needs an array of objects with an address each.`);
  const rows = rowsOf(parsed(text, path), path);
  // Every target says where it was asked for, by the line of its row.
  const { brokenAt, rowsAt } = outlineJson(text);
  if (brokenAt !== null) throw notJson(text, brokenAt, path);
  let line = 1;
  let counted = 0;
  for (const [index, row] of rows.entries()) {
    const at = rowsAt[index] ?? counted;
    line += lineAt(text.slice(counted, at), at - counted) - 1;
    counted = at;
    yield readRow(cellsOf(row, `${path}:${line}`), path, line);
  }
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notJson(text, outlineJson(text).brokenAt ?? text.length, path);
  }
}

function rowsOf(value: unknown, path: string): unknown[] {
  const rows = isRecord(value) ? value['phones'] : value;
  if (Array.isArray(rows)) return rows;
  throw new UsageError(`${path}: there is no list of phones; write an array of objects, or {"phones": [...]}.`);
}

function cellsOf(row: unknown, place: string): Map<Column, string> {
  if (!isRecord(row)) throw new UsageError(`${place}: a phone must be an object such as {"address": "10.0.0.5"}.`);
  const keys = Object.keys(row);
  const columns = readColumns(keys, place);
  return new Map(columns.map((column, index) => [column, cellOf(row[keys[index] ?? ''], keys[index] ?? '', place)]));
}

function cellOf(value: unknown, key: string, place: string): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw new UsageError(`${place}: the value of "${shown(key)}" must be text or a number.`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function notJson(text: string, brokenAt: number, path: string): UsageError {
  const found =
    brokenAt < text.length ? `before ${shown(JSON.stringify(text.slice(brokenAt, brokenAt + 20)))}` : 'at its end';
  return new UsageError(
    `${path}:${lineAt(text, brokenAt)}: this is not valid JSON ${found}; look for a missing quote, comma or bracket.`,
  );
}
