import type { Client, Dispatcher } from 'undici';
import { formatDuration } from '../../domain/text/duration.js';
import type { FailureCodeName } from '../../domain/failures/failure-codes.js';
import { announcedLength, headersOf } from '../body/answer-headers.js';
import { Body } from '../body/body.js';
import { countReceived } from '../body/collect.js';
import type { Endpoint } from '../connection/connect.js';
import { type ConnectionEnds, Connections, type DialOptions } from '../connection/connections.js';
import type { CookieJar } from '../sign-in/cookie-jar.js';
import { Deadline } from './deadline.js';
import { decodeBody } from '../body/decode.js';
import type { AccessUsed, Page, PhoneSession } from './page.js';
import type { Peer } from '../connection/peer.js';
import { openClient } from '../connection/open-client.js';
import { SessionPages, PageMemory } from '../body/page-memory.js';
import { originOf } from './origin.js';
import { redirectTarget } from './redirect.js';
import { Authorization } from '../sign-in/session-authorization.js';
import type { SignIn } from '../sign-in/sign-in.js';
import { isTransportError, TransportError, toTransportError } from '../errors/transport-error.js';

export type { AccessUsed, Page, PhoneSession } from './page.js';

/** What a session needs besides the phone's address. */
export interface SessionOptions extends DialOptions {
  endpoint: Endpoint;
  userAgent: string;
  /** What to sign in with and what is known of it; asked only when the phone wants a password. Absent: no sign-in. */
  signIn?: () => SignIn | null;
  /** Whether an answer shows that it is no phone's, so that it gets no password. Absent: never. */
  isForeign?: (page: Page) => boolean;
  /** The memory for pages, shared by a run. Absent: nobody else reads any. */
  pageMemory?: PageMemory;
  /** The cookies of this address; sent back and added to. Absent: none are kept. */
  cookies?: CookieJar;
}

/** What a request carries besides its path. */
interface Extra {
  body?: string | Buffer;
  headers?: Record<string, string>;
  /** It only reads, so it may be left half-way and asked for again. */
  mayRepeat?: boolean;
}

/** There was no room for so large a page; never told to anybody, for it is asked for again. */
const noRoom = new TransportError('local-resources', 'this machine has no room for its page');

/** A request on its way. */
interface Exchange {
  /** Its answer has begun. */
  answered: boolean;
  /** Answers before it (1xx). */
  interim: number;
  /** Why it was given up from here. */
  givenUp: TransportError | null;
  stopWaiting: () => void;
}

/**
 * One conversation with one phone: one connection at a time, one request at a time, bounded in time and bytes. Close it in `finally`.
 * Redirects are followed to the same host only, also from http to https, and from then on the session speaks the new way.
 * A phone that asks for a password is answered once (Digest or Basic); from then on every request carries the authorization. Only
 * reading is ever repeated for that: what is posted, or asked for to be done, leaves once.
 */
export class HttpSession implements PhoneSession {
  #endpoint: Endpoint;
  #client: Client | null = null;
  #exchange: Exchange | null = null;
  #ended: TransportError | null = null;
  /** Settles when the last request that was asked for is through. */
  #turn: Promise<unknown> = Promise.resolve();
  readonly #connections: Connections;
  readonly #authorization: Authorization;
  /** The path that was read last. */
  #lastRead = '/';
  readonly #deadline: Deadline;
  readonly #room: SessionPages;

