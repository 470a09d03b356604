/** Orders keys as a run orders its report: addresses by their numbers, so that a report reads like the subnet. */
export function inKeyOrder<T extends { key: string }>(rows: readonly T[]): T[] {
  const padded = rows.map((row) => ({ row, place: row.key.replace(/\d+/g, (digits) => digits.padStart(3, '0')) }));
  padded.sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0));
  return padded.map(({ row }) => row);
}
