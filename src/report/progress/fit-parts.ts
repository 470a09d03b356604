import { cutTo, displayWidth } from '../table/cut.js';

/** A text as it is counted, and its color. */
export interface Part {
  text: string;
  paint: (text: string) => string;
  /** Where there is no room, parts with less of it go first, and of equal ones the last. Usual values: {@link keep}. */
  keep: number;
}

/** What is kept the longest where room is short, from the least to the most: what can be told from the rest goes first. */
export const keep = {
  fetched: 0,
  waiting: 1,
  underWay: 2,
  none: 3,
  leftAlone: 4,
  left: 5,
  elapsed: 6,
  done: 7,
  bad: 8,
};

export const dot = ' · ';

/** Stands for the parts that are left out. */
const sign = ' …';

/** As many of the parts as fit on one line; where some are left out, `…` says so. */
export function fitParts(parts: readonly Part[], columns: number): string {
  return fitLines(parts, columns, 1)[0] ?? '';
}

/** As many of the parts as fit on so many lines, which are filled in their order; where some are left out, `…` says so. */
export function fitLines(parts: readonly Part[], columns: number, mostLines: number): string[] {
  if (columns < 1) return [''];
  const shown = [...parts];
  while (shown.length > 1) {
    const end = shown.length < parts.length ? sign : '';
    const lines = filled(shown, columns);
    if (lines.length <= mostLines && lines.every((line, at) => isFitting(line, at === lines.length - 1 ? end : '')))
      return lines.map((line, at) => painted(line) + (at === lines.length - 1 ? end : ''));
    const least = Math.min(...shown.map((part) => part.keep));
    shown.splice(
      shown.findLastIndex((part) => part.keep === least),
      1,
    );
  }
  const [last] = shown;
  if (!last) return [''];
  const end = parts.length > 1 && displayWidth(last.text + sign) <= columns ? sign : '';
  return [last.paint(cutTo(last.text, columns)) + end];

  function isFitting(line: readonly Part[], end: string): boolean {
    return widthOf(line) + end.length <= columns;
  }
}

/** The parts on as few lines as they take in their order. */
function filled(parts: readonly Part[], columns: number): Part[][] {
  const lines: Part[][] = [];
  for (const part of parts) {
    const line = lines.at(-1);
    if (line && widthOf([...line, part]) <= columns) line.push(part);
    else lines.push([part]);
  }
  return lines;
}

function painted(line: readonly Part[]): string {
  return line.map(({ text, paint }) => paint(text)).join(dot);
}

/** Places that parts take on one line of a terminal. */
export function widthOf(line: readonly Pick<Part, 'text'>[]): number {
  return displayWidth(line.map(({ text }) => text).join(dot));
}
