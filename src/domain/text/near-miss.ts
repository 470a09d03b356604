/** More guesses than this do not help. */
const most = 3;

/** The names that a text probably stands for: a few letters off, or containing it. The nearest first. */
export function nearMisses(text: string, names: readonly string[]): string[] {
  // No typo is longer than this, and the comparison's cost grows with the product of both lengths.
  if (text.length > 60) return [];
  const tolerated = Math.max(2, Math.floor(text.length / 4));
  return names
    .filter((name) => name.includes(text) || Math.abs(name.length - text.length) <= tolerated)
    .map((name) => ({ name, distance: text.length > 2 && name.includes(text) ? 1 : distance(text, name) }))
    .filter((guess) => guess.distance <= tolerated)
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name);
}

/**
 * The one known word that a misspelled one most likely means, ignoring case: at most two letters off, one for short words; `null` if none
 * is that near. For use where a wrong guess would do harm, or where there is room for only one.
 */
export function nearMiss(word: string, known: Iterable<string>): string | null {
  const wanted = word.toLowerCase();
  let best: { word: string; letters: number } | null = null;
  for (const candidate of known) {
    // Lengths far apart cannot be near; this also bounds the cost of a very long word.
    if (Math.abs(candidate.length - wanted.length) > 2) continue;
    const letters = distance(wanted, candidate.toLowerCase());
    if (letters <= (candidate.length < 5 ? 1 : 2) && (best === null || letters < best.letters))
      best = { word: candidate, letters };
  }
  return best?.word ?? null;
}

/** The same, and else the only one that begins as the word does, or that it begins with: for `warning` that is `warn`. */
export function nearestWord(word: string, known: readonly string[]): string | null {
  const near = nearMiss(word, known);
  if (near !== null || word.length < 3) return near;
  const wanted = word.toLowerCase();
  const alike = known.filter((one) => one.startsWith(wanted) || wanted.startsWith(one));
  return alike.length === 1 ? (alike[0] ?? null) : null;
}

/** Letters to insert, delete, replace or swap with their neighbor to get from one text to the other. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const isSwapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const swapped = isSwapped ? (before[column - 2] ?? 0) + 1 : Infinity;
      current.push(Math.min(replaced, swapped, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}
