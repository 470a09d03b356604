import type { CaptureWords } from '../../domain/phone/capture-words.js';
import type { PhoneProfiles } from '../../domain/phone/page-profile.js';
import { rewritePage, type TextRule } from '../../pages/rewrite/rewrite.js';
import { type KnownWords, knownWords } from '../replace/known-words.js';
import { type Form, Forms, isMasked, isRemovedComment, literals } from '../replace/patterns.js';
import { isNobodysAddress } from '../replace/stand-ins.js';
import type { OpenedCapture } from './open.js';

/** A text that was left as it was, and in which files it stands. */
export interface LeftText {
  text: string;
  files: string[];
}

/** A text that may be personal. */
interface Suspicion extends LeftText {
  why: string;
}

/** What is left in a capture, for a person to look over. */
export interface CaptureCheck {
  suspicious: Suspicion[];
  /** By where they stand: what was taken for a label, what for a harmless value. */
  left: Record<Place, LeftText[]>;
}

const places = ['values', 'labels', 'links', 'scripts', 'attributes', 'headers', 'manifest'] as const;

type Place = (typeof places)[number];

/** The places in the order in which they are shown: where people write comes first. */
export const leftPlaces: readonly Place[] = places;

/** Forms that a stand-in would have replaced. */
const suspicious: Readonly<Partial<Record<Form, string>>> = {
  mac: 'a MAC',
  ip: 'an IP address',
  ipv6: 'an IPv6 address',
  mail: 'an e-mail address',
  serial: 'a serial number',
  host: 'a host name',
  token: 'a long token, perhaps a key or a session',
};

/** Lists everything in a capture that is no stand-in, and what of it may be personal. */
export function checkCapture(
  { manifest, files }: OpenedCapture,
  profiles: PhoneProfiles,
  words: CaptureWords,
): CaptureCheck {
  const known = knownWords(
    profiles,
    words,
    manifest.readings.map(({ asked }) => asked),
  );
  const collector = new Collector(new Forms(words), known, new Set(manifest.standIns));
  for (const [file, body] of files) {
    collector.file = file;
    rewritePage(body, collector, profiles.multiplatform.jsonTabs);
  }
  collector.file = 'manifest.json';
  for (const { headers, path, failure } of manifest.exchanges) {
    for (const [name, value] of Object.entries(headers)) {
      if (name === 'location') collector.link(value);
      else if (!known.isKeptHeader(name) || name === 'server') collector.note('headers', `${name}: ${value}`, true);
    }
    collector.link(path);
    if (failure) collector.note('manifest', failure.message, true);
  }
  for (const { tls } of manifest.ports) {
    const certificate = tls && 'certificate' in tls ? tls.certificate : null;
    for (const name of certificate ? [certificate.subject, certificate.issuer] : [])
      collector.note('manifest', name, true);
  }
  collector.note('manifest', manifest.address, true);
  return collector.result();
}

/** Changes nothing, and notes what it sees. */
class Collector implements TextRule {
  file = '';
  readonly #left = new Map<Place, Map<string, Set<string>>>();
  readonly #suspicious = new Map<string, { why: string; files: Set<string> }>();

  constructor(
    private readonly forms: Forms,
    readonly words: KnownWords,
    private readonly standIns: ReadonlySet<string>,
  ) {}

  label(text: string): string {
    this.note('labels', text, true);
    return text;
  }

  value(text: string, label: string): string {
    this.note('values', text, this.words.isKept(label) || this.words.isHarmless(text));
    return text;
  }

  password(text: string): string {
    if (!isMasked(text)) this.#suspect(`(${text.length} characters)`, 'a password');
    return text;
  }

