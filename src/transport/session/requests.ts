import type { Client, Dispatcher } from 'undici';
import type { FailureCodeName } from '../../domain/failures/failure-codes.js';
import { noTraffic, type Traffic } from '../../domain/phone/traffic.js';
import { formatDuration } from '../../domain/text/duration.js';
import { Body } from '../body/body.js';
import { countReceived } from '../body/collect.js';
import { announcedLength, decodeBeginning, decodeBody, headersOf } from '../body/response.js';
import { type ConnectionEnds, Connections, type DialOptions } from '../connection/connections.js';
import { type Endpoint, isSameEndpoint, originOf } from '../connection/endpoint.js';
import { openClient } from '../connection/open-client.js';
import type { Peer } from '../connection/peer.js';
import { isTransportError, TransportError, toTransportError } from '../errors/transport-error.js';
import type { CookieJar } from '../sign-in/cookie-jar.js';
import type { Hold } from './deadline.js';
import type { OnExchange } from './exchange.js';
import type { IsEnough, Page } from './page.js';
import { receive } from './receive.js';

/** What requests need. */
export interface RequestOptions extends DialOptions {
  endpoint: Endpoint;
  userAgent: string;
  /** The cookies of this address, sent and updated. Absent: none are kept. */
  cookies?: CookieJar;
  /** Told of every request once it has ended. Absent: nobody is. */
  onExchange?: OnExchange | null;
  /** What each request takes is added to it. Absent: nobody counts. */
  traffic?: Traffic;
}

/** What a request carries besides its path. */
export interface Extra {
  body?: string | Buffer;
  headers?: Record<string, string>;
  /** Whether memory is left for a page of this many bytes; if not, the request is given up. Absent: always. */
  hasRoom?: (bytes: number) => boolean;
  /** See {@link IsEnough}. Absent: it is read to its end. */
  isEnough?: IsEnough;
}

/** No memory was left for a large page. Never reported: the session requests the page again later. */
export const noRoom = new TransportError('local-resources', 'this machine has no room for its page');

/** A request that has been sent. */
interface Exchange {
  /** Its response has begun. */
  answered: boolean;
  /** Interim responses (1xx) so far. */
  interim: number;
  /** Why this side gave it up. */
  givenUp: TransportError | null;
  stopWaiting: () => void;
}

/**
 * When it is asked whether what has arrived of a page is enough (bytes): first when it may hold a phone's Product Information, then each time
 * twice as many have come. What a page does not show by the last it will not show early.
 */
const [firstAsk, lastAsk] = [8 * 1024, 128 * 1024];

const cutShort = 'its response stopped half-way: nothing more';

/** The requests of one session: one connection and one request at a time, each bounded in time and bytes, none repeated. */
export class Requests {
  #endpoint: Endpoint;
  #client: Client | null = null;
  #exchange: Exchange | null = null;
  #ended: TransportError | null = null;
  readonly #connections: Connections;
  readonly #traffic: Traffic;

  /** @param hold pauses the session's deadline while this machine itself is waited for */
  constructor(
    private readonly host: string,
    private readonly options: RequestOptions,
    hold: Hold,
  ) {
    this.#endpoint = options.endpoint;
    this.#connections = new Connections(host, options, hold);
    this.#traffic = options.traffic ?? noTraffic();
  }

  get endpoint(): Endpoint {
    return this.#endpoint;
  }

  /** Why no request is sent any more; `null` while the session is open. */
  get ended(): TransportError | null {
    return this.#ended;
  }

  /** Whether the response to the latest request has begun. */
  get isAnswered(): boolean {
    return this.#exchange?.answered === true;
  }

  /** See `Connections.current`. */
  get connection(): number | null {
    return this.#connections.current;
  }

  /** How many connections were opened here. */
  get dialed(): number {
    return this.#connections.dialed;
  }

  get peer(): Peer {
    return this.#connections.peer;
  }

  get protocol(): string | null {
    return this.#connections.protocol;
  }

  get ends(): ConnectionEnds | null {
    return this.#connections.ends;
  }

