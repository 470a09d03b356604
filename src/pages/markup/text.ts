/** Collapses blanks of every kind (also no-break ones) to one and trims. */
export function collapse(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** A label as it is compared: blanks collapsed, no trailing colon, lower case. */
export function labelKey(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === ':' || /\s/.test(text[end - 1] ?? ''))) end--;
  return collapse(text.slice(0, end)).toLowerCase();
}

/** The same with every number as `#`, as profiles write numbered labels. */
export function numberedKey(key: string): string {
  return key.replace(/\d+/g, '#');
}

/** A label as the tag it becomes in the status file: other marks than letters and digits turn into `_`. */
export function tagKey(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9#]+/g, '_')
    .replace(/^_|_$/g, '');
}

/** The text that all of these agree on, else `null`. */
export function onlyText(texts: readonly string[]): string | null {
  const [first, ...others] = texts;
  return first === undefined || others.some((other) => other !== first) ? null : first;
}

/**
 * A copy that does not keep the page alive: V8 makes a slice of 13 and more characters point into the text it was cut from,
 * so that one kept serial number would hold 150 KB.
 */
export function detach(text: string): string {
  return text.length < 13 ? text : Buffer.from(text, 'utf16le').toString('utf16le');
}

/** The beginning of a text that is kept only to be shown and compared: a phone may say anything, of any length. */
export function brief(text: string, most: number): string;
export function brief(text: string | null, most: number): string | null;
export function brief(text: string | null, most: number): string | null {
  return text === null || text.length <= most ? text : `${detach(text.slice(0, most))}…`;
}

/** The pattern of a profile, as all of them are meant. Compiled once: the same few are used for every page. */
export function compile(pattern: string): RegExp {
  const known = compiled.get(pattern);
  if (known) return known;
  const made = new RegExp(pattern, 'i');
  compiled.set(pattern, made);
  return made;
}

const compiled = new Map<string, RegExp>();

/** True when any of the patterns is found in the text. */
export function matchesAny(text: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => compile(pattern).test(text));
}
