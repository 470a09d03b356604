/** The known word that a misspelled one most likely means: at most two edits away, one for short words; `null` if none is near. */
export function nearMiss(word: string, known: Iterable<string>): string | null {
  const wanted = word.toLowerCase();
  let best: { word: string; edits: number } | null = null;
  for (const candidate of known) {
    const edits = editDistance(wanted, candidate.toLowerCase());
    if (edits <= (candidate.length < 5 ? 1 : 2) && (best === null || edits < best.edits))
      best = { word: candidate, edits };
  }
  return best?.word ?? null;
}

/** Letters to insert, drop or change to make one word of the other (Levenshtein). */
function editDistance(a: string, b: string): number {
  // Far apart in length is far apart, and keeps the cost of a very long word down.
  if (Math.abs(a.length - b.length) > 2) return Number.POSITIVE_INFINITY;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...a].entries()) {
    const current = [row + 1];
    for (let column = 1; column <= b.length; column++) {
      const changed = (previous[column - 1] ?? 0) + (letter === b[column - 1] ? 0 : 1);
      current.push(Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, changed));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
