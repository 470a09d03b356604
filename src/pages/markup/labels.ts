import { collapse } from './text.js';

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

/** Labels of a profile by what they stand for. `#` in a label stands for any number. */
export class LabelIndex<T extends string> {
  readonly #meanings = new Map<string, T>();

  constructor(labels: Readonly<Record<T, readonly string[]>>) {
    for (const [meaning, spellings] of Object.entries(labels) as [T, readonly string[]][]) {
      for (const spelling of spellings) this.#meanings.set(labelKey(spelling), meaning);
    }
  }

  /** What a label as shown stands for; undefined if it is not one of ours. */
  find(text: string): T | undefined {
    const key = labelKey(text);
    return this.#meanings.get(key) ?? this.#meanings.get(numberedKey(key));
  }

  keys(): Iterable<string> {
    return this.#meanings.keys();
  }
}