  constructor(
    readonly host: string,
    private readonly options: SessionOptions,
  ) {
    const { limits, clock } = options;
    this.#endpoint = options.endpoint;
    this.#authorization = new Authorization({
      find: options.signIn ?? (() => null),
      withholdFrom: (page, endpoint) =>
        this.maySendPassword(endpoint) ? (options.isForeign?.(page) === true ? 'foreign' : null) : 'other-door',
    });
    this.#deadline = new Deadline(clock, limits.sessionMs, () =>
      this.#end(
        new TransportError('session-timeout', `the session took longer than ${formatDuration(limits.sessionMs)}`),
      ),
    );
    this.#connections = new Connections(host, options, this.#deadline.hold);
    this.#room = new SessionPages(options.pageMemory ?? new PageMemory());
  }

  get endpoint(): Endpoint {
    return this.#endpoint;
  }

  get connection(): number | null {
    return this.#connections.current;
  }

  get peer(): Peer {
    return this.#connections.peer;
  }

  get access(): AccessUsed {
    return {
      scheme: this.#endpoint.scheme,
      protocol: this.#connections.protocol,
      checked: !this.options.tls.insecure,
      signedInBy: this.#authorization.signedInBy,
    };
  }

  get ends(): ConnectionEnds | null {
    return this.#connections.ends;
  }

  /**
   * Whether a password may leave by a way: not over plain http where redirects have led away from the port that was asked for.
   */
  maySendPassword({ scheme, port }: Endpoint = this.#endpoint): boolean {
    return scheme === 'https' || port === this.options.endpoint.port;
  }

  get(path: string, referer?: string): Promise<Page> {
    return this.#inTurn(() => this.#getFollowing(path, refererHeader(referer)));
  }

  post(path: string, body: string | Buffer, contentType: string, referer?: string): Promise<Page> {
    const extra = { body, headers: { 'content-type': contentType, ...refererHeader(referer).headers } };
    return this.#inTurn(() => this.#sendOnce(() => this.#send('POST', path, extra)));
  }

  act(path: string, referer?: string): Promise<Page> {
    return this.#inTurn(() => this.#sendOnce(() => this.#send('GET', path, refererHeader(referer))));
  }

  close(): void {
    this.#end(new TransportError('connection-lost', 'the session was closed'));
  }

  /**
   * Waits for something of ours: that is no time of the phone's. Its connection is left when it took longer than a moment, for it may
   * have been closed by then.
   */
  async hold<T>(wait: () => Promise<T>): Promise<T> {
    const { clock, limits } = this.options;
    const began = clock.monotonic();
    try {
      return await this.#deadline.hold(wait);
    } finally {
      if (clock.monotonic() - began > limits.connectMs / 10) {
        const client = this.#client;
        this.#client = null;
        await client?.destroy();
      }
    }
  }

  #inTurn(ask: () => Promise<Page>): Promise<Page> {
    const asked = this.#turn.then(ask);
    this.#turn = asked.catch(() => {});
    return asked;
  }

  async #getFollowing(path: string, extra: Extra): Promise<Page> {
    const seen = new Set([placeOf(this.#endpoint, path)]);
    for (let at = path; ;) {
      const asked = at;
      const page = await this.#signedIn(() => this.#ask(asked, extra));
      this.#lastRead = asked;
      const target = redirectTarget(page, this.host, this.#endpoint, at);
      if (target === null) return page;
      const place = placeOf(target.endpoint, target.path);
      if (seen.has(place) || seen.size > this.options.limits.maxRedirects) {
        throw new TransportError('redirect-loop', `${path} redirects in circles (last to ${target.path})`);
      }
      seen.add(place);
      if (this.#endpoint.scheme === 'https' && target.endpoint.scheme === 'http')
        // What began where nobody can listen does not go on where everybody can.
        throw new TransportError('redirect-downgrade', `it redirects to plain http on port ${target.endpoint.port}`);
      await this.#speak(target.endpoint);
      at = target.path;
    }
  }

  async #speak(endpoint: Endpoint): Promise<void> {
    if (endpoint.scheme === this.#endpoint.scheme && endpoint.port === this.#endpoint.port) return;
    const old = this.#client;
    this.#client = null;
    this.#endpoint = endpoint;
    this.#authorization.forget();
    await old?.destroy();
  }

  /** Sends a request, and again where the phone asks for a password that has not been tried, or for a fresh nonce: never twice with one pair, but for the nonce. */
  async #signedIn(send: () => Promise<Page>): Promise<Page> {
    for (let renewed = false; ;) {
      const page = await send().catch((error: unknown) => {
        this.#authorization.gaveUp();
        throw error;
      });
      const verdict = this.#authorization.judge(page, this.#endpoint, { renewed });
      if (!verdict.again) return verdict.trouble === null ? page : { ...page, signIn: verdict.trouble };
      const held = await this.hold(() => this.#authorization.waitForTurn());
      if (held !== null) return { ...page, signIn: held };
      ({ renewed } = verdict);
    }
  }

  /**
   * Sends what must not be sent again by itself. Where the phone asks for a password, or for a fresh nonce, that is kept for the next
   * request and told (`signIn: 'expired'`): whoever wanted something done reads first whether it was.
   */
  async #sendOnce(send: () => Promise<Page>): Promise<Page> {
    if (this.#authorization.isShortLived) await this.#renew();
    const page = await send().catch((error: unknown) => {
      this.#authorization.gaveUp();
      throw error;
    });
    const verdict = this.#authorization.judge(page, this.#endpoint, { acts: true });
    if (verdict.again)
      return { ...page, signIn: (await this.hold(() => this.#authorization.waitForTurn())) ?? 'expired' };
    return verdict.trouble === null ? page : { ...page, signIn: verdict.trouble };
  }

  /** Has a phone whose nonces wear off name a fresh one, by asking for the page that was read last without any. */
  async #renew(): Promise<void> {
    this.#authorization.forget();
    this.#authorization.judge(await this.#send('GET', this.#lastRead), this.#endpoint);
  }

  /** Asks for a page as soon as there is room for it; for one that turns out to be large, once more when there is room for such a page. */
  async #ask(path: string, extra: Extra): Promise<Page> {
    await this.hold(() => this.#room.pageBegins());
    try {
      return await this.#askOverIdle(path, { ...extra, mayRepeat: true });
    } catch (error) {
      if (error !== noRoom) throw error;
    } finally {
      this.#room.pageEnds();
    }
    await this.hold(() => this.#room.waitForLarge());
    return this.#send('GET', path, extra);
  }

  /**
   * A phone may close a connection that lay idle just when it is used again. That says nothing about the phone, so what died on such a
   * connection before any answer is asked once more over a new one. Only reading is repeated, never a post, and never a first try of a password.
   */
  async #askOverIdle(path: string, extra: Extra): Promise<Page> {
    const { dialed } = this.#connections;
    try {
      return await this.#send('GET', path, extra);
    } catch (error) {
      const lost = isTransportError(error) && (error.code === 'connect-reset' || error.code === 'connection-lost');
      const wasIdle = this.#connections.dialed === dialed && !this.#exchange?.answered;
      if (!lost || !wasIdle || this.#ended || this.#authorization.isTrying) throw error;
      return this.#send('GET', path, extra);
    }
  }

  async #send(method: 'GET' | 'POST', path: string, extra: Extra = {}): Promise<Page> {
    if (this.#ended) throw this.#ended;
    const authorization = this.#authorization.header(method, path);
    const cookie = this.options.cookies?.header(this.#endpoint, path) ?? null;
    const exchange: Exchange = { answered: false, interim: 0, givenUp: null, stopWaiting: () => {} };
    this.#exchange = exchange;
    this.#client ??= this.#open();
    this.#waitFor('response-timeout', 'no answer');
    try {
      const answer = await this.#client.request({
        method,
        path,
        // Never a reason to pause: the library's parser does not survive a connection that ends meanwhile (nodejs/undici#5360).
        highWaterMark: this.options.limits.maxBytes + 1,
        headers: {
          'user-agent': this.options.userAgent,
          accept: 'text/html, */*',
          ...(authorization === null ? {} : { authorization }),
          ...(cookie === null ? {} : { cookie }),
          ...extra.headers,
        },
        ...(extra.body === undefined ? {} : { body: extra.body }),
        onInfo: () => this.#countInterim(exchange),
      });
      exchange.answered = true;
      return await this.#read(answer, path, extra.mayRepeat === true);
    } catch (error) {
      throw this.#ended ?? exchange.givenUp ?? toTransportError(error, this.#connections.received);
    } finally {
      exchange.stopWaiting();
    }
  }

  async #read(answer: Dispatcher.ResponseData, path: string, mayRepeat: boolean): Promise<Page> {
    this.options.cookies?.take([answer.headers['set-cookie'] ?? []].flat(), this.#endpoint, path);
    const headers = headersOf(answer);
    const announced = Math.min(announcedLength(headers), this.options.limits.maxBytes);
    const body = new Body(announced);
    this.#waitFor('body-timeout', 'its answer stopped half-way: nothing more');
    for await (const chunk of answer.body) {
      const piece = chunk as Uint8Array;
      this.#keepToRoom(Math.max(announced, body.length + piece.length), mayRepeat);
      body.add(piece);
      countReceived(piece.length);
      this.#waitFor('body-timeout', 'its answer stopped half-way: nothing more');
    }
    const { text, charset } = decodeBody(body.bytes, headers['content-type'] ?? '');
    return { status: answer.statusCode, headers, body: text, charset, path };
  }

  /** Leaves an answer half-way that there is no room for now, unless it must not be asked for again: the first try of a password, say. */
  #keepToRoom(bytes: number, mayRepeat: boolean): void {
    if (!mayRepeat || this.#authorization.isTrying || this.#room.fits(bytes)) return;
    if (this.#exchange) this.#giveUp(this.#exchange, noRoom);
    throw noRoom;
  }

  /** Gives the request up when what it waits for has not come in time. Undici's own timers tick in seconds, by the machine's clock. */
  #waitFor(code: FailureCodeName, what: string): void {
    const { limits, clock } = this.options;
    const exchange = this.#exchange;
    if (!exchange) return;
    exchange.stopWaiting();
    exchange.stopWaiting = clock.after(limits.responseMs, () =>
      this.#giveUp(exchange, new TransportError(code, `${what} within ${formatDuration(limits.responseMs)}`)),
    );
  }

  /** Ends a flood of them early: it keeps the whole process busy, and with it everybody else's answers. */
  #countInterim(exchange: Exchange): void {
    exchange.interim += 1;
    if (exchange.interim <= this.options.limits.maxInterim || exchange.givenUp) return;
    this.#giveUp(exchange, new TransportError('malformed-response', 'it answers over and over without an answer'));
  }

  #giveUp(exchange: Exchange, reason: TransportError): void {
    exchange.givenUp = reason;
    void this.#client?.destroy(reason).catch(() => {});
    this.#client = null;
  }

  #open(): Client {
    const endpoint = this.#endpoint;
    return openClient(originOf({ host: this.host, endpoint }), this.options.limits, async () => {
      // Connecting has a deadline of its own; the phone's time to answer begins after it.
      this.#exchange?.stopWaiting();
      const socket = await this.#connections.dial(endpoint);
      this.#waitFor('response-timeout', 'no answer');
      return socket;
    });
  }

  #end(reason: TransportError): void {
    if (this.#ended) return;
    this.#ended = reason;
    this.#deadline.cancel();
    this.#exchange?.stopWaiting();
    this.#client?.destroy(reason).catch(() => {});
    this.#connections.hangUp();
    this.#room.leave(reason);
  }
}

function refererHeader(referer: string | undefined): Extra & { headers: Record<string, string> } {
  return { headers: referer === undefined ? {} : { referer } };
}

function placeOf({ scheme, port }: Endpoint, path: string): string {
  return `${scheme}:${port}${path}`;
}
