/** 12 digits in one of the usual spellings: with separators, behind SEP or a word for a MAC, or plain with a letter in it. */
const spelled =
  /(?<![0-9a-z])(?:(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}|(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}|mac(?:[ _-]?addr(?:ess)?)?["' ]*[:=]["' ]*(?:[0-9a-f]{2} ){5}[0-9a-f]{2}|(?:SEP|mac(?:[ _-]?addr(?:ess)?)?["' ]*[:=]["' ]*)?[0-9a-f]{12})(?![0-9a-z])/gi;

/**
 * The MACs that a text names, 12 upper-case digits each. Twelve decimal digits alone are more often a time or a number, and count only
 * behind a word that says what they are.
 */
export function namedMacs(text: string): Set<string> {
  const found = new Set<string>();
  for (const [match] of text.matchAll(spelled)) {
    const digits = match.replace(/^(?:SEP|mac[^:=]*[:=]["' ]*)/i, '').replace(/[^0-9a-f]/gi, '');
    if (digits.length === 12 && (digits.length < match.length || /[a-f]/i.test(digits)))
      found.add(digits.toUpperCase());
  }
  return found;
}
