import { gzipSync } from 'node:zlib';

/** Rows packed at once: what is unpacked must fit into memory, and the first rows are to be seen soon. */
const rowsAtOnce = 1_000;

/**
 * Rows as lines of text that a page can hold: each line is so many rows as JSON, compressed, in Base64. A page of 10,000 phones with all that
 * happened to them has one megabyte so instead of twenty.
 */
export function* pack<Item>(items: readonly Item[], rowOf: (item: Item) => unknown): Generator<string> {
  for (let from = 0; from < items.length; from += rowsAtOnce) {
    const rows = items.slice(from, from + rowsAtOnce).map((item) => rowOf(item));
    yield `${gzipSync(JSON.stringify(rows)).toString('base64')}\n`;
  }
}
