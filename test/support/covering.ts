/** One combination: the value of each dimension. */
export type Combination = Readonly<Record<string, unknown>>;

/**
 * A few of these combinations that still contain what any of them contains: every value (strength 1), or every two values that meet
 * (strength 2, pairwise). Most faults need no more than two settings to show. Takes the combination with the most that is new, the first of
 * equals, so the same rows give the same choice. To exclude an impossible combination, leave it out of the rows. Keeps their order.
 */
export function covering<Row extends Combination>(rows: readonly Row[], strength: 1 | 2): Row[] {
  const open = rows.map((row) => ({ row, parts: partsOf(row, strength) }));
  const unseen = new Set(open.flatMap(({ parts }) => parts));
  const chosen = new Set<Row>();
  while (unseen.size > 0) {
    let best = open[0];
    let most = 0;
    for (const each of open) {
      const count = each.parts.reduce((sum, part) => sum + (unseen.has(part) ? 1 : 0), 0);
      if (count > most) [best, most] = [each, count];
    }
    if (!best) break;
    chosen.add(best.row);
    for (const part of best.parts) unseen.delete(part);
  }
  return rows.filter((row) => chosen.has(row));
}

/** Every setting of a combination, or every two of them, as texts; a combination of one dimension has that one. */
export function partsOf(row: Combination, strength: 1 | 2): string[] {
  const settings = Object.entries(row).map(([dimension, value]) => `${dimension}=${JSON.stringify(value) ?? 'none'}`);
  if (strength === 1 || settings.length === 1) return settings;
  return settings.flatMap((one, at) => settings.slice(at + 1).map((other) => `${one} with ${other}`));
}
