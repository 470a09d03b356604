import { sampleRows } from '../row.js';

/** A row at the beginning of a table, as far as it is needed to find out how the table is written. */
export interface HeadRecord {
  cells: string[];
  /** Where it begins in the text. */
  offset: number;
  /** The line on which it begins, from 1. */
  line: number;
}

/**
 * The first rows of a text with this separator. Quotes are taken as in CSV where they can be; a quote that is never closed is a letter.
 * Rows without any text are left out.
 */
export function headRecords(head: string, delimiter: string): HeadRecord[] {
  const records: HeadRecord[] = [];
  let cells: string[] = [];
  let offset = 0;
  let line = 1;
  let startLine = 1;
  for (let at = 0; at <= head.length && records.length < sampleRows;) {
    const { text, end } = cellAt(head, at, delimiter);
    cells.push(text.trim());
    for (let inside = at; inside < end; inside += 1) if (isBreak(head, inside)) line += 1;
    if (end < head.length && head[end] === delimiter) {
      at = end + 1;
      continue;
    }
    if (cells.some((cell) => cell !== '')) records.push({ cells, offset, line: startLine });
    cells = [];
    at = end + (head.startsWith('\r\n', end) ? 2 : 1);
    line += 1;
    [offset, startLine] = [at, line];
  }
  return records;
}

/** One line break, also of two characters: counted at its last one. */
function isBreak(text: string, at: number): boolean {
  return text[at] === '\n' || (text[at] === '\r' && text[at + 1] !== '\n');
}

function cellAt(head: string, from: number, delimiter: string): { text: string; end: number } {
  let start = from;
  while (head[start] === ' ') start += 1;
  if (head[start] === '"') {
    const quoted = quotedAt(head, start + 1);
    if (quoted !== null) {
      let end = quoted.end;
      while (head[end] === ' ') end += 1;
      if (end >= head.length || head[end] === delimiter || head[end] === '\n' || head[end] === '\r')
        return { text: quoted.text, end };
    }
  }
  let end = from;
  while (end < head.length && head[end] !== delimiter && head[end] !== '\n' && head[end] !== '\r') end += 1;
  return { text: head.slice(from, end), end };
}

/** No cell of a header is longer. */
const longestQuoted = 4_096;

function quotedAt(head: string, from: number): { text: string; end: number } | null {
  let at = from;
  for (;;) {
    const quote = head.indexOf('"', at);
    if (quote < 0 || quote - from > longestQuoted) return null;
    if (head[quote + 1] !== '"') return { text: head.slice(from, quote).replace(/""/g, '"'), end: quote + 1 };
    at = quote + 2;
  }
}
