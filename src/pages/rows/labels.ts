import { labelKey, numberedKey } from '../markup/text.js';

/** Labels of a profile by what they stand for. `#` in a label stands for any number. */
export class LabelIndex<T extends string> {
  readonly #meanings = new Map<string, T>();

  constructor(labels: Readonly<Record<T, readonly string[]>>) {
    for (const [meaning, spellings] of Object.entries(labels) as [T, readonly string[]][]) {
      for (const spelling of spellings) this.#meanings.set(labelKey(spelling), meaning);
    }
  }

  /** What a label as shown stands for; undefined when it is none of ours. */
  find(text: string): T | undefined {
    const key = labelKey(text);
    return this.#meanings.get(key) ?? this.#meanings.get(numberedKey(key));
  }

  keys(): Iterable<string> {
    return this.#meanings.keys();
  }
}