  link(text: string): string {
    // A dot in a path makes no host of it.
    if (!this.words.isPath(text)) this.note('links', text, true, !/^([a-z][a-z0-9+.-]*:)?\/\//i.test(text));
    return text;
  }

  code(text: string): string {
    for (const [, , inside = ''] of text.matchAll(literals)) this.note('scripts', inside, true);
    this.#forms(text.replace(literals, ''), true, true);
    return text;
  }

  comment(text: string): string {
    if (!isRemovedComment(text)) this.note('attributes', text, true);
    return text;
  }

  mark(text: string, attribute: string): string {
    // `P4711` and `4711` are names of controls.
    if (/^(?:id|name|content)$/.test(attribute) && !/^\w?\d+$/.test(text)) this.note('attributes', text, true);
    else this.#forms(text, true);
    return text;
  }

  markup(text: string): string {
    this.#forms(text, true, true);
    return text;
  }

  /** @param isExpected words may stand here: a label, or a value that is known to be harmless */
  note(place: Place, text: string, isExpected: boolean, isCode = false): void {
    const shown = text.replace(/\s+/g, ' ').trim();
    if (shown === '' || this.words.isLabel(shown) || this.words.isHarmless(shown)) return;
    const { isPlain, hasName } = this.#forms(shown, isExpected, isCode);
    if (isPlain) return;
    if (hasName && !isExpected) this.#suspect(shown, 'looks like a name or a number of somebody');
    const left = this.#left.get(place) ?? new Map<string, Set<string>>();
    this.#left.set(place, left.set(shown, (left.get(shown) ?? new Set()).add(this.file)));
  }

  result(): CaptureCheck {
    const listed = (texts: Map<string, Set<string>> | undefined): LeftText[] =>
      [...(texts ?? [])]
        .map(([text, files]) => ({ text, files: [...files] }))
        .sort((a, b) => (a.text < b.text ? -1 : 1));
    return {
      suspicious: [...this.#suspicious].map(([text, { why, files }]) => ({ text, why, files: [...files] })),
      left: Object.fromEntries(places.map((place) => [place, listed(this.#left.get(place))])) as CaptureCheck['left'],
    };
  }

  #suspect(text: string, why: string): void {
    const known = this.#suspicious.get(text) ?? { why, files: new Set<string>() };
    known.files.add(this.file);
    this.#suspicious.set(text, known);
  }

  /** Looks for suspicious forms. `isPlain`: nothing but stand-ins, short numbers and signs; `hasName`: a word that none replaced. */
  #forms(text: string, isExpected: boolean, isCode = false): { isPlain: boolean; hasName: boolean } {
    let isPlain = true;
    let hasName = false;
    for (const { form, text: piece } of this.forms.pieces(text)) {
      if (form === 'other' || form === 'macro' || this.#isStandIn(form, piece)) continue;
      if (form === 'url') {
        this.#url(piece);
        continue;
      }
      if (piece.length < (form === 'number' ? 3 : 2)) continue;
      isPlain = false;
      const why = suspicious[form];
      // `document.forms` is no host.
      if (why !== undefined && !(isCode && form === 'host')) this.#suspect(piece, why);
      else if (form === 'number' && piece.length >= 7) this.#suspect(piece, 'a long number, perhaps a phone number');
      if (form === 'word' || form === 'number') hasName ||= !isExpected;
    }
    return { isPlain, hasName };
  }

  /** A host in a URL is suspicious as it would be elsewhere; the rest of it is looked at as words. */
  #url(url: string): void {
    const [, user, host = '', rest = ''] = /^[^:]+:\/\/(?:([^/@]*)@)?([^/:?#]*)(?::\d+)?(.*)$/s.exec(url) ?? [];
    if (user !== undefined && !user.split(':').every((one) => this.#isStandIn('word', one)))
      this.#suspect(url, 'a user or password in a URL');
    if (
      host !== '' &&
      !this.#isStandIn(/^[\d.]+$/.test(host) ? 'ip' : 'host', host) &&
      !/[${]/.test(host) &&
      host !== 'localhost'
    )
      this.#suspect(host, 'a host name');
    this.#forms(rest, true);
  }

  #isStandIn(form: Form, piece: string): boolean {
    const text = piece.toLowerCase();
    if (this.standIns.has(text)) return true;
    if (form === 'mac') {
      const digits = text.replace(/^sep/, '').replace(/[^0-9a-f]/g, '');
      return this.standIns.has(digits) || /^(?:0+|f+)$/.test(digits);
    }
    if (form === 'ip') return isNobodysAddress(text);
    if (form === 'ipv6') return /^::1?$/.test(text);
    return false;
  }
}
