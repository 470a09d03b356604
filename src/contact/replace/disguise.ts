import { labelKey } from '../../domain/phone/labels.js';
import type { TextRule } from '../../pages/rewrite/rewrite.js';
import type { KnownWords } from './known-words.js';
import { type FormPiece, type Forms, isMasked, isRemovedComment, removedComment } from './patterns.js';
import type { StandIns } from './stand-ins.js';

/**
 * How much of a text is replaced, besides what is personal by its form. `value`: everything that is not harmless by its form · `words`: words
 * and numbers that are not known from pages, as they may be anybody's · `label`: numbers that are not known, and words that were replaced
 * elsewhere · `mark`: only such words: numbers are names of controls · `status`: such words, and long numbers.
 */
type Depth = 'value' | 'words' | 'label' | 'mark' | 'status';

/** Shorter words and numbers are too common to be looked for where they were not replaced as values. */
const shortestWord = 4;
/** Shorter numbers count something. */
const shortestNumber = 3;
/** A number of so many digits is a phone number wherever it stands. */
const phoneDigits = 7;
/** What is longer or has more words is no name. */
const longestName = 60;
const mostWords = 4;

/**
 * Replaces what is personal in a phone's pages. Read everything twice with the same disguise: the first time it learns which words are
 * personal, by where they stand, the second time it finds them everywhere.
 */
export class Disguise implements TextRule {
  readonly #learned = new Set<string>();
  /** Whole values, as they are compared. */
  readonly #values = new Set<string>();
  readonly #macs = new Set<string>();
  #macPattern: RegExp | null = null;
  /** Labels beside values, tags and keys in which more than a MAC was replaced. */
  readonly changedLabels = new Set<string>();

  constructor(
    private readonly forms: Forms,
    readonly words: KnownWords,
    readonly standIns: StandIns,
    /** Labels and headings keep words that are not known: those of another language. */
    private readonly keepLabels = false,
  ) {}

  /** A MAC that is the phone's: it is found in any spelling, also within names. */
  learnMac(mac: string): void {
    const digits = mac.replace(/[^0-9a-f]/gi, '').toLowerCase();
    if (digits.length !== 12 || this.standIns.isStandIn(digits)) return;
    this.#macs.add(digits);
    this.#macPattern = null;
  }

