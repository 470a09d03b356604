import { randomBytes } from 'node:crypto';
import type { HarmlessWords } from '../../domain/phone/harmless-words.js';
import type { PhoneProfiles } from '../../domain/phone/page-profile.js';
import { rewritePage, type TextRule } from '../../pages/rewrite/rewrite.js';
import { Disguise } from '../replace/disguise.js';
import { type KnownWords, knownWords } from '../replace/known-words.js';
import { Forms, isMasked, isRemovedComment } from '../replace/patterns.js';
import { type Kind, StandIns } from '../replace/stand-ins.js';
import { about } from './manifest.js';
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

/** The places in the order in which they are shown: where people write comes first. */
export const leftPlaces = ['values', 'labels', 'links', 'scripts', 'attributes', 'headers', 'manifest'] as const;

type Place = (typeof leftPlaces)[number];

const whatItMayBe: Readonly<Record<Kind, string>> = {
  mac: 'a MAC',
  ip: 'an IP address',
  ipv6: 'an IPv6 address',
  host: 'a host name',
  mail: 'an e-mail address',
  serial: 'a serial number',
  number: 'a number, perhaps of a phone',
  word: 'a word that pages are not known to have, perhaps a name',
  token: 'a long token, perhaps a key or a session',
  password: 'a password',
  comment: 'a comment',
};

/** Lists everything in a capture that is no stand-in. What would be replaced if the capture were made anew may be personal. */
export function checkCapture(
  { manifest, files, foreign = [] }: OpenedCapture,
  profiles: PhoneProfiles,
  words: HarmlessWords,
): CaptureCheck {
  const collector = new Collector(new Forms(words), knownWords(profiles, words), manifest.standIns);
  for (const [file, body] of files) {
    collector.file = file;
    rewritePage(body, collector, profiles.multiplatform.jsonTabs);
  }
  for (const file of foreign) collector.suspectFile(file);
  collector.file = 'manifest.json';
  if (manifest.about !== about) collector.certified(manifest.about);
  for (const { headers, path, failure, sent } of manifest.exchanges) {
    for (const name of sent) collector.headerName(name);
    for (const [name, value] of Object.entries(headers)) collector.header(name, value);
    collector.link(path);
    if (failure) collector.message(failure.message);
  }
  for (const { asked, failure } of manifest.readings) {
    collector.link(asked);
    if (failure) collector.message(failure.message);
  }
  for (const { tls, failure } of manifest.ports) {
    if (failure) collector.message(failure.message);
    if (tls && 'message' in tls) collector.message(tls.message);
    const certificate = tls && 'certificate' in tls ? tls.certificate : null;
    if (!certificate) continue;
    for (const name of [certificate.subject, certificate.issuer]) collector.certified(name);
    // A stand-in is one by its letters alone.
    collector.token(certificate.fingerprint);
  }
  if (manifest.access?.certified) collector.certified(manifest.access.certified);
  collector.value(manifest.address, '');
  return collector.result();
}

/** Changes nothing, and notes what it sees. */
class Collector implements TextRule {
  file = '';
  readonly #disguise: Disguise;
  readonly #left = new Map<Place, Map<string, Set<string>>>();
  readonly #suspicious = new Map<string, { why: string; files: Set<string> }>();

  constructor(
    private readonly forms: Forms,
    readonly words: KnownWords,
    standIns: readonly string[],
  ) {
    this.#disguise = new Disguise(forms, words, new StandIns(randomBytes(32), standIns));
  }

  label(text: string, place: 'beside' | 'alone'): string {
    return this.#note('labels', text, () => this.#disguise.label(text, place));
  }

  option(text: string, label: string): string {
    return this.#note('labels', text, () => this.#disguise.option(text, label));
  }

