import { QuoteType, type TokenizerCallbacks } from 'htmlparser2';
import { decodeReferences } from '../markup/text.js';

/** One tag of an XML document that holds text or nothing, in document order. */
export interface XmlLeaf {
  /** Lower case, without a namespace. */
  tag: string;
  /** Entities decoded, line breaks kept. */
  text: string;
  /** Tags around it, the nearest last. */
  parents: readonly string[];
  /** By lower-case name. */
  attributes: ReadonlyMap<string, string>;
}

interface Element {
  /** As written: a closing tag must be written the same. */
  name: string;
  attributes: Map<string, string>;
  text: string[];
  isLeaf: boolean;
}

/** No phone nests deeper. */
const deepest = 100;

/**
 * Makes leaves of the tokens of a document that ends with a closing tag, and judges whether its tags pair. Ordinary parsers will not do: a
 * validating one refuses what phones send (a bare `&`, several roots, values without quotes, half a file); the others repair what does not
 * pair, and one element's text would appear under another's name.
 */
export class LeafReader implements TokenizerCallbacks {
  readonly #leaves: XmlLeaf[] = [];
  readonly #open: Element[] = [];
  #isBroken = false;
  /** The opening tag that is being read, and where its `<` stands. */
  #tag: { element: Element; at: number } | null = null;
  #attribute = '';
  #value = '';
  /** Everything up to here is ignored: it is inside an instruction or a DOCTYPE, which the tokenizer ends at the first `>`. */
  #skipTo = 0;
  /** Behind the last closing tag. */
  #end = 0;

  constructor(private readonly xml: string) {}

  /** Empty unless all tags pair, and the last closing tag is one: not in a comment or value that never ends. */
  get leaves(): XmlLeaf[] {
    return this.#isBroken || this.#end !== this.xml.length ? [] : this.#leaves;
  }

  onopentagname(start: number, end: number): void {
    const at = start - 1;
    if (at < this.#skipTo) return;
    const name = this.#name(start, end);
    // Anything but `/>` after a name means that a blank or a `>` was lost.
    this.#isBroken ||= this.xml[end] === '/' && this.xml[end + 1] !== '>';
    this.#tag = { element: { name, attributes: new Map(), text: [], isLeaf: true }, at };
  }

  onattribname(start: number, end: number): void {
    this.#attribute = this.#tag ? this.#name(start, end) : '';
    this.#value = '';
  }

  onattribdata(start: number, end: number): void {
    this.#value = this.xml.slice(start, end);
  }

  onattribend(quote: QuoteType): void {
    if (!this.#tag) return;
    if (quote === QuoteType.Unquoted) this.#isBroken ||= /["']/.test(this.#value);
    else if (quote !== QuoteType.NoValue)
      this.#tag.element.attributes.set(localName(this.#attribute), decodeReferences(this.#value));
  }

  onopentagend(end: number): void {
    this.#opened(end, this.xml[end - 1] === '/');
  }

  onselfclosingtag(end: number): void {
    this.#isBroken ||= this.xml[end - 1] !== '/';
    this.#opened(end, true);
  }

  onclosetag(start: number, nameEnd: number): void {
    const at = start - 2;
    if (at < this.#skipTo) return;
    const end = this.xml.indexOf('>', nameEnd);
    const element = this.#open.pop();
    this.#isBroken ||= element?.name !== this.xml.slice(start, nameEnd) || this.xml.lastIndexOf('<', end) !== at;
    if (element?.isLeaf) this.#leaf(element);
    this.#end = end + 1;
  }

  ontext(start: number, end: number): void {
    if (end <= this.#skipTo) return;
    const text = this.xml.slice(Math.max(start, this.#skipTo), end);
    this.#isBroken ||= text.includes('<');
    this.#open.at(-1)?.text.push(text);
  }

  oncdata(start: number, end: number, offset: number): void {
    if (start >= this.#skipTo) this.#open.at(-1)?.text.push(this.xml.slice(start, end - offset));
  }

  oncomment(start: number, end: number, offset: number): void {
    // Without an end of its own it is cut off, or a closing tag without a name; `<!-->` is the beginning of one.
    if (start >= this.#skipTo) this.#isBroken ||= offset === 0 || end - offset < start;
  }

  onprocessinginstruction(start: number): void {
    this.#skipPast('?>', start);
  }

  ondeclaration(start: number, end: number): void {
    if (start < this.#skipTo) return;
    this.#isBroken ||= !/^[a-z]/i.test(this.xml.slice(start, start + 1));
    if (this.xml.slice(start, end).includes('[')) this.#skipPast(']>', start);
  }

  // Not called: references are left as they are.
  onattribentity(): void {}
  ontextentity(): void {}
  onend(): void {}

  #opened(end: number, isClosed: boolean): void {
    const tag = this.#tag;
    this.#tag = null;
    if (!tag) return;
    this.#isBroken ||= this.xml.lastIndexOf('<', end) !== tag.at || this.#open.length > deepest;
    if (this.#isBroken) return;
    const parent = this.#open.at(-1);
    if (parent) parent.isLeaf = false;
    if (isClosed) this.#leaf(tag.element);
    else this.#open.push(tag.element);
  }

  #leaf({ name, text, attributes }: Element): void {
    if (this.#isBroken) return;
    const parents = this.#open.map((element) => localName(element.name));
    this.#leaves.push({ tag: localName(name), text: decodeReferences(text.join('')), parents, attributes });
  }

  #skipPast(mark: string, from: number): void {
    if (from < this.#skipTo) return;
    const at = this.xml.indexOf(mark, from);
    this.#skipTo = at < 0 ? this.xml.length : at + mark.length;
  }

  /** A name; a character that no name has shows that something was left out. */
  #name(start: number, end: number): string {
    const name = this.xml.slice(start, end);
    this.#isBroken ||= /["'=]/.test(name);
    return name;
  }
}

/** Lower case, without its namespace. */
function localName(name: string): string {
  const parts = name.split(':');
  return (parts.length === 2 ? (parts[1] ?? '') : name).toLowerCase();
}
