/** Endings of lists that people have. */
const endings = /\.(?:csv|tsv|txt|json|ndjson|jsonl|xml|leases|gnmap|xlsx|xls)$/i;

/**
 * Whether a text among addresses names a file with addresses instead: by its ending, or by a folder in it. What the file is, its content
 * tells.
 */
export function namesList(text: string): boolean {
  const given = text.trim();
  return endings.test(given) || (/[/\\]/.test(given) && /[A-Za-z]/.test(given) && !/:\/\/|\/\d*$/.test(given));
}
