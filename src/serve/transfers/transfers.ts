import { randomUUID } from 'node:crypto';
import type { Clock } from '../../domain/ports/clock.js';
import { formatBytes, progressText } from '../../domain/text/bytes.js';
import { isChecksAgent } from '../../domain/network/checks-agent.js';
import { printable } from '../../domain/text/printable.js';
import type { Store } from '../../store/store.js';
import type { Transfer } from '../../store/store-rows.js';
import { kindOf } from '../names/file-kind.js';
import { whoAsks } from '../names/who-asks.js';
import type { FileRequest } from '../source.js';
import { Coverage } from './coverage.js';
import { Ledger } from './ledger.js';
import { Refusals } from './refusals.js';
import { Repeats } from './repeats.js';
import { endText, subject } from './words.js';

/** A file that is smaller is told once, when it has been sent. */
const toldAtStart = 64 * 1024;
/** A piece of a file that is asked for so much later (ms) counts as a new attempt. */
const resumedWithinMs = 30 * 60_000;
/** Files that may still be continued are remembered up to this many. */
const mostRemembered = 2_000;

/** What is going to be sent. */
export interface Sent {
  /** The whole file's size in bytes and its version. */
  size: number;
  version: string;
  /** The bytes that are sent, the end not included. */
  from: number;
  to: number;
  note: string | null;
}

/** One response with a file. */
export interface Sending {
  /** So many bytes of it have left so far. */
  sent(bytes: number): void;
  /** It has ended. @param why it was broken off, as the end of a sentence; `null`: all of it was sent */
  end(why: string | null): void;
}

/** One file that a client is fetching, in one piece or several. */
interface Fetch {
  transfer: Transfer;
  coverage: Coverage;
  version: string;
  active: number;
  beganAt: number;
  touchedAt: number;
  note: string | null;
  /** One of too many of the same. */
  quiet: boolean;
  /** Asked for by a check of ours, which often wants to know only whether the file is there. */
  isCheck: boolean;
}

/** Shows a line. `isTrouble`: something may have to be done about it. */
export type Say = (line: string, isTrouble?: boolean) => void;

/** What a phone cannot move without. */
const needed: ReadonlySet<Transfer['kind']> = new Set(['firmware', 'image', 'license']);

export interface TransfersOptions {
  keep: Store['keepTransfers'];
  clock: Clock;
  say: Say;
  /** Whether an address is one of this machine's. */
  isOwn: (address: string) => boolean;
}

/** What is fetched: shown as it happens, and written into the store. */
export class Transfers {
  readonly #options: TransfersOptions;
  readonly #ledger: Ledger;
  readonly #refusals: Refusals;
  readonly #repeats: Repeats;
  /** By client and file; the one that was touched last comes last. */
  readonly #fetches = new Map<string, Fetch>();
  readonly #active = new Set<Fetch>();
  #bytesSent = 0;

  constructor(options: TransfersOptions) {
    this.#options = options;
    this.#ledger = new Ledger(options.keep, options.clock, (line) => options.say(line, true));
    this.#refusals = new Refusals(options.clock);
    this.#repeats = new Repeats(options.clock);
  }

  /** A response with a file, or a part of one, begins. Parts of one file for one client are told as one transfer. */
  begin(request: FileRequest, sent: Sent): Sending {
    const fetch = this.#continued(request, sent) ?? this.#begun(request, sent);
    fetch.active += 1;
    this.#active.add(fetch);
    this.#store(fetch);
    let ended = false;
    let before = 0;
    return {
      sent: (bytes) => {
        this.#bytesSent += bytes - before;
        before = bytes;
        fetch.coverage.add(sent.from, sent.from + bytes);
        fetch.transfer.bytes = fetch.coverage.bytes;
        if (!ended) this.#store(fetch);
      },
      end: (why) => {
        if (ended) return;
        ended = true;
        this.#end(fetch, why);
      },
    };
  }

  /** The client may not ask for anything, and what it asked for is not told: it may be anything. */
  turnAway(request: FileRequest): void {
    this.refuse({ ...request, path: '', userAgent: null }, 'the client is not within --allow');
  }

