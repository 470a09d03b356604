import { decodeHTML, decodeHTMLAttribute } from 'entities';
import { QuoteType, Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import { roleOf } from '../markup/tags.js';
import { rewriteAcross } from './across-tags.js';
import { kindOfValue, rewrittenAttribute } from './attributes.js';
import { type Before, judgeRow, type Piece, type PieceCell } from './rows-of-pieces.js';
import { rewriteScript } from './script.js';
import { declarationInstead, instructionInstead } from './tokens.js';
import { escaped, type Splice, spliced, type TextRule } from './text-rule.js';

/** The page with every text as the rule has it; its markup is left as it is, broken or not. Linear in the page; never throws. */
export function rewriteHtml(page: string, rule: TextRule): string {
  const html = rewriteAcross(page, rule);
  const pieces = new PiecesOfHtml(html, rule);
  const tokenizer = new Tokenizer({ xmlMode: false, decodeEntities: false }, pieces);
  tokenizer.write(html);
  tokenizer.end();
  return spliced(html, [...pieces.splices, ...pieces.inMarkup()]);
}

interface Attribute {
  name: string;
  start: number;
  end: number;
  quote: 'quoted' | 'unquoted';
}

const tableCells: ReadonlySet<string> = new Set(['td', 'th', 'dd']);
const longestAside = 2_000;
const labelTags: ReadonlySet<string> = new Set([
  'label',
  'dt',
  'th',
  'legend',
  'caption',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
]);

/** Where a short `details` that holds texts only ends; 0 for any other. */
function endOfAside(html: string, at: number): number {
  const [content, end] = html.slice(at, at + longestAside).split(/<\/details/i, 2);
  const isText =
    content !== undefined &&
    end !== undefined &&
    !/<(?!\/|\b(?:summary|ul|ol|li|hr|br|p|b|i|em|strong|small|span|a|sup|sub)\b)[a-z]/i.test(content);
  return isText ? at + content.length + '</details'.length : 0;
}

class PiecesOfHtml implements TokenizerCallbacks {
  readonly splices: Splice[] = [];
  readonly #before: Before = { label: '', awaitsValue: false, inPeopleList: false };
  #cells: PieceCell[] = [];
  #cell: PieceCell | null = null;
  #inTableCell = false;
  /** The tag that is being read, and the element whose content is no markup. */
  #tag = '';
  #raw = '';
  /** Where an explanation ends that is no part of what it stands beside. */
  #asideUntil = 0;
  #inOption = false;
  #inButton = false;
  #attributes: Attribute[] = [];
  #name = '';
  #data: { start: number; end: number } | null = null;

  /** Where the name of a tag stands that has not ended yet; -1 outside of tags. */
  #openAt = -1;
  /** What was looked at, changed or not. */
  readonly #seen: { start: number; end: number }[] = [];

  constructor(
    private readonly html: string,
    private readonly rule: TextRule,
  ) {}

  /** What the tokenizer tells nothing of: names of tags, declarations, whatever broken markup hides. */
  inMarkup(): Splice[] {
    const splices: Splice[] = [];
    const add = (start: number, end: number): void => {
      const text = this.html.slice(start, end);
      const made = this.rule.mark(text);
      if (made !== text) splices.push({ start, end, text: made });
    };
    let at = 0;
    for (const { start, end } of this.#seen.sort((a, b) => a.start - b.start)) {
      if (start > at) add(at, start);
      at = Math.max(at, end);
    }
    if (at < this.html.length) add(at, this.html.length);
    return splices;
  }

  onopentagname(start: number, end: number): void {
    this.#openAt = start;
    this.#tag = this.html.slice(start, end).toLowerCase();
    this.#attributes = [];
  }

  onattribname(start: number, end: number): void {
    this.#name = this.html.slice(start, end).toLowerCase();
    this.#data = null;
  }

  onattribdata(start: number, end: number): void {
    this.#data = { start: this.#data?.start ?? start, end };
  }

  onattribend(quote: QuoteType): void {
    if (this.#data)
      this.#attributes.push({
        name: this.#name,
        ...this.#data,
        quote: quote === QuoteType.Unquoted ? 'unquoted' : 'quoted',
      });
  }

  onopentagend(): void {
    this.#opened();
  }

  onselfclosingtag(): void {
    this.#opened();
    // Nothing is inside: what follows is markup.
    this.#raw = '';
    this.#inOption = false;
    this.#inButton = false;
  }

  onclosetag(start: number, end: number): void {
    const name = this.html.slice(start, end).toLowerCase();
    if (name === this.#raw) this.#raw = '';
    if (start < this.#asideUntil) return;
    if (name === 'option' || name === 'select') this.#inOption = false;
    if (name === 'button') this.#inButton = false;
    const role = roleOf(name);
    if (role === 'row') this.#endRow();
    else if (role === 'cell') {
      this.#endCell();
      if (tableCells.has(name)) this.#inTableCell = false;
    } else if (role === 'flow' && !this.#inTableCell) this.#endRow();
  }

  ontext(start: number, end: number): void {
    // Where a page ends within a tag, the tokenizer may tell it as a text, too.
    if (this.#openAt >= 0) return;
    const raw = this.html.slice(start, end);
    if (raw.trim() === '' && !this.#cell) return;
    if (this.#raw === 'script' || this.#raw === 'style')
      return this.#replace(start, end, raw, rewriteScript(raw, this.rule), (text) =>
        text.replace(/<(?=\/(?:script|style))/gi, '\\x3c'),
      );
    const text = decodeHTML(raw);
    if (start < this.#asideUntil) return this.#replace(start, end, text, this.rule.label(text, 'alone'), escaped);
    if (this.#raw === 'title') return this.#replace(start, end, text, this.rule.label(text, 'alone'), escaped);
    const kind = this.#raw === 'textarea' ? 'value' : this.#inOption || this.#inButton ? 'caption' : 'text';
    this.#add({ start, end, text, kind });
  }

  oncomment(start: number, end: number, offset: number): void {
    const [from, to] = [start, Math.max(start, end - offset)];
    const text = this.html.slice(from, to);
    this.#replace(from, to, text, this.rule.comment(text), (made) => made.replace(/-->|--!>/g, ''));
  }

  oncdata(start: number, end: number, offset: number): void {
    this.oncomment(start, end, offset);
  }

  onend(): void {
    this.#endRow();
    if (this.#openAt < 0) return;
    // Cut off within a tag: what it would have become is not known.
    const text = this.html.slice(this.#openAt);
    this.#replace(this.#openAt, this.html.length, text, this.rule.value(text, ''), (made) => made);
  }

  ondeclaration(start: number, end: number): void {
    this.#instead(start, end, declarationInstead(this.html.slice(start, end), this.rule));
  }

  onprocessinginstruction(start: number, end: number): void {
    this.#instead(start, end, instructionInstead(this.html.slice(start, end), this.rule));
  }

  // Not called: references are left as they are.
  onattribentity(): void {}
  ontextentity(): void {}

  #opened(): void {
    const at = this.#openAt;
    this.#openAt = -1;
    const tag = this.#tag;
    if (tag === 'details') this.#asideUntil = Math.max(this.#asideUntil, endOfAside(this.html, at));
    if (at < this.#asideUntil) return this.#judgeAttributes(tag);
    const role = roleOf(tag);
    if (role === 'row') {
      this.#endRow();
      this.#inTableCell = false;
    } else if (role === 'cell') {
      this.#endCell();
      this.#cell = { isLabel: labelTags.has(tag), pieces: [] };
      if (tableCells.has(tag)) this.#inTableCell = true;
    } else if (role === 'flow' && !this.#inTableCell) this.#endRow();
    if (role === 'row' && labelTags.has(tag)) this.#cell = { isLabel: true, pieces: [] };
    if (['script', 'style', 'title', 'textarea'].includes(tag)) this.#raw = tag;
    if (tag === 'option') this.#inOption = true;
    if (tag === 'button') this.#inButton = true;
    if (tag === 'textarea') this.#add({ start: 0, end: 0, text: '', kind: 'presence' });
    this.#judgeAttributes(tag);
  }

  #judgeAttributes(tag: string): void {
    const attributes = this.#attributes;
    const typeAt = attributes.find(({ name }) => name === 'type');
    const type = typeAt ? this.#decoded(typeAt).trim().toLowerCase() : 'text';
    for (const attribute of attributes) {
      const { name } = attribute;
      const text = this.#decoded(attribute);
      if (name === 'value') {
        this.#valueAttribute(tag, type, attribute, text);
        continue;
      }
      if (tag === 'div' && name === 'id') this.#divId(text);
      this.#putAttribute(attribute, text, rewrittenAttribute(name, text, this.rule));
    }
    if (tag === 'input' || tag === 'select') this.#add({ start: 0, end: 0, text: '', kind: 'presence' });
  }

  #divId(id: string): void {
    if (this.rule.words.isPeopleList(id)) this.#before.inPeopleList = true;
    else if (this.rule.words.isHeading(id)) this.#before.inPeopleList = false;
  }

  #valueAttribute(tag: string, type: string, attribute: Attribute, text: string): void {
    const { start, end, quote } = attribute;
    if (tag === 'input' && type === 'hidden') {
      const name = this.#attributes.find((one) => one.name === 'name');
      return this.#putAttribute(attribute, text, this.rule.value(text, name ? this.#decoded(name) : ''));
    }
    this.#add({ start, end, text, kind: kindOfValue(tag, type), quote });
  }

  #add(piece: Piece): void {
    this.#cell ??= { isLabel: false, pieces: [] };
    this.#cell.pieces.push(piece);
  }

  #endCell(): void {
    if (this.#cell) this.#cells.push(this.#cell);
    this.#cell = null;
  }

  #endRow(): void {
    this.#endCell();
    const cells = this.#cells;
    this.#cells = [];
    judgeRow(cells, this.#before, this.rule, (piece, text) => {
      if (piece.quote === undefined) this.#replace(piece.start, piece.end, piece.text, text, escaped);
      else this.#putAttribute({ ...piece, quote: piece.quote, name: 'value' }, piece.text, text);
    });
  }

  #putAttribute({ start, end, quote }: Attribute, was: string, text: string): void {
    this.#replace(start, end, was, text, (made) => {
      const written = escaped(made);
      return quote === 'unquoted' && (written === '' || /[\s=`]/.test(written)) ? `"${written}"` : written;
    });
  }

  #decoded({ start, end }: { start: number; end: number }): string {
    return decodeHTMLAttribute(this.html.slice(start, end));
  }

  #instead(start: number, end: number, text: string | null): void {
    if (text !== null) this.#replace(start, end, this.html.slice(start, end), text, (made) => made);
  }

  #replace(start: number, end: number, was: string, text: string, write: (text: string) => string): void {
    this.#seen.push({ start, end });
    if (text !== was) this.splices.push({ start, end, text: write(text) });
  }
}
