import type { RawRow } from '../row.js';

/**
 * Of several leases of one address only the last one: such files are written by appending. Addresses keep the order in which they came
 * first.
 */
export async function* latest(
  rows: AsyncIterable<RawRow> | Iterable<RawRow>,
  addressAt: number,
): AsyncGenerator<RawRow, void, undefined> {
  const byAddress = new Map<string, RawRow>();
  const others: RawRow[] = [];
  for await (const row of rows) {
    const address = row.cells[addressAt]?.trim() ?? '';
    if (address === '') others.push(row);
    else byAddress.set(address, row);
  }
  yield* byAddress.values();
  yield* others;
}
