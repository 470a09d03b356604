/** The last lines say what is next: these are kept in any case. */
const keptAtEnd = 12;

/**
 * Lines within a limit: what does not fit is left out before the last lines, and that is said.
 * @param sizeOf what a line takes of the limit
 * @param run of which the rest can be seen
 */
export function cutLines(
  lines: readonly string[],
  most: number,
  sizeOf: (line: string) => number,
  run: string,
): readonly string[] {
  const total = lines.reduce((sum, line) => sum + sizeOf(line), 0);
  if (total <= most) return lines;
  const end = lines.slice(-keptAtEnd);
  const note = (count: number): string => `… ${count} lines are left out; fleet-migrate report ${run} shows them`;
  let left = most - sizeOf(note(lines.length)) - end.reduce((sum, line) => sum + sizeOf(line), 0);
  const head: string[] = [];
  for (const line of lines.slice(0, -keptAtEnd)) {
    left -= sizeOf(line);
    if (left < 0) break;
    head.push(line);
  }
  return [...head, note(lines.length - head.length - end.length), ...end];
}

/** A text as lines, without an empty one at its end, each cut to a bound (UTF-16 units). */
export function linesOf(text: string, longest: number): string[] {
  const lines = text.trimEnd().split('\n');
  return lines.map((line) =>
    line.length <= longest ? line : `${line.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`,
  );
}