  /** Sends a request once and reads its response. @throws TransportError */
  async send(method: 'GET' | 'POST', path: string, extra: Extra): Promise<Page> {
    const { onExchange, clock } = this.options;
    if (!onExchange) return this.#send(method, path, extra);
    const asked = { method, path, endpoint: this.#endpoint, sent: Object.keys(extra.headers ?? {}) };
    const began = clock.monotonic();
    const tell = (page: Page | null, failure: TransportError | null): void =>
      onExchange({ ...asked, page, failure, tookMs: Math.round(clock.monotonic() - began) });
    try {
      const page = await this.#send(method, path, extra);
      tell(page, null);
      return page;
    } catch (error) {
      if (isTransportError(error) && error !== noRoom) tell(null, error);
      throw error;
    }
  }

  async #send(method: 'GET' | 'POST', path: string, extra: Extra): Promise<Page> {
    if (this.#ended) throw this.#ended;
    const cookie = this.options.cookies?.header(this.#endpoint, path) ?? null;
    const exchange: Exchange = { answered: false, interim: 0, givenUp: null, stopWaiting: () => {} };
    this.#exchange = exchange;
    this.#client ??= this.#open();
    this.#waitFor('response-timeout', 'no response');
    try {
      const request = {
        method,
        path,
        headers: {
          'user-agent': this.options.userAgent,
          accept: 'text/html, */*',
          ...(cookie === null ? {} : { cookie }),
          ...extra.headers,
        },
        ...(extra.body === undefined ? {} : { body: extra.body }),
      };
      return await this.#receive(this.#client, request, exchange, extra);
    } catch (error) {
      throw this.#ended ?? exchange.givenUp ?? toTransportError(error, this.#connections.received);
    } finally {
      exchange.stopWaiting();
    }
  }

  /** The next request goes to this endpoint, over a new connection unless it is the same one. */
  async moveTo(endpoint: Endpoint): Promise<void> {
    if (isSameEndpoint(endpoint, this.#endpoint)) return;
    this.#endpoint = endpoint;
    await this.leaveConnection();
  }

  /** The next request gets a new connection. */
  async leaveConnection(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    await client?.destroy();
  }

  /** Ends the request under way with this reason and refuses further ones. */
  end(reason: TransportError): void {
    this.#ended = reason;
    this.#exchange?.stopWaiting();
    this.#client?.destroy(reason).catch(() => {});
    this.#connections.hangUp();
  }

  async #receive(
    client: Client,
    request: Dispatcher.DispatchOptions,
    exchange: Exchange,
    { hasRoom, isEnough }: Extra,
  ): Promise<Page> {
    const { path } = request;
    let [status, headers, announced, body, askAt] = [0, {} as Record<string, string>, 0, new Body(), firstAsk];
    let shown: ReturnType<typeof decodeBody> | null = null;
    try {
      await receive(client, request, {
        sent: () => {
          this.#traffic.requests += 1;
        },
        interim: () => this.#countInterim(exchange),
        begin: (code, all) => {
          exchange.answered = true;
          status = code;
          this.options.cookies?.take([all['set-cookie'] ?? []].flat(), this.#endpoint, path);
          headers = headersOf({ headers: all });
          announced = Math.min(announcedLength(headers), this.options.limits.maxBytes);
          body = new Body(announced);
          this.#waitFor('body-timeout', cutShort);
        },
        take: (piece) => {
          if (hasRoom?.(Math.max(announced, body.length + piece.length)) === false) this.#abandon();
          body.add(piece);
          countReceived(piece.length);
          this.#traffic.bytes += piece.length;
          // Much may arrive at once: no more of it is decoded than is asked about.
          for (; isEnough && status === 200 && body.length >= askAt && askAt <= lastAsk; askAt *= 2) {
            const { text, charset } = decodeBeginning(body.bytes.subarray(0, askAt), headers['content-type'] ?? '');
            const part = isEnough(text);
            if (part !== null) {
              shown = { text: part, charset };
              return false;
            }
          }
          this.#waitFor('body-timeout', cutShort);
          return true;
        },
      });
      const { text, charset } = shown ?? decodeBody(body.bytes, headers['content-type'] ?? '');
      return { status, headers, body: text, charset, path };
    } finally {
      body.release();
    }
  }

  #abandon(): never {
    if (this.#exchange) this.#giveUp(this.#exchange, noRoom);
    throw noRoom;
  }

  /** Gives the request up when no response arrives in time. Undici's timers tick in seconds, by the machine's clock. */
  #waitFor(code: FailureCodeName, what: string): void {
    const { limits, clock } = this.options;
    const exchange = this.#exchange;
    if (!exchange) return;
    exchange.stopWaiting();
    exchange.stopWaiting = clock.after(limits.responseMs, () =>
      this.#giveUp(exchange, new TransportError(code, `${what} within ${formatDuration(limits.responseMs)}`)),
    );
  }

  /** Ends a flood of interim responses early: it would keep the process busy and all other phones waiting. */
  #countInterim(exchange: Exchange): void {
    exchange.interim += 1;
    if (exchange.interim <= this.options.limits.maxInterim || exchange.givenUp) return;
    this.#giveUp(exchange, new TransportError('malformed-response', 'it sends interim responses without end'));
  }

  #giveUp(exchange: Exchange, reason: TransportError): void {
    exchange.givenUp = reason;
    void this.#client?.destroy(reason).catch(() => {});
    this.#client = null;
  }

  #open(): Client {
    const endpoint = this.#endpoint;
    return openClient(originOf({ host: this.host, endpoint }), this.options.limits, async () => {
      // Connecting has a deadline of its own; the phone's time to respond begins after it.
      this.#exchange?.stopWaiting();
      const socket = await this.#connections.dial(endpoint);
      this.#waitFor('response-timeout', 'no response');
      return socket;
    });
  }
}
