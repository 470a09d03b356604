/** How the rows of a status list are distinguished. */
export interface RowKind<Row> {
  /** The whole row as shown. */
  text: (row: Row) => string;
  /** The same without its time: a row may be shown anew with another one. */
  key: (row: Row) => string;
  /** When the row says that it happened (any unit); `null` where that cannot be read. */
  time: (row: Row) => number | null;
}

/**
 * The rows that have come since a list was read before. A phone may render its rows anew, with other times, at every reading: that alone
 * does not make a row new. A row is new if nothing like it was there; if there are more like it than before; or if it comes before exactly
 * the rows that were first before, word for word, with a later time: lists are short, and a new row pushes the oldest out.
 * @param before newest first, as is `now`
 */
export function newRows<Row>(before: readonly Row[], now: readonly Row[], kind: RowKind<Row>): Row[] {
  const { key, text } = kind;
  const texts = new Set(before.map(text));
  const fresh = new Set(now.slice(0, pushedInFront(before, now, kind)).map((_, index) => index));
  for (const one of new Set(now.map(key))) {
    const alike = [...now.keys()].filter((index) => key(now[index] as Row) === one);
    const more = alike.length - before.filter((row) => key(row) === one).length;
    // Of several alike, prefer those that were not there word for word before.
    const isOld = (index: number): boolean => texts.has(text(now[index] as Row));
    alike.sort((a, b) => Number(isOld(a)) - Number(isOld(b)) || a - b);
    for (const index of alike.slice(0, Math.max(0, more))) fresh.add(index);
  }
  return now.filter((_, index) => fresh.has(index));
}

/** How many rows come before those that were first before; 0 if that cannot be told. */
function pushedInFront<Row>(before: readonly Row[], now: readonly Row[], { text, time }: RowKind<Row>): number {
  for (let count = 1; count < now.length; count += 1) {
    const rest = now.slice(count);
    if (rest.length > before.length || !rest.every((row, index) => text(row) === text(before[index] as Row))) continue;
    const newest = before[0] === undefined ? null : time(before[0]);
    const isLater = (row: Row): boolean => {
      const at = time(row);
      return at !== null && newest !== null && at > newest;
    };
    return now.slice(0, count).every(isLater) ? count : 0;
  }
  return 0;
}