  label(text: string, place: 'beside' | 'alone'): string {
    const made = this.#label(text, this.keepLabels ? 'label' : 'words');
    if (place === 'beside' && made !== this.#withoutMacs(text)) this.changedLabels.add(text);
    return made;
  }

  #label(text: string, depth: 'label' | 'words'): string {
    if (text.trim() === '' || this.words.isLabel(text)) return text;
    // Without a letter it is no label, and what was a whole value elsewhere is none either.
    if (!/\p{L}/u.test(text) || this.#values.has(labelKey(text))) return this.#text(text, 'value');
    if (this.#hasUnknown(text) && this.words.isNearLabel(text)) return this.#text(text, 'status');
    return this.#text(text, depth);
  }

  option(text: string, label: string): string {
    return this.words.isKept(label) ? this.#text(text, 'status') : this.#label(text, 'words');
  }

  value(text: string, label: string): string {
    if (text.trim() === '' || this.words.isHarmless(text)) return text;
    // Readers need the words of a status as they are: only what is personal by its form is replaced.
    if (this.words.isKept(label)) return this.#text(text, 'status');
    this.#learnFrom(text);
    if (this.words.isSerial(label) && /^\s*[0-9a-z-]{4,40}\s*$/i.test(text))
      return text.replace(/[0-9a-z]{3,}/gi, (one) => this.#serial(one));
    return this.#text(text, 'value');
  }

  password(text: string): string {
    if (isMasked(text)) return text;
    this.standIns.count('password');
    return '********';
  }

  link(text: string): string {
    if (text.trim() === '' || this.words.isPath(text)) return text;
    const url = /^([a-z][a-z0-9+.-]*:)?\/\/([^/?#]*)(.*)$/is.exec(text.trim());
    if (url) return `${url[1] ?? ''}//${this.#authority(url[2] ?? '')}${this.#path(url[3] ?? '', 'value')}`;
    const scheme = /^(?:javascript|data|mailto|tel|sips?|callto):/i.exec(text)?.[0];
    return scheme === undefined
      ? this.#path(text, 'words')
      : `${scheme}${this.#text(text.slice(scheme.length), 'value')}`;
  }

  scriptText(text: string): string {
    if (this.words.isLabel(text)) return text;
    return /^\.{0,2}\/[^\s<>'"]*$/.test(text) ? this.link(text) : this.#text(text, 'words');
  }

  comment(text: string): string {
    if (text.trim() === '' || isRemovedComment(text)) return text;
    this.standIns.count('comment');
    return removedComment(text.length);
  }

  mark(text: string): string {
    return this.#text(text, 'mark');
  }

  across(text: string): string {
    return this.#withoutMacs(text);
  }

  /** A message of ours. */
  message(text: string): string {
    return this.#text(text, 'status');
  }

  /** A name in a certificate. */
  certified(text: string): string {
    return this.#text(text, 'words');
  }

  /** The name of a response header: one that no reader knows may be anything. */
  headerName(name: string): string {
    return this.#words(name, 'words');
  }

  header(name: string, text: string): string {
    if (/^\d{1,12}$/.test(text) && this.words.isKeptHeader(name)) return text;
    switch (name) {
      case 'location':
      case 'content-location':
      case 'refresh':
        return this.link(text);
      case 'set-cookie':
        return text.replace(
          /(^|;\s*|,\s*(?=[^;,=\s]+=))([^;,=]+)(?:(=)("[^"]*"|[^;,]*))?/g,
          (_all, ...groups: string[]) => this.#cookiePart(groups),
        );
      case 'www-authenticate':
        return this.#text(
          text.replace(
            /\b(nonce|opaque|cnonce)(\s*=\s*"?)([^",]*)/gi,
            (_all, key: string, sign: string, value: string) => `${key}${sign}${this.#token(value)}`,
          ),
          'words',
        );
      default:
        return this.#text(text, this.words.isKeptHeader(name) ? 'words' : 'value');
    }
  }

  #text(text: string, depth: Depth): string {
    const known = this.#withoutMacs(text);
    let made = '';
    for (const piece of this.forms.pieces(known)) made += this.#piece(piece, depth);
    return made;
  }

  #piece({ form, text }: FormPiece, depth: Depth): string {
    const { standIns } = this;
    switch (form) {
      case 'url':
        return this.link(text);
      case 'mail':
        return standIns.mail(text);
      case 'mac': {
        const prefix = /^SEP/i.exec(text)?.[0] ?? '';
        this.learnMac(text.slice(prefix.length));
        return `${prefix}${standIns.mac(text.slice(prefix.length))}`;
      }
      case 'ip':
        return standIns.ip(text);
      case 'ipv6':
        return standIns.ipv6(text);
      case 'serial':
        return this.#serial(text);
      case 'host':
        return depth === 'mark' ? this.#words(text, depth) : standIns.host(text);
      case 'token':
        return depth === 'mark' && !this.#isPersonal(text) ? this.#words(text, depth) : this.#token(text);
      case 'phone':
        if (depth === 'mark') return this.#words(text, depth);
        return depth === 'status' && (text.match(/\d/g) ?? []).length < phoneDigits - 1
          ? this.#words(text, depth)
          : this.#phone(text);
      case 'number':
      case 'word':
        return this.#word(form, text, depth);
      case 'macro':
      case 'kept':
      case 'other':
        return text;
    }
  }

  #words(text: string, depth: Depth): string {
    return text.replace(/[\p{L}\p{M}\p{N}_]+/gu, (word) =>
      this.#word(/^\p{N}+$/u.test(word) ? 'number' : 'word', word, depth),
    );
  }

  #word(form: 'number' | 'word', text: string, depth: Depth): string {
    const { standIns } = this;
    if (standIns.isStandIn(text)) return text;
    // `spa02ab56aee919`: what stands around a MAC is a word of its own.
    const mac = /02[0-9a-f]{10}/i.exec(text);
    if (mac && standIns.isStandIn(mac[0])) {
      const [before, after] = [text.slice(0, mac.index), text.slice(mac.index + mac[0].length)];
      return `${this.#words(before, depth)}${mac[0]}${this.#words(after, depth)}`;
    }
    // A sign of Chinese is a word.
    const shortest = form === 'number' ? shortestNumber : /^\p{ASCII}*$/u.test(text) ? 2 : 1;
    if (text.length < shortest) return text;
    return this.#isReplaced(form, text, depth) ? standIns.alike(form, text) : text;
  }

  #isReplaced(form: 'number' | 'word', text: string, depth: Depth): boolean {
    switch (depth) {
      case 'value':
        return true;
      case 'words':
        return !this.words.isCommon(text);
      case 'label':
        return form === 'number' ? !this.words.isCommon(text) : this.#isPersonal(text);
      case 'mark':
        return form === 'word' && this.#isPersonal(text);
      case 'status':
        return this.#isPersonal(text) || (form === 'number' && text.length >= phoneDigits);
    }
  }

