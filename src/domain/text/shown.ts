/** Text from the user or from a file for use in a message: no control characters (a terminal obeys them), not too long. */
export function shown(text: string): string {
  const safe = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '?');
  return safe.length > 100 ? `${safe.slice(0, 97)}...` : safe;
}