  /**
   * Nothing was sent.
   * @param why as the end of a sentence, for the operator
   * @param isTold also where our own check asks: a file is there and cannot be what it is named as, which the client does not learn
   */
  refuse(request: FileRequest, why: string, isTold = false): void {
    const isCheck = isChecksAgent(request.userAgent);
    // It says itself what it did not find, and is no phone that went without.
    if (isCheck && !isTold) return;
    const { client, path, protocol } = request;
    const mac = this.#macOf(request);
    // Many phones may be behind one address.
    const telling = this.#refusals.note(mac ?? client, `${path}\0${why}`);
    if (telling.kind === 'silent') return;
    if (telling.kind === 'too-many')
      return this.#options.say(
        `${client} asks for many things that are not to be had; no more of them are shown for a while.`,
      );
    const often = telling.before === 0 ? '' : `, asked for ${telling.before} more times meanwhile`;
    const at = this.#instant();
    const transfer: Transfer = {
      id: randomUUID(),
      ...{ startedAt: at, endedAt: at, client, protocol },
      ...{ kind: kindOf(path), file: path, mac },
      ...{ size: null, bytes: 0, state: 'refused', why: `${why}${often}` },
    };
    // What this machine asks for itself, such as the check before a migration, says what it found.
    const isOurs = transfer.mac === null && this.#options.isOwn(client);
    this.#options.say(
      `${subject(transfer)} refused: ${printable(why)}${often}`,
      needed.has(transfer.kind) && (!isOurs || isTold),
    );
    if (!isCheck) this.#ledger.put(transfer);
  }

  /** It has what it asks for already, as it says itself. */
  unchanged(request: FileRequest): void {
    this.#options.say(
      `${subject({ ...request, file: request.path, mac: this.#macOf(request) })} has it already; nothing was sent`,
    );
  }

  /** To all clients so far. */
  get bytesSent(): number {
    return this.#bytesSent;
  }

  /** What is under way now; whenever it is called, the result says how far each of it has come, one text each. */
  howFar(): () => string[] {
    const active = [...this.#active].filter(isTold);
    return () => active.map(({ transfer }) => `${subject(transfer)} ${progressText(transfer.bytes, transfer.size)}`);
  }

  /** What is under way, one text each. */
  underWay(): string[] {
    return this.howFar()();
  }

  /** Transfers of a phone as they stand now, of which the store may not know yet. */
  unstored(mac: string): Transfer[] {
    return this.#ledger.waiting().filter((transfer) => transfer.mac === mac);
  }

  /** Stores what is left; bounded in time. */
  close(): Promise<void> {
    return this.#ledger.close();
  }

  /** What a part of a file is added to; `null` for a whole file, and for a client that begins anew. */
  #continued(request: FileRequest, { size, from, to, version }: Sent): Fetch | null {
    const key = this.#keyOf(request);
    const fetch = this.#fetches.get(key);
    const { clock } = this.#options;
    if (fetch === undefined || fetch.version !== version || to - from === size) return null;
    if (from === 0 && fetch.coverage.covers(from, to)) return null;
    if (clock.monotonic() - fetch.touchedAt > resumedWithinMs) return null;
    this.#remember(key, fetch);
    Object.assign(fetch.transfer, { endedAt: null, state: 'sending', why: null });
    return fetch;
  }

  #begun(request: FileRequest, { size, version, from, to, note }: Sent): Fetch {
    const { clock, say } = this.#options;
    const { client, path, protocol, userAgent } = request;
    const isCheck = isChecksAgent(userAgent);
    const mac = this.#macOf(request);
    const repeated = this.#repeats.entry(client, `${path}\0${mac ?? ''}`);
    const transfer: Transfer = {
      id: repeated ?? randomUUID(),
      ...{ startedAt: this.#instant(), endedAt: null, client, protocol },
      ...{ kind: kindOf(path), file: path, mac },
      ...{ size, bytes: 0, state: 'sending', why: null },
    };
    const now = clock.monotonic();
    const quiet = repeated !== null;
    const state = { coverage: new Coverage(), active: 0, beganAt: now, touchedAt: now };
    const fetch = { transfer, version, note, quiet, isCheck, ...state };
    this.#remember(this.#keyOf(request), fetch);
    if (!quiet) this.#repeats.note(client, `${path}\0${mac ?? ''}`, transfer.id);
    const part = to - from < size ? `, from byte ${from} on` : '';
    if (size >= toldAtStart && !quiet && !isCheck) say(`${subject(transfer)} begins, ${formatBytes(size)}${part}`);
    return fetch;
  }

  #end(fetch: Fetch, why: string | null): void {
    const { transfer } = fetch;
    const { clock, say } = this.#options;
    fetch.active -= 1;
    fetch.touchedAt = clock.monotonic();
    if (fetch.active === 0) {
      const isWhole = transfer.size !== null && fetch.coverage.bytes >= transfer.size;
      this.#active.delete(fetch);
      transfer.endedAt = this.#instant();
      // What one connection did not get another may have got.
      transfer.state = why === null || (isWhole && transfer.size !== 0) ? 'sent' : 'broken';
      transfer.why = transfer.state === 'sent' ? null : why;
      if (!fetch.quiet && isTold(fetch)) say(endText(transfer, clock.monotonic() - fetch.beganAt, fetch.note));
    }
    this.#store(fetch);
  }

  #store(fetch: Fetch): void {
    if (isTold(fetch)) this.#ledger.put(fetch.transfer);
  }

  #keyOf(request: FileRequest): string {
    const { client, protocol, path, userAgent } = request;
    return [client, protocol, path, userAgent?.slice(0, 200)].join('\0');
  }

  #remember(key: string, fetch: Fetch): void {
    this.#fetches.delete(key);
    this.#fetches.set(key, fetch);
    if (this.#fetches.size > mostRemembered) this.#fetches.delete(this.#fetches.keys().next().value ?? '');
  }

  #macOf(request: FileRequest): Transfer['mac'] {
    return whoAsks(request, this.#options.isOwn);
  }

  #instant(): string {
    return new Date(this.#options.clock.now()).toISOString();
  }
}

/** Of a check only what it has taken, such as a license: it breaks off what it only asks for. */
function isTold({ isCheck, transfer }: Fetch): boolean {
  return !isCheck || transfer.state === 'sent';
}
