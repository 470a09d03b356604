import { shown } from '../../../domain/text/printable.js';
import { UsageError } from '../../../domain/text/usage-error.js';
import { knownName } from '../columns/known-names.js';
import type { RawRow } from '../row.js';
import { lineAt, outlineJson } from './json-outline.js';

type Fields = Record<string, unknown>;

/** Where lists of devices are in the answers of other systems. Sources: docs/knowledge/inventories.md. */
const listKeys = ['phones', 'items', 'devices', 'results', 'result', 'data', 'leases', 'rows', 'phone'];

/**
 * Reads the rows of a JSON list: an array of objects, or an object with such an array (`phones` of our own reports, `items` of Webex, `devices` of
 * LibreNMS). Keys are named like the columns of a CSV file; values are text or numbers; null counts as missing.
 * @throws UsageError with file and line
 */
export function* readJson(text: string, path: string): Generator<RawRow, void, undefined> {
  if (text.trim() === '')
    throw new UsageError(`${path}: the file is empty; it needs an array of objects with an address each.`);
  const data = parsed(text, path);
  const { rows, key } = listIn(data, path);
  refusePage(data, rows.length, path);
  refuseCatalog(rows, path);
  // Every target says where it was asked for, by the line of its row.
  const { brokenAt, rowsAt } = outlineJson(text, key);
  if (brokenAt !== null) throw notJson(text, brokenAt, path);
  let line = 1;
  let counted = 0;
  const columns = new SameColumns();
  for (const [index, row] of rows.entries()) {
    const at = rowsAt[index] ?? counted;
    line += lineAt(text.slice(counted, at), at - counted) - 1;
    counted = at;
    yield rowOf(row, columns, path, line);
  }
}

/**
 * Reads objects that stand a line each. Of the events of our own runs only outcomes of phones that were read are phones.
 * @throws UsageError with file and line
 */
export async function* readJsonLines(
  lines: AsyncIterable<{ line: string; number: number }>,
  path: string,
): AsyncGenerator<RawRow, void, undefined> {
  const columns = new SameColumns();
  for await (const { line, number } of lines) {
    if (line.trim() === '') continue;
    let row: unknown;
    try {
      row = JSON.parse(line);
    } catch {
      throw new UsageError(
        `${path}:${number}: this line is not valid JSON; a line holds one object, and the last one may be cut off: copy the file again, as a whole.`,
      );
    }
    if (!isFields(row) || typeof row['event'] !== 'string' || !('at' in row)) yield rowOf(row, columns, path, number);
    else if (row['event'] === 'outcome' && typeof row['mac'] === 'string')
      yield rowOf({ address: row['address'], mac: row['mac'] }, columns, path, number);
  }
}

/** One page of an answer that has more: NetBox names the next, and counts all. @throws UsageError */
function refusePage(data: unknown, rows: number, path: string): void {
  if (!isFields(data)) return;
  const { next, count } = data;
  const hasNext = typeof next === 'string' && next !== '';
  if (!hasNext && !(typeof count === 'number' && 'next' in data && count > rows)) return;
  throw new UsageError(
    `${path}: this is one page of a longer list, so a part of it is missing; ask for all of it at once (NetBox: ?limit=0), or put the pages together.`,
  );
}

/** Hands out the same array for rows with the same keys. */
class SameColumns {
  #last: readonly string[] = [];

  of(keys: readonly string[]): readonly string[] {
    const isSame = keys.length === this.#last.length && keys.every((key, at) => key === this.#last[at]);
    if (!isSame) this.#last = keys;
    return this.#last;
  }
}

function rowOf(row: unknown, columns: SameColumns, path: string, line: number): RawRow {
  const place = `${path}:${line}`;
  if (!isFields(row)) throw new UsageError(`${place}: a phone must be an object such as {"address": "10.0.0.5"}.`);
  const names = columns.of(Object.keys(row));
  // Webex lists other devices, too; `product` is its name for the model.
  const type = row['type'];
  const isOther = typeof row['product'] === 'string' && typeof type === 'string' && type !== 'phone';
  return {
    names,
    cells: names.map((name) => cellOf(row[name], name, place)),
    line,
    ...(isOther ? { skip: 'other-device' as const } : {}),
  };
}

/** The text of a value; that of a column without a meaning does not matter. */
function cellOf(value: unknown, key: string, place: string): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  const known = knownName(key);
  if (known.length === 0) return '';
  // NetBox nests what it refers to: {"primary_ip4": {"address": "10.0.0.5/24"}}.
  if (isFields(value)) {
    const inside = ['address', 'model', 'name', 'value']
      .map((name) => value[name])
      .find((one) => typeof one === 'string');
    if (typeof inside === 'string') return inside;
  }
  if (known.every(({ meaning }) => meaning === 'site' || meaning === 'note')) return '';
  throw new UsageError(`${place}: the value of "${shown(key)}" must be text or a number.`);
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notJson(text, outlineJson(text, null).brokenAt ?? text.length, path);
  }
}

/** The list in a document, and the key it is under; null for the document itself. */
function listIn(value: unknown, path: string): { rows: unknown[]; key: string | null } {
  if (Array.isArray(value)) return { rows: value as unknown[], key: null };
  if (isFields(value)) {
    for (const key of listKeys) {
      const list = value[key];
      if (Array.isArray(list)) return { rows: list as unknown[], key };
    }
    if (
      Object.keys(value).some((key) =>
        knownName(key).some(({ meaning, kind }) => (meaning === 'address' || meaning === 'mac') && kind === 'plain'),
      )
    )
      return { rows: [value], key: null };
  }
  throw new UsageError(`${path}: there is no list of phones; write an array of objects, or {"phones": [...]}.`);
}

/** Webex' catalog of supported devices: models without a single address or MAC. */
function refuseCatalog(rows: readonly unknown[], path: string): void {
  const fields = rows.filter(isFields);
  const hasPlace = fields.some((row) =>
    Object.keys(row).some((key) => knownName(key).some(({ meaning }) => meaning === 'address' || meaning === 'mac')),
  );
  if (fields.length === 0 || hasPlace || !fields.every((row) => 'model' in row && 'displayName' in row)) return;
  throw new UsageError(
    `${path}: this is a catalog of models that Webex supports, not a list of devices; give the answer of GET /v1/devices, or Control Hub's export of devices.`,
  );
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function notJson(text: string, brokenAt: number, path: string): UsageError {
  // What stands there may be a secret: only a sign of JSON is shown.
  const sign = /^[[\]{}:,"]/.exec(text.slice(brokenAt, brokenAt + 1))?.[0];
  const where = brokenAt >= text.length ? 'at its end' : sign === undefined ? 'here' : `before ${JSON.stringify(sign)}`;
  return new UsageError(
    `${path}:${lineAt(text, brokenAt)}: this is not valid JSON ${where}; ${brokenAt >= text.length ? 'if it was cut off, copy it again, as a whole; otherwise look' : 'look'} for a missing quote, comma or bracket.`,
  );
}
