import { createHmac } from 'node:crypto';

/** What is replaced. */
export const kinds = [
  'mac',
  'ip',
  'ipv6',
  'host',
  'mail',
  'serial',
  'number',
  'word',
  'token',
  'password',
  'comment',
] as const;

export type Kind = (typeof kinds)[number];

/** How often a kind was replaced, and in which files. */
export interface Tally {
  kind: Kind;
  times: number;
  files: string[];
}

/**
 * Stand-ins for what is personal: the same for the same, of the same form, and in no way to be led back without the secret, which is thrown
 * away. A MAC becomes a locally administered one, an address one of the ranges for documentation (RFC 5737, RFC 3849).
 */
export class StandIns {
  readonly #made = new Map<string, string>();
  readonly #taken = new Set<string>();
  readonly #tallies = new Map<Kind, { times: number; files: Set<string> }>();
  /** Stand-ins that were met as texts. */
  readonly #met = new Set<string>();
  /** What was there before, or may have been: never made into a stand-in for something else. */
  readonly #before = new Set<string>();
  readonly #new: { kind: Kind; text: string }[] = [];
  #addresses = 0;
  #hosts = 0;
  #mails = 0;
  /** Where what is replaced now stands. */
  file = '';

  /** @param taken what stands in for something already, in lower case */
  constructor(
    private readonly secret: Buffer,
    taken: Iterable<string> = [],
  ) {
    for (const one of taken) this.#taken.add(one);
  }

