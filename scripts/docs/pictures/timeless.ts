/** What differs from one run to the next, and what stands in its place. */
const passing: readonly (readonly [RegExp, string])[] = [
  [/\b\d{14}-[0-9a-f]{6}\b/g, 'RUN'],
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z| UTC)?/g, 'MOMENT'],
  [/\b\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d\b/g, 'MOMENT'],
  [/\b\d\d:\d\d(?::\d\d)?\b/g, 'CLOCK'],
  [/\b(?:\d+(?:\.\d+)? ?(?:ms|s|m|h)\b ?)+/g, 'TIME '],
  [/\bpid \d+/g, 'pid N'],
  // Whether a time left can be told yet.
  [/(?: ·|;) (?:about |at most |at least )?TIME (?:to TIME )?left(?: of this wave| to look| to fetch)?/g, ''],
  // Which of the phones that were written to at the same moment has been under way the longest.
  [/^ {2}[\d.]+ +\d{4} +(?=\w+ +TIME )/gm, '  PHONE '],
  // The same in a table of a page, and whether it is restarting already.
  [/^[\d.]+\t\d{4}\t\w+\t(?=TIME)/gm, 'PHONE\tSTATE\t'],
  // Columns are as wide as their widest cell, which may have been one of these.
  [/ {2,}/g, '  '],
  [/ +$/gm, ''],
];

/** A text without what differs by time alone: two runs that went alike told the same if these are equal. */
export function timeless(text: string): string {
  return passing.reduce((told, [pattern, word]) => told.replace(pattern, word), text);
}