  #hasUnknown(text: string): boolean {
    const words = text.match(/[\p{L}\p{M}\p{N}_]+/gu) ?? [];
    return words.some((word) => !this.words.isCommon(word) && !this.standIns.isStandIn(word));
  }

  #isPersonal(word: string): boolean {
    return this.#learned.has(word.toLowerCase());
  }

  /** The words of a short value may be names, which may stand anywhere; a long one is a list, a script or a sentence. */
  #learnFrom(value: string): void {
    const key = labelKey(value);
    if (key.length > longestName || this.standIns.isStandIn(key)) return;
    const words = key.match(/[\p{L}\p{M}\p{N}_]+/gu) ?? [];
    if (words.length > mostWords) return;
    if (key.length >= shortestWord && !words.every((word) => this.words.isCommon(word))) this.#values.add(key);
    for (const word of words) if (word.length >= shortestWord && !this.words.isCommon(word)) this.#learned.add(word);
  }

  #cookiePart([before = '', name = '', equals = '', value = '']: readonly (string | undefined)[]): string {
    const key = `${before}${this.#text(name, 'words')}${equals}`;
    // The cookie itself; what follows are its attributes.
    if (!before.startsWith(';')) return `${key}${this.#token(value)}`;
    switch (name.trim().toLowerCase()) {
      case 'path':
        return `${key}${this.link(value)}`;
      case 'expires':
      case 'max-age':
      case 'samesite':
        return `${key}${this.#text(value, 'status')}`;
      default:
        return `${key}${this.#text(value, 'value')}`;
    }
  }

  #phone(text: string): string {
    return this.words.isCommon(text.replace(/\D/g, '')) ? text : this.standIns.alike('number', text);
  }

  #serial(text: string): string {
    this.#learned.add(text.toLowerCase());
    return this.standIns.alike('serial', text);
  }

  #token(text: string): string {
    if (text === '') return text;
    return this.standIns.alike('token', text);
  }

  #authority(text: string): string {
    const at = text.lastIndexOf('@');
    const user = at < 0 ? '' : `${this.#text(text.slice(0, at), 'value')}@`;
    const [, host = '', port = ''] = /^(\[[^\]]*\]|[^:]*)(:\d+)?$/.exec(text.slice(at + 1)) ?? [
      undefined,
      text.slice(at + 1),
      '',
    ];
    if (host.startsWith('[')) return `${user}[${this.standIns.ipv6(host.slice(1, -1))}]${port}`;
    if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)) return `${user}${this.standIns.ip(host)}${port}`;
    const isPlain = host === '' || host.startsWith('$') || host.startsWith('{');
    return `${user}${isPlain ? host : this.standIns.host(host)}${port}`;
  }

  /** A known path is kept; of others the words that are known from pages (`words`), or files of firmware only (`value`). */
  #path(text: string, depth: Depth): string {
    if (text === '' || text === '/' || this.words.isPath(text)) return text;
    const [, path = '', query = ''] = /^([^?#]*)(.*)$/s.exec(text) ?? [];
    const madePath = this.words.isPath(path)
      ? path
      : path.replace(/[^/]+/g, (part) => decodedFor(part, (one) => this.#segment(one, depth)));
    const madeQuery = query.replace(/([?&#]?)([^=&#?]*)(=?)/g, (_all, sign: string, word: string, equals: string) => {
      // A key, or a value of words with dots between them: no host.
      const isWord = equals !== '' || /^(?:[a-z]+|\d{1,2})?(?:\.(?:[a-z]+|\d{1,2}))*$/i.test(word);
      return `${sign}${decodedFor(word, (one) => (isWord ? this.#words(one, 'words') : this.#text(one, 'value')))}${equals}`;
    });
    return `${madePath}${madeQuery}`;
  }

  /** A dot in a path makes no host of it. */
  #segment(part: string, depth: Depth): string {
    const isHost = [...this.forms.pieces(part)].some(({ form }) => form === 'host');
    return isHost ? this.#words(this.#withoutMacs(part), depth) : this.#text(part, depth);
  }

  /** Known MACs in whatever spelling and wherever: within names, percent-encoded. */
  #withoutMacs(text: string): string {
    if (this.#macs.size === 0) return text;
    this.#macPattern ??= new RegExp(
      [...this.#macs].map((mac) => (mac.match(/../g) ?? []).join('(?:[:.\\- ]|%3a|%2d)?')).join('|'),
      'gi',
    );
    return text.replace(this.#macPattern, (mac) => this.standIns.mac(mac));
  }
}

/** A piece of a link, replaced as what it means and written as it was. */
function decodedFor(text: string, replace: (text: string) => string): string {
  if (!/%[0-9a-f]{2}/i.test(text)) return replace(text);
  let decoded: string;
  try {
    decoded = decodeURIComponent(text);
  } catch {
    return replace(text.replace(/%[0-9a-f]{2}/gi, ' ')).replace(/ /g, '%20');
  }
  const made = replace(decoded);
  return made === decoded ? text : encodeURIComponent(made);
}