  /** Everything that stands in for something, in lower case. */
  get all(): string[] {
    return [...this.#taken].sort();
  }

  get tallies(): Tally[] {
    return [...this.#tallies].map(([kind, { times, files }]) => ({ kind, times, files: [...files].sort() }));
  }

  /** What was replaced by this for the first time, since it was asked last. */
  takeNew(): { kind: Kind; text: string }[] {
    return this.#new.splice(0);
  }

  /**
   * Ends a first reading, which only learns. A short number or word that was met may have been taken for a stand-in that happens to be the
   * same: such stand-ins are given up, and others made in the second reading.
   */
  learned(): void {
    this.#tallies.clear();
    for (const name of this.#made.keys()) this.#before.add(name.slice(name.indexOf(' ') + 1));
    for (const met of this.#met) this.#before.add(met);
    for (const [name, made] of this.#made) {
      if (!this.#before.has(made)) continue;
      this.#made.delete(name);
      this.#taken.delete(made);
    }
  }

  isStandIn(text: string): boolean {
    const key = text.toLowerCase();
    const isTaken = this.#taken.has(key);
    if (isTaken) this.#met.add(key);
    return isTaken;
  }

  count(kind: Kind): void {
    const tally = this.#tallies.get(kind) ?? { times: 0, files: new Set<string>() };
    this.#tallies.set(kind, tally);
    tally.times += 1;
    if (this.file !== '') tally.files.add(this.file);
  }

  /** A MAC in any spelling, in the same spelling: separators and case are kept. */
  mac(text: string): string {
    const digits = text.replace(/%3a|%2d|[^0-9a-f]/gi, '').toLowerCase();
    if (this.#taken.has(digits) || /^(?:0+|f+)$/.test(digits)) return text;
    const made = this.#stand('mac', digits, text, (stream) => `02${stream.hex(10)}`);
    let at = 0;
    // The digits of a percent-encoded separator are none of the MAC's.
    const isUpper = !/[a-f]/.test(text.replace(/%3a|%2d/gi, ''));
    return text.replace(/%3a|%2d|[0-9a-f]/gi, (one) => {
      if (one.length > 1) return one;
      const digit = made[at++] ?? '0';
      return isUpper ? digit.toUpperCase() : digit;
    });
  }

  ip(text: string): string {
    if (this.#taken.has(text) || isNobodysAddress(text)) return text;
    return this.#stand('ip', text, text, () => documentationAddress(this.#addresses++));
  }

  ipv6(text: string): string {
    if (this.#taken.has(text.toLowerCase()) || /^::1?$/.test(text)) return text;
    return this.#stand('ipv6', text.toLowerCase(), text, (stream) => `2001:db8::${stream.hex(4)}`);
  }

  host(text: string): string {
    if (this.isStandIn(text) || text.toLowerCase() === 'localhost') return text;
    return this.#stand('host', text.toLowerCase(), text, () => `host${++this.#hosts}.example`);
  }

  mail(text: string): string {
    if (this.isStandIn(text)) return text;
    return this.#stand('mail', text.toLowerCase(), text, () => `user${++this.#mails}@mail.example`);
  }

  /** Letters by letters of the same case, digits by digits; everything else is kept. */
  alike(kind: 'serial' | 'number' | 'word' | 'token', text: string): string {
    const key = text.toLowerCase();
    if (this.isStandIn(text)) return text;
    const isHex = kind === 'token' && /[a-f]/.test(key) && /^[0-9a-f:-]+$/.test(key);
    const made = this.#stand(kind, key, text, (stream) =>
      Array.from(key, (one, at) => alikeOne(stream, one, at === 0, isHex)).join(''),
    );
    const units = Array.from(text);
    return Array.from(made)
      .map((one, at) => asCaseOf(one, units[at] ?? ''))
      .join('');
  }

  #stand(kind: Kind, key: string, text: string, make: (stream: Stream) => string): string {
    this.count(kind);
    const name = `${kind} ${key}`;
    const known = this.#made.get(name);
    if (known !== undefined) return known;
    this.#new.push({ kind, text });
    for (let attempt = 0; ; attempt += 1) {
      const made = make(new Stream(this.secret, `${attempt} ${name}`));
      // Short texts run out of others of their length.
      if (attempt < 50 && (made === key || this.#taken.has(made) || this.#before.has(made))) continue;
      this.#made.set(name, made);
      this.#taken.add(made);
      return made;
    }
  }
}

/** No address of anybody: masks, none, this machine. */
const keptAddress =
  /^(?:0\.0\.0\.0|127\.0\.0\.1|(?:255|254|252|248|240|224|192|128)(?:\.(?:255|254|252|248|240|224|192|128|0)){3})$/;

const documentationNets = ['192.0.2', '198.51.100', '203.0.113'];

function documentationAddress(nth: number): string {
  const net = documentationNets[Math.floor(nth / 254) % documentationNets.length];
  return `${net ?? '192.0.2'}.${(nth % 254) + 1}`;
}

/** A sign of the same form: a first digit is not zero, so that a number keeps its length. */
function alikeOne(stream: Stream, one: string, isFirst: boolean, isHex: boolean): string {
  if (isHex && /[0-9a-f]/.test(one)) return stream.hex(1);
  if (/\p{N}/u.test(one)) return stream.digit(isFirst);
  return /[\p{L}\p{M}]/u.test(one) ? stream.letter() : one;
}

/** Whether an address is a mask, none, or this machine. */
function isNobodysAddress(text: string): boolean {
  return keptAddress.test(text);
}

function asCaseOf(made: string, like: string): string {
  return like !== like.toLowerCase() ? made.toUpperCase() : made;
}

/** Letters and digits that follow from a secret and a text. */
class Stream {
  readonly #key: Buffer;
  #bytes: Buffer;
  #at = 0;

  constructor(secret: Buffer, text: string) {
    this.#key = createHmac('sha256', secret).update(text).digest();
    this.#bytes = this.#key;
  }

  letter(): string {
    return String.fromCharCode(97 + (this.#next() % 26));
  }

  digit(first = false): string {
    return String(first ? 1 + (this.#next() % 9) : this.#next() % 10);
  }

  hex(digits: number): string {
    return Array.from({ length: digits }, () => (this.#next() % 16).toString(16)).join('');
  }

  #next(): number {
    const byte = this.#bytes[this.#at];
    if (byte !== undefined) {
      this.#at += 1;
      return byte;
    }
    this.#bytes = createHmac('sha256', this.#key).update(this.#bytes).digest();
    this.#at = 1;
    return this.#bytes[0] ?? 0;
  }
}
