/** Decides, text by text, what becomes of a page. Texts, attributes and links come decoded; the same text back leaves the page as it is there. */
export interface TextRule {
  /**
   * What stands where labels stand: `beside` a value or a control, as tags and keys do too, or `alone`, as headings and sentences do, and
   * anything that belongs to nothing.
   */
  label(text: string, place: 'beside' | 'alone'): string;
  /** An option or a button. @param label as with values */
  option(text: string, label: string): string;
  /** What stands beside a label or in a control. @param label the label, tag or key; empty where none is known */
  value(text: string, label: string): string;
  /** What a password field holds. */
  password(text: string): string;
  /** Where a link, picture or form leads. */
  link(text: string): string;
  /** A text, name or number of a script. */
  scriptText(text: string): string;
  /** A comment, or an instruction for other programs. */
  comment(text: string): string;
  /** A name of a control or a block, and what is neither text nor attribute: tags, declarations. */
  mark(text: string): string;
  /** The texts of a page put together without its tags, to find what tags cut apart. What comes back is as long. */
  across(text: string): string;
  readonly words: LabelWords;
}

/** What is known of labels and headings. */
export interface LabelWords {
  /** Whether a text is the label of a field for certain: what follows it is its value. */
  isField(text: string): boolean;
  /** Whether a text is a known heading, so that whatever was above it ends. */
  isHeading(text: string): boolean;
  /** Whether a heading begins a list of people: nothing below it is a label. */
  isPeopleList(heading: string): boolean;
}

/** A piece of a page with what is to stand there instead. */
export interface Splice {
  start: number;
  end: number;
  text: string;
}

/** The page with its pieces replaced. They must not overlap. */
export function spliced(page: string, splices: readonly Splice[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, text } of [...splices].sort((a, b) => a.start - b.start)) {
    parts.push(page.slice(at, start), text);
    at = end;
  }
  parts.push(page.slice(at));
  return parts.join('');
}

/** A text as it is written in markup. */
export function escaped(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}