  value(text: string, label: string): string {
    // Readers need the words of a status as they are: a person has to look at those that are not known.
    if (this.words.isKept(label)) for (const word of this.#unknownWords(text)) this.#suspect(word, whatItMayBe.word);
    return this.#note('values', text, () => this.#disguise.value(text, label));
  }

  password(text: string): string {
    if (!isMasked(text)) this.#suspect(`(${text.length} characters)`, whatItMayBe.password);
    return text;
  }

  link(text: string): string {
    return this.words.isPath(text) ? text : this.#note('links', text, () => this.#disguise.link(text));
  }

  scriptText(text: string): string {
    return this.#noteUnknown('scripts', text, () => this.#disguise.scriptText(text));
  }

  comment(text: string): string {
    if (isRemovedComment(text) || text.trim() === '') return text;
    this.#suspect(text.replace(/\s+/g, ' ').trim(), whatItMayBe.comment);
    return this.#note('attributes', text, () => this.#disguise.comment(text));
  }

  mark(text: string): string {
    return this.#noteUnknown('attributes', text, () => this.#disguise.mark(text));
  }

  /** What tags cut apart shows as what a disguise makes of it; it is no text of its own. */
  across(text: string): string {
    this.#replaced(() => this.#disguise.across(text));
    return text;
  }

  headerName(name: string): void {
    this.#replaced(() => this.#disguise.headerName(name));
  }

  header(name: string, text: string): void {
    this.headerName(name);
    this.#note('headers', text, () => this.#disguise.header(name, text), `${name}: ${text}`);
  }

  message(text: string): void {
    this.#note('manifest', text, () => this.#disguise.message(text));
  }

  certified(text: string): void {
    this.#note('manifest', text, () => this.#disguise.certified(text));
  }

  token(text: string): void {
    this.#replaced(() => this.#disguise.standIns.alike('token', text));
  }

  suspectFile(file: string): void {
    this.file = file;
    this.#suspect(file, 'a file that is not part of the capture');
  }

  result(): CaptureCheck {
    const listed = (texts: Map<string, Set<string>> | undefined): LeftText[] =>
      [...(texts ?? [])]
        .map(([text, files]) => ({ text, files: [...files] }))
        .sort((a, b) => (a.text < b.text ? -1 : 1));
    return {
      suspicious: [...this.#suspicious].map(([text, { why, files }]) => ({ text, why, files: [...files] })),
      left: Object.fromEntries(
        leftPlaces.map((place) => [place, listed(this.#left.get(place))]),
      ) as CaptureCheck['left'],
    };
  }

  /** Names of controls and words of scripts are many: only those that are not made of known words are worth a look. */
  #noteUnknown(place: Place, text: string, disguised: () => string): string {
    const isKnown = [...this.forms.pieces(text)].every(
      ({ form, text: piece }) =>
        form === 'other' || ((form === 'word' || form === 'number') && this.words.isCommon(piece)),
    );
    // `P4711` and `4711` are names of controls.
    return isKnown || (place === 'attributes' && /^\w?\d{1,6}$/.test(text)) ? text : this.#note(place, text, disguised);
  }

  #note(place: Place, text: string, disguised: () => string, whole = text): string {
    this.#replaced(disguised);
    const shown = whole.replace(/\s+/g, ' ').trim();
    if (shown === '' || this.words.isLabel(shown) || this.words.isHarmless(shown) || this.#isPlain(text)) return text;
    const left = this.#left.get(place) ?? new Map<string, Set<string>>();
    this.#left.set(place, left.set(shown, (left.get(shown) ?? new Set()).add(this.file)));
    return text;
  }

  /** What is replaced now is no stand-in, and should have been. */
  #replaced(disguised: () => string): void {
    disguised();
    for (const { kind, text } of this.#disguise.standIns.takeNew()) this.#suspect(text, whatItMayBe[kind]);
  }

  #suspect(text: string, why: string): void {
    const known = this.#suspicious.get(text) ?? { why, files: new Set<string>() };
    known.files.add(this.file);
    this.#suspicious.set(text, known);
  }

  #unknownWords(text: string): string[] {
    return [...this.forms.pieces(text)]
      .filter(
        ({ form, text: word }) =>
          (form === 'word' || (form === 'number' && word.length > 2)) &&
          !this.words.isCommon(word) &&
          !this.#disguise.standIns.isStandIn(word),
      )
      .map(({ text: word }) => word);
  }

  /** Nothing but stand-ins, short words and numbers, and signs. */
  #isPlain(text: string): boolean {
    return [...this.forms.pieces(text)].every(
      ({ form, text: piece }) =>
        form === 'other' ||
        form === 'macro' ||
        piece.length < (form === 'number' ? 2 : 3) ||
        this.#disguise.standIns.isStandIn(form === 'mac' ? piece.replace(/^SEP|[:. -]/gi, '') : piece),
    );
  }
}
