import { isIPv6 } from 'node:net';
import type { HarmlessWords } from '../../domain/phone/harmless-words.js';

/** What a piece of text is by its form. */
export type Form =
  | 'url'
  | 'mail'
  | 'phone'
  | 'mac'
  | 'ip'
  | 'ipv6'
  | 'macro'
  | 'kept'
  | 'serial'
  | 'host'
  | 'token'
  | 'number'
  | 'word'
  | 'other';

/** A piece of a text. */
export interface FormPiece {
  form: Form;
  text: string;
}

const hex = '[0-9a-f]';

/** The forms in the order in which they are looked for; `{kept}` is what the words say is kept. */
const forms: readonly [Form, string][] = [
  ['url', String.raw`[a-z][a-z0-9+.\-]{1,15}:\/\/[^\s"'<>|\]\[)(]+`],
  ['mail', String.raw`(?<![\w.+\-])[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+`],
  ['mac', `(?<![0-9a-z])${hex}{2}(?::${hex}{2}){5}(?![0-9a-z:])|(?<![0-9a-z])${hex}{2}(?:-${hex}{2}){5}(?![0-9a-z])`],
  ['mac', `(?<![0-9a-z])${hex}{2}(?: ${hex}{2}){5}(?![0-9a-z])`],
  ['mac', `(?<![0-9a-z])${hex}{4}(?:\\.${hex}{4}){2}(?![0-9a-z])`],
  ['mac', `(?<![0-9a-z])(?:SEP)?${hex}{12}(?![0-9a-z])`],
  ['kept', '{kept}'],
  ['kept', '{endings}'],
  ['ipv6', `(?<![\\w:])(?:${hex}{0,4}:){2,7}(?:\\d{1,3}(?:\\.\\d{1,3}){3}|${hex}{0,4})(?![\\w:])`],
  ['ip', String.raw`(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\d|\.\d)`],
  // `+33 1 42 68 53 71`, `47 12`.
  [
    'phone',
    String.raw`(?<![\w.])\(?\d{1,4}(?:[\s.\-\u2010-\u2015\/()]{1,3}\d{1,4}){2,6}(?!\w|[.\-]\d)|(?<![\w.])\d{2,4}[\s\-\u2010-\u2015]{1,2}\d{2,4}(?!\w|[.\-]\d)|(?<![\w.])\d{2,4}[\/\u2010-\u2015]\d{4,8}(?!\w)`,
  ],
  ['macro', String.raw`\$[A-Z]{1,12}\b|\$\{\w+\}`],
  ['serial', String.raw`(?<![0-9a-z])[A-Z]{3}\d{4}[0-9A-Z]{4}(?![0-9a-z])`],
  [
    'host',
    String.raw`(?<![\w.\-])[a-z0-9](?:[a-z0-9\-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9\-]*[a-z0-9])?)*\.[a-z]{2,24}(?![\w.])`,
  ],
  ['token', String.raw`(?<![\w+/\-])[\w+/\-]{20,}={0,2}(?![\w+/\-])`],
  ['number', String.raw`\p{N}+(?![\p{L}\p{M}_])`],
  // `ip10.1.2.3` is a word and an address.
  ['word', String.raw`(?:(?!\d{1,3}(?:\.\d{1,3}){3}(?!\d))[\p{L}\p{M}\p{N}_])+`],
];

/** What a password field shows instead of its value. */
export function isMasked(text: string): boolean {
  return /^[*•]*$/.test(text);
}

/** What stands in for a comment of so many characters. */
export function removedComment(characters: number): string {
  return ` removed: ${characters} characters `;
}

export function isRemovedComment(text: string): boolean {
  return /^ removed: \d+ characters $/.test(text);
}

/** Cuts texts into pieces by their form. */
export class Forms {
  readonly #pattern: RegExp;
  readonly #groups: readonly Form[];
  readonly #endings: ReadonlySet<string>;

  constructor({ keptPatterns, fileEndings }: HarmlessWords) {
    const kept = `(?<![0-9a-z])(?:${keptPatterns.map((one) => `(?:${one})`).join('|')})(?![0-9a-z])`;
    const sources: Partial<Record<string, string>> = {
      '{kept}': kept,
      '{endings}': String.raw`(?<=[\w)}])\.(?:${fileEndings.join('|')})(?![\w.])`,
    };
    this.#groups = forms.map(([form]) => form);
    this.#pattern = new RegExp(forms.map(([, source]) => `(${sources[source] ?? source})`).join('|'), 'giu');
    this.#endings = new Set(fileEndings);
  }

  /** All pieces in their order; together they are the text. */
  *pieces(text: string): Generator<FormPiece, void, undefined> {
    let at = 0;
    for (const match of text.matchAll(this.#pattern)) {
      if (match.index > at) yield { form: 'other', text: text.slice(at, match.index) };
      const group = match.slice(1).findIndex((found) => found !== undefined);
      yield* this.#checked(this.#groups[group] ?? 'word', match[0]);
      at = match.index + match[0].length;
    }
    if (at < text.length) yield { form: 'other', text: text.slice(at) };
  }

  /** Some forms look like others until they are looked at closely. */
  *#checked(form: Form, text: string): Generator<FormPiece, void, undefined> {
    if (form === 'ipv6' && !isIPv6(text)) return yield* this.#words(text);
    if (form === 'host') {
      const at = text.lastIndexOf('.');
      if (this.#endings.has(text.slice(at + 1).toLowerCase())) {
        yield* this.#words(text.slice(0, at));
        return yield { form: 'kept', text: text.slice(at) };
      }
      if (!/[a-z]/i.test(text)) return yield* this.#words(text);
    }
    if (form === 'phone' && (text.match(/\d/g) ?? []).length < 6 && (text.match(/\d+/g) ?? []).length !== 2)
      return yield* this.#words(text);
    if (form === 'token' && !isKey(text)) return yield* this.#words(text);
    yield { form, text };
  }

  *#words(text: string): Generator<FormPiece, void, undefined> {
    let at = 0;
    for (const { 0: word, index } of text.matchAll(/[\p{L}\p{M}\p{N}_]+/gu)) {
      if (index > at) yield { form: 'other', text: text.slice(at, index) };
      yield { form: /^\p{N}+$/u.test(word) ? 'number' : 'word', text: word };
      at = index + word.length;
    }
    if (at < text.length) yield { form: 'other', text: text.slice(at) };
  }
}

/** A key or a session is a long run of letters and digits; several words with signs between them are a name of something. */
function isKey(text: string): boolean {
  return /[a-z]/i.test(text) && (text.match(/\d/g) ?? []).length > 2 && /[a-z0-9]{12}/i.test(text);
}
