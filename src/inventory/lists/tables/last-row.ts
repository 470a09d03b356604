import type { RawRow } from '../row.js';
import type { BegunText } from '../text/begun-text.js';

/**
 * The rows of a table, and behind them a sign if the last one may be cut off: it alone has fewer cells than its header, and no line break
 * behind it. People write such rows, too, so it is read all the same.
 */
export async function* withEnd(
  text: BegunText,
  rowsOf: (text: BegunText) => AsyncIterable<RawRow>,
): AsyncGenerator<RawRow, void, undefined> {
  let end = '';
  const whole = async function* (): AsyncGenerator<string, void, undefined> {
    for await (const piece of text.whole()) {
      if (piece !== '') end = piece;
      yield piece;
    }
  };
  let last: RawRow | null = null;
  let rows = 0;
  let short = 0;
  for await (const row of rowsOf({ ...text, whole })) {
    yield row;
    if (row.skip !== undefined) continue;
    last = row;
    rows += 1;
    if (isShort(row)) short += 1;
  }
  if (last === null || rows === 1 || short !== 1 || !isShort(last) || /[\r\n]$/.test(end)) return;
  yield { names: last.names, cells: [], line: last.line, skip: 'cut-off' };
}

function isShort({ names, cells }: RawRow): boolean {
  return cells.length < names.length;
}
