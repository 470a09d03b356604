import { madeOnce, remembering } from '../text/remembering.js';
import { bracketedNote, longestBracketedNote } from './label-notes.js';

/** Signs around a label that are not part of it: its colon, and marks for required, a footnote or help. */
const marks: ReadonlySet<string> = new Set('*†‡§?:？：＊ⓘℹ❓❔\ufe0f');

/** A label as it is compared: blanks collapsed, no trailing colon, no marks that decorate it, lower case. */
export function labelKey(text: string): string {
  let [start, end] = [0, text.length];
  for (;;) {
    while (end > 0 && isMark(text[end - 1])) end--;
    const bracketed = bracketedNote.exec(text.slice(Math.max(0, end - longestBracketedNote), end))?.[0] ?? '';
    if (bracketed === '') break;
    end -= bracketed.length;
  }
  while (start < end && isMark(text[start])) start++;
  return text.slice(start, end).replace(/\s+/g, ' ').trim().toLowerCase();
}

function isMark(sign = ''): boolean {
  return marks.has(sign) || /\s/.test(sign);
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

/** A text that may be a label. */
export interface LabelTexts {
  text: string;
  /** Without the links and notes beside it (`besideLabel`); the text itself where it is nothing else. */
  label: string;
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
  readonly find = remembering((text): T | undefined => {
    const key = labelKey(text);
    return this.#meanings.get(key) ?? this.#meanings.get(numberedKey(key));
  });

  /** The same for a cell: its whole text, or without the links and notes beside it. */
  findIn({ text, label }: LabelTexts): T | undefined {
    return this.find(text) ?? (label === text ? undefined : this.find(label));
  }

  keys(): Iterable<string> {
    return this.#meanings.keys();
  }
}

const indexes = madeOnce((labels: Readonly<Record<string, readonly string[]>>) => new LabelIndex<string>(labels));

/** The index of labels that stand together in a profile, made once. */
export function labelIndexOf<T extends string>(labels: Readonly<Record<T, readonly string[]>>): LabelIndex<T> {
  return indexes(labels) as LabelIndex<T>;
}
