import type { MultiplatformPages, MultiplatformSection } from '../../domain/phone/page-profile.js';
import { decodeReferences } from '../markup/text.js';
import { withoutAsides, withoutNotes } from '../markup/decoration.js';
import { LabelIndex, type LabelTexts } from '../../domain/phone/labels.js';
import { madeOnce, remembering } from '../../domain/text/remembering.js';

/** A section that a known heading begins: one we read, or one that only ends the section before it. */
export type HeadingMeaning = MultiplatformSection | 'other';

/** All headings of a profile, with a quick check for texts that are not headings. */
export class HeadingIndex {
  readonly #labels: LabelIndex<HeadingMeaning>;
  /** The first three characters of every heading: hardly anything else in a page begins like one. */
  readonly #beginnings = new Set<number>();
  readonly #longest: number;

  constructor(profile: MultiplatformPages) {
    this.#labels = new LabelIndex<HeadingMeaning>({ ...profile.sections, other: profile.otherHeadings });
    let longest = 0;
    for (const key of this.#labels.keys()) {
      longest = Math.max(longest, key.length);
      this.#beginnings.add(beginningAt(key, 0));
    }
    // Numbers instead of '#', a colon, a few blanks and no-break blanks around it.
    this.#longest = longest + 40;
  }

  keys(): Iterable<string> {
    return this.#labels.keys();
  }

  find(text: string): HeadingMeaning | undefined {
    return text.length > this.#longest ? undefined : this.#labels.find(text);
  }

  /** The same for a cell: its whole text, or without the links and notes beside it. */
  findIn({ text, label }: LabelTexts): HeadingMeaning | undefined {
    return this.find(text) ?? (label === text ? undefined : this.find(label));
  }

  /**
   * The same for a piece of markup that holds nothing but text and inline tags. `textAt` is where its first visible character stands: most
   * pieces of a page are ruled out by that one alone.
   */
  findInMarkup(html: string, start: number, textAt: number, end: number): HeadingMeaning | undefined {
    const beginning = beginningAt(html, textAt);
    if (beginning !== unclear && !this.#beginnings.has(beginning)) return undefined;
    // No heading is longer than this, inline tags included; it also bounds the work below.
    if (end - start > 1000) return undefined;
    return this.#findInPiece(html.slice(start, end));
  }

  readonly #findInPiece = remembering((piece): HeadingMeaning | undefined => {
    if (!piece.includes('<')) return this.find(decodeReferences(piece));
    const bare = withoutAsides(piece);
    const [text, label] = [bare, withoutNotes(bare)].map((one) => decodeReferences(one.replace(/<[^<>]*>/g, '')));
    return this.findIn({ text: text ?? '', label: label || (text ?? '') });
  });
}

/** Stands for a beginning with a number, a tag, a character reference or a blank in it: it must be compared in full. */
const unclear = -1;

function beginningAt(text: string, at: number): number {
  let beginning = 0;
  for (let next = at; next < at + 3; next++) {
    const lower = text.charCodeAt(next) | 32;
    if (lower < 97 || lower > 122) return unclear;
    beginning = (beginning << 5) | (lower & 31);
  }
  return beginning;
}

/** The index of a profile. */
export const headingIndex = madeOnce((profile: MultiplatformPages) => new HeadingIndex(profile));
