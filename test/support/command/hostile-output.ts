import { parse } from 'csv-parse/sync';

/** Anything a terminal, an editor or a log reader would act on instead of showing it; a line feed ends our own lines. */
const acts = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
/** Longest line of ours: a table as wide as its columns need, a log line with a whole message. */
const longestLine = 2_000;

/** Characters of a text that would do something instead of being shown, each with the text around it; empty if all are escaped. */
export function acting(text: string): string[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const at = line.search(acts);
    return at < 0 ? [] : [JSON.stringify(line.slice(Math.max(0, at - 40), at + 40))];
  });
}

/** Lines that are longer than any of ours, by their beginnings. */
export function overlong(text: string): string[] {
  return text.split('\n').flatMap((line) => (line.length > longestLine ? [line.slice(0, 100)] : []));
}

/** Lines of a log that are not ours: forged ones. */
export function foreignLines(log: string): string[] {
  const ours =
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d (?:error|warn |info |debug) (?:\d+\.\d+\.\d+\.\d+ |run-|survey-|[a-z][\w' -]+)/;
  return log
    .split('\n')
    .slice(0, -1)
    .filter((line) => !ours.test(line));
}

/** Cells that a spreadsheet would calculate, and the number of rows. */
export function inSpreadsheet(csv: string): { rows: number; formulas: string[] } {
  const rows = parse(csv, { columns: true }) as Record<string, string>[];
  const cells = rows.flatMap((row) => Object.values(row));
  return { rows: rows.length, formulas: cells.filter((cell) => /^[=+\-@\t\r]/.test(cell)) };
}
