import { parseMac } from '../../../domain/network/mac.js';
import type { PageRow } from '../page-row.js';

/** A row as it is searched. */
export interface Searched {
  row: PageRow;
  /** All of its texts in small letters. */
  text: string;
}

/** Makes a row ready to be searched. */
export function searched(row: PageRow): Searched {
  const texts = [...Object.values(row.cells), row.code, ...row.facts.map(([, text]) => text)];
  return { row, text: texts.join('\n').toLowerCase() };
}

/**
 * A MAC, or its beginning, as labels, switches and Unified CM write it: `70:f0:96`, `70-f0-96-d1`, `70f0.96d1`, `SEP70F096D1768C`. Of pairs with
 * dashes there are three at least: `12-0` is a version.
 */
const writtenMac =
  /^(?:SEP)?(?:[\dA-F]{2}(?::[\dA-F]{0,2})*|[\dA-F]{2}(?:-[\dA-F]{2}){2,}(?:-[\dA-F]?)?|[\dA-F]{4}(?:\.[\dA-F]{0,4})+|[\dA-F]+)$/i;

/** Whether a row has all the words of a search; a MAC is found in every way to write it. */
export function searchFor(q: string): (searched: Searched) => boolean {
  const mac = parseMac(q);
  // With blanks between its digits it would be six words.
  const words = mac === null ? q.split(/\s+/).filter(Boolean) : [mac];
  const asked = words.map((word) => ({
    word: word.toLowerCase(),
    digits: writtenMac.test(word) ? word.replace(/^SEP|[:.-]/gi, '').toUpperCase() : null,
  }));
  return ({ row, text }) =>
    asked.every(({ word, digits }) => text.includes(word) || (digits !== null && row.cells.mac.includes(digits)));
}
