import { detach } from '../../domain/text/detach.js';

/** Blanks that are not single spaces between words: most texts have none, and the check is faster. */
const uneven = /[^\S ]| {2}|^ | $/;

/** Collapses blanks of every kind (also no-break ones) to one and trims. */
export function collapse(text: string): string {
  return uneven.test(text) ? text.replace(/\s+/g, ' ').trim() : text;
}

/** The text, if all of these are the same; else `null`. */
export function onlyText(texts: readonly string[]): string | null {
  const [first, ...others] = texts;
  return first === undefined || others.some((other) => other !== first) ? null : first;
}

/** The beginning of a text that is kept only to be shown and compared: a phone may send any length. */
export function brief(text: string, most: number): string;
export function brief(text: string | null, most: number): string | null;
export function brief(text: string | null, most: number): string | null {
  return text === null || text.length <= most ? text : `${detach(text.slice(0, most))}…`;
}

/** The pattern of a profile, case-insensitive. Compiled once: the same few are used for every page. */
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

const named: Readonly<Record<string, string>> = { nbsp: '\u00a0', amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Decodes numeric character references and the five of XML with `&nbsp;`. Enough for headings (newer firmware writes `-` as
 * `&#x2D;`, docs/knowledge/enterprise-pages.md#html) and for XML; pages themselves are decoded by the HTML parser.
 */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|(nbsp|amp|lt|gt|quot|apos));?/gi,
    (whole, hex, decimal, name) => {
      if (typeof name === 'string') return named[name.toLowerCase()] ?? whole;
      const code = typeof hex === 'string' ? Number.parseInt(hex, 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
