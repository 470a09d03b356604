import { columnMeanings } from '../../domain/network/chosen-column.js';
import { listNames } from './columns/chosen-columns.js';
import type { ColumnPlan } from './columns/column-plan.js';
import { meantBy, type Meaning, normalized, unsaid } from './columns/known-names.js';
import type { Skip } from './row.js';

/** How many names of ignored columns a warning lists: an export of Unified CM has more than two hundred. */
const mostIgnored = 8;
const mostKept = 1_000;

const skipped: Readonly<Record<Exclude<Skip, 'cut-off'>, (count: number) => string>> = {
  above: (count) => `${rows(count, 'line')} above the header`,
  below: (count) => `${rows(count, 'line')} without a row of the list`,
  comment: (count) => rows(count, 'comment'),
  ipv6: (count) => `${rows(count)} with an IPv6 address only (phones are asked by IPv4, or found by their MAC)`,
  nothing: (count) => `${rows(count)} with neither an address nor a MAC`,
  'other-device': (count) => `${rows(count)} of devices that are no phones by their name or type`,
  'broken-name': (count) => `${rows(count)} with SEP but no MAC behind it`,
  inactive: (count) => `${rows(count)} not active`,
  several: (count) => `${rows(count)} with several addresses in one cell`,
};

/** Rows that are left out for these reasons may be phones. */
const mayBePhones = ['nothing', 'broken-name', 'several', 'ipv6'] as const satisfies Skip[];

function rows(count: number, what = 'row'): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** How often something was seen in a file, and on which line first. */
interface Seen {
  count: number;
  line: number;
}

function oneMore(seen: Seen | null, line: number): Seen {
  return seen === null ? { count: 1, line } : { ...seen, count: seen.count + 1 };
}

function placeOf({ count, line }: Seen): string {
  return `line ${line}${count > 1 ? ' first' : ''}`;
}

/** What is to be said of one file: everything in one sentence, however long the file is. */
export class Remarks {
  readonly #ignored = new Map<string, Meaning | null>();
  readonly #choices = new Map<Meaning, string[]>();
  readonly #skipped = new Map<Exclude<Skip, 'cut-off'>, Seen>();
  #moved: Seen | null = null;
  #guessed: Seen | null = null;
  #noVid: Seen | null = null;
  #cutOff: number | null = null;

  columns({ ignored, columns }: ColumnPlan): void {
    for (const name of ignored) {
      const key = normalized(name);
      if (this.#ignored.size >= mostKept || unsaid.has(key) || this.#ignored.has(name)) continue;
      const meaning = meantBy(name);
      this.#ignored.set(name, meaning !== null && !columns.has(meaning) ? meaning : null);
    }
    for (const meaning of columnMeanings) {
      const names = (columns.get(meaning) ?? [])
        .filter(({ kind }) => kind === 'plain' || kind === 'device' || kind === 'client')
        .map(({ name }) => name);
      if (names.length > 1) this.#choices.set(meaning, names);
    }
  }

  skip(why: Skip, line: number): void {
    if (why === 'cut-off') this.#cutOff = line;
    else this.#skipped.set(why, oneMore(this.#skipped.get(why) ?? null, line));
  }

  /** A row longer than the header, whose cells could be told apart. */
  moved(line: number): void {
    this.#moved = oneMore(this.#moved, line);
  }

  /** A row whose hardware version is no VID. */
  noVid(line: number): void {
    this.#noVid = oneMore(this.#noVid, line);
  }

  /** A text whose letters may be others. */
  guessedLetters(line: number): void {
    this.#guessed = oneMore(this.#guessed, line);
  }

  /** How many rows may be phones, and do not say which. */
  get unidentified(): number {
    return mayBePhones.reduce((sum, why) => sum + (this.#skipped.get(why)?.count ?? 0), this.#cutOff === null ? 0 : 1);
  }

  /** Null when there is nothing to say. */
  text(): string | null {
    const parts = [
      this.#columnsText(),
      ...this.#choiceTexts(),
      this.#skippedText(),
      this.#movedText(),
      this.#guessedText(),
      this.#noVid === null
        ? null
        : `${rows(this.#noVid.count, 'hardware version')} (${placeOf(this.#noVid)}) that ${this.#noVid.count === 1 ? 'is' : 'are'} no VID of a label (V01 to V99) ${this.#noVid.count === 1 ? 'is' : 'are'} not used`,
      this.#cutOff === null
        ? null
        : `the last row (line ${this.#cutOff}) has fewer cells than all others and no line break behind it: the file may be cut off`,
    ];
    const said = parts.filter((part) => part !== null);
    return said.length === 0 ? null : `${said.join('; ')}.`;
  }

  #columnsText(): string | null {
    const names = [...this.#ignored.keys()];
    if (names.length === 0) return null;
    const guesses = [...this.#ignored].flatMap(([name, meaning]) =>
      meaning === null ? [] : [`${listNames([name])}: did you mean ${meaning}?`],
    );
    const list = `${names.length === 1 ? 'the column' : 'the columns'} ${listNames(names, mostIgnored)} ${names.length === 1 ? 'is' : 'are'} not read`;
    return guesses.length === 0 ? list : `${list} (${guesses.slice(0, 3).join(' ')})`;
  }

  #choiceTexts(): string[] {
    return [...this.#choices].map(([meaning, names]) => {
      const [first = '', ...others] = names;
      return `the ${meaning} is read from ${listNames([first])}, and where that has none from ${listNames(others, 4)}`;
    });
  }

  #skippedText(): string | null {
    const parts = [...this.#skipped].map(([why, seen]) => `${skipped[why](seen.count)} (${placeOf(seen)})`);
    return parts.length === 0 ? null : `skipped: ${parts.join(', ')}`;
  }

  #movedText(): string | null {
    if (this.#moved === null) return null;
    const { count } = this.#moved;
    return `${rows(count)} longer than the header, with the separator in a text that has no quotes, ${count === 1 ? 'was' : 'were'} told apart by ${count === 1 ? 'its' : 'their'} cells (${placeOf(this.#moved)})`;
  }

  #guessedText(): string | null {
    if (this.#guessed === null) return null;
    const { count } = this.#guessed;
    return `the file is not UTF-8; letters such as \u00fc in ${count === 1 ? '1 site or note' : `${count} sites or notes`} (${placeOf(this.#guessed)}) are read as Windows writes them and may be wrong (in Excel, save as "CSV UTF-8")`;
  }
}
