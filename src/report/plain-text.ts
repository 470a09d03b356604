import type { Direction } from '../domain/phone/models.js';
import type { UnfinishedPhone } from '../domain/report/report.js';
import { printable } from '../domain/text/printable.js';

/** A number of phones, in words. */
export function phonesText(count: number): string {
  return count === 1 ? '1 phone' : `${count} phones`;
}

/** A number of targets, in words. */
export function targetsText(count: number): string {
  return count === 1 ? '1 target' : `${count} targets`;
}

/** Where a move leads, in words. */
export function whereTo(direction: Direction): string {
  return direction === 'm2e' ? 'to Enterprise (m2e)' : 'to Multiplatform (e2m)';
}

/** What is shown of a run: `2 phones that ended with failed or blocked, of 40 targets of the run 20261130020000-abcdef.` */
export function chosenText(of: { phones: number; only: readonly string[]; targets: number; run: string }): string {
  const ended = of.only.length === 0 ? '' : ` that ended with ${of.only.join(' or ')}`;
  return `${phonesText(of.phones)}${ended}, of ${targetsText(of.targets)} of the run ${printable(of.run, 60)}.`;
}

/** Between two columns. */
const gap = '  ';

/** With less room than this beside the others, the list in the last column stands below its row. */
const leastLast = 24;

/**
 * Lines from rows of cells: each column as wide as its widest cell, the last one as it is, numbers to the right if asked for. Within `width`
 * characters the last column goes on in further lines, where it is a list.
 */
export function alignColumns(
  rows: readonly (readonly string[])[],
  rightAligned: ReadonlySet<number> = new Set(),
  width = Number.POSITIVE_INFINITY,
): string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  const aligned = rows.map((row) =>
    row.map((cell, column) => {
      const wide = widths[column] ?? 0;
      return rightAligned.has(column) ? cell.padStart(wide) : cell.padEnd(wide);
    }),
  );
  return aligned.flatMap((cells) => {
    const line = cells.join(gap).trimEnd();
    if (line.length <= width) return [line];
    const first = `${cells.slice(0, -1).join(gap)}${gap}`;
    const last = (cells.at(-1) ?? '').trimEnd();
    return first.length + leastLast <= width
      ? wrapList(last, width, first)
      : [first.trimEnd(), ...wrapList(last, width, '    ')];
  });
}

/** {@link wrap} for a list, which is broken after commas and colons only. */
export function wrapList(text: string, width: number, first: string): string[] {
  const together = text.replace(/(?<![,:]) /g, '\u00a0');
  return wrap(together, width, first).map((line) => line.replaceAll('\u00a0', ' '));
}

/**
 * Breaks a text at blanks into lines of at most `width` characters. The first starts with `first`, the others are indented as far. A
 * word longer than the line stands alone on one.
 */
export function wrap(text: string, width: number, first = ''): string[] {
  const indent = ' '.repeat(first.length);
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(' ')) {
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}

/**
 * Two columns, of which the second is wrapped; a first one of more than `most` letters has a line of its own. Where little room would be left
 * beside the first column, the second stands below it.
 */
export function twoColumns(
  rows: readonly (readonly [string, string])[],
  width: number,
  most = Number.POSITIVE_INFINITY,
): string[] {
  const first = Math.min(most, Math.max(...rows.map(([left]) => left.length)));
  const isNarrow = width < first + 30;
  return rows.flatMap(([left, right]) => {
    if (isNarrow || left.length > first)
      return [`  ${left}`, ...wrap(right, width, ' '.repeat(isNarrow ? 6 : first + 4))];
    return wrap(right, width, `  ${left.padEnd(first)}  `);
  });
}

/** A command line, each line of which goes on after a backslash where the next option would be too long for it. */
export function foldCommand(command: string, width: number): string[] {
  const pieces = command.split(/ (?=--)/);
  const lines = [`  ${pieces[0] ?? ''}`];
  for (const [at, piece] of pieces.entries()) {
    if (at === 0) continue;
    const line = `${lines.at(-1)} ${piece}`;
    const end = at < pieces.length - 1 ? ' \\' : '';
    if (line.length + end.length <= width) lines[lines.length - 1] = line;
    else lines.push(`      ${piece}`);
  }
  return lines.map((line, at) => (at < lines.length - 1 ? `${line} \\` : line));
}

/** Of a phone that has not ended: `written to at …; restarting at …`, by what its run last told. */
export function standingText({
  state,
  touched,
  writtenAt,
  toldAt,
}: Pick<UnfinishedPhone, 'state' | 'touched' | 'writtenAt' | 'toldAt'>): string {
  const now = `${state} at ${utcMinute(toldAt)}`;
  // With its intent on record, whether the request left is not known.
  const written = state === 'writing' ? 'may have been written to' : 'written to';
  return touched
    ? `${written}${writtenAt === null ? '' : ` at ${utcMinute(writtenAt)}`}; ${now}`
    : `not written to; ${now}`;
}

/** An ISO 8601 instant for people, in UTC to the minute: `2026-01-31 22:14 UTC`; `-` for anything else. */
export function utcMinute(instant: string): string {
  return utc(instant, 'YYYY-MM-DDTHH:mm'.length);
}

/** {@link utcMinute} to the second: `2026-01-31 22:14:05 UTC`. */
export function utcSecond(instant: string): string {
  return utc(instant, 'YYYY-MM-DDTHH:mm:ss'.length);
}

function utc(instant: string, letters: number): string {
  const at = Date.parse(instant);
  return Number.isNaN(at) ? '-' : `${new Date(at).toISOString().slice(0, letters).replace('T', ' ')} UTC`;
}
