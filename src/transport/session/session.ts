import { formatDuration } from '../../domain/text/duration.js';
import { PageMemory, SessionPages } from '../body/page-memory.js';
import type { ConnectionEnds } from '../connection/connections.js';
import { type Endpoint, isSameEndpoint } from '../connection/endpoint.js';
import type { Peer } from '../connection/peer.js';
import { isTransportError, TransportError } from '../errors/transport-error.js';
import { withoutStacks } from '../errors/without-stacks.js';
import { Authorization } from '../sign-in/session-authorization.js';
import type { SignIn } from '../sign-in/sign-in.js';
import { Deadline } from './deadline.js';
import type { AccessUsed, IsEnough, Page, PhoneSession } from './page.js';
import { redirectTarget, RedirectTrail } from './redirect.js';
import { type Extra, noRoom, type RequestOptions, Requests } from './requests.js';

export type { AccessUsed, Page, PhoneSession } from './page.js';

/** Ends what a closed session still does. Made once, for its stack. */
const closed = new TransportError('connection-lost', 'the session was closed');

/** What a session needs besides the phone's address. */
export interface SessionOptions extends RequestOptions {
  /** What to sign in with; called only when the phone asks for a password. Absent: no sign-in. */
  signIn?: () => SignIn | null;
  /** Whether a page shows that it is not a phone's, so that no password is sent there. Absent: never. */
  isForeign?: (page: Page) => boolean;
  /** The memory for pages, shared by a run. Absent: this session has it to itself. */
  pageMemory?: PageMemory;
}

/**
 * One conversation with one phone, bounded in time and bytes. Close it in `finally`.
 * Redirects are followed to the same host only, also from http to https, and from then on the session uses the new endpoint.
 * A phone that asks for a password is signed in to (Digest or Basic), and every later request carries the authorization. Only reads are
 * repeated for that: a post, or a request for an action, is sent once.
 */
export class HttpSession implements PhoneSession {
  /** Settles when the last request in the queue has ended. */
  #turn: Promise<unknown> = Promise.resolve();
  /** The path that was read last. */
  #lastRead = '/';
  readonly #requests: Requests;
  readonly #authorization: Authorization;
  readonly #deadline: Deadline;
  readonly #pages: SessionPages;

  constructor(
    readonly host: string,
    private readonly options: SessionOptions,
  ) {
    const { limits, clock } = options;
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
    this.#requests = new Requests(host, options, this.#deadline.hold);
    this.#pages = new SessionPages(options.pageMemory ?? new PageMemory());
  }

  get endpoint(): Endpoint {
    return this.#requests.endpoint;
  }

  get connection(): number | null {
    return this.#requests.connection;
  }

  get peer(): Peer {
    return this.#requests.peer;
  }

  get access(): AccessUsed {
    return {
      scheme: this.endpoint.scheme,
      protocol: this.#requests.protocol,
      checked: !this.options.tls.insecure,
      signedInBy: this.#authorization.signedInBy,
    };
  }

  get ends(): ConnectionEnds | null {
    return this.#requests.ends;
  }

  /** Whether a password may be sent to an endpoint: not over plain http once redirects have led to another port. */
  maySendPassword({ scheme, port }: Endpoint = this.endpoint): boolean {
    return scheme === 'https' || port === this.options.endpoint.port;
  }

  get(path: string, referer?: string, isEnough?: IsEnough): Promise<Page> {
    const extra = { ...refererHeader(referer), ...(isEnough ? { isEnough } : {}) };
    return this.#inTurn(() => this.#getFollowing(path, extra));
  }

  post(path: string, body: string | Buffer, contentType: string, referer?: string): Promise<Page> {
    const extra = { body, headers: { 'content-type': contentType, ...refererHeader(referer).headers } };
    return this.#inTurn(() => this.#sendOnce(() => this.#send('POST', path, extra)));
  }

  act(path: string, referer?: string): Promise<Page> {
    return this.#inTurn(() => this.#sendOnce(() => this.#send('GET', path, refererHeader(referer))));
  }

  close(): void {
    withoutStacks(() => this.#end(closed));
  }

  /**
   * Waits for something on our side, which does not count as the phone's time. After more than a moment a new connection is used, as the
   * phone may have closed the old one.
   */
  async hold<T>(wait: () => Promise<T>): Promise<T> {
    const { clock, limits } = this.options;
    const began = clock.monotonic();
    try {
      return await this.#deadline.hold(wait);
    } finally {
      if (clock.monotonic() - began > limits.connectMs / 10) await this.#requests.leaveConnection();
    }
  }

  #inTurn(ask: () => Promise<Page>): Promise<Page> {
    const asked = this.#turn.then(ask);
    this.#turn = asked.catch(() => {});
    return asked;
  }

  async #getFollowing(path: string, extra: Extra): Promise<Page> {
    const trail = new RedirectTrail({ endpoint: this.endpoint, path }, this.options.limits.maxRedirects);
    for (let at = path; ;) {
      const asked = at;
      const page = await this.#signedIn(() => this.#ask(asked, extra));
      this.#lastRead = asked;
      const target = redirectTarget(page, this.host, this.endpoint, at);
      if (target === null) return page;
      trail.follow(target);
      if (!isSameEndpoint(target.endpoint, this.endpoint)) this.#authorization.forget();
      await this.#requests.moveTo(target.endpoint);
      at = target.path;
    }
  }

  /**
   * Sends a request, and again where the phone asks for a password that has not been tried or for a fresh nonce: never twice with the same
   * pair, except for the nonce.
   */
  async #signedIn(send: () => Promise<Page>): Promise<Page> {
    for (let renewed = false; ;) {
      const page = await this.#sent(send);
      const verdict = this.#authorization.judge(page, this.endpoint, { renewed });
      if (!verdict.again) return verdict.trouble === null ? page : { ...page, signIn: verdict.trouble };
      const held = await this.hold(() => this.#authorization.waitForTurn());
      if (held !== null) return { ...page, signIn: held };
      ({ renewed } = verdict);
    }
  }

  /**
   * Sends what must not be repeated. Where the phone asks for a password or for a fresh nonce, the next request will carry it, and the page
   * says so (`signIn: 'expired'`): the caller first reads whether the action was taken.
   */
  async #sendOnce(send: () => Promise<Page>): Promise<Page> {
    if (this.#authorization.isShortLived) await this.#renew();
    const page = await this.#sent(send);
    const verdict = this.#authorization.judge(page, this.endpoint, { acts: true });
    if (verdict.again)
      return { ...page, signIn: (await this.hold(() => this.#authorization.waitForTurn())) ?? 'expired' };
    return verdict.trouble === null ? page : { ...page, signIn: verdict.trouble };
  }

  async #sent(send: () => Promise<Page>): Promise<Page> {
    try {
      return await send();
    } catch (error) {
      this.#authorization.gaveUp();
      throw error;
    }
  }

  /** Gets a fresh nonce from a phone with short-lived nonces by requesting the page read last without one. */
  async #renew(): Promise<void> {
    this.#authorization.forget();
    this.#authorization.judge(await this.#send('GET', this.#lastRead), this.endpoint);
  }

  /** Requests a page once there is memory for it; a large one again once there is memory for a large page. */
  async #ask(path: string, extra: Extra): Promise<Page> {
    await this.hold(() => this.#pages.pageBegins());
    try {
      return await this.#askOverIdle(path, extra);
    } catch (error) {
      if (error !== noRoom) throw error;
    } finally {
      this.#pages.pageEnds();
    }
    await this.hold(() => this.#pages.waitForLarge());
    return this.#send('GET', path, extra);
  }

  /**
   * A phone may close an idle connection just when it is used again. A request lost on such a connection before any response is sent once
   * more over a new one. Only reads are repeated, never a post or the first try of a password.
   */
  async #askOverIdle(path: string, extra: Extra): Promise<Page> {
    const { dialed } = this.#requests;
    const ask = (): Promise<Page> => {
      // The response to the first try of a password is read to its end: it must not be sent again.
      const { isTrying } = this.#authorization;
      return this.#send('GET', path, isTrying ? extra : { ...extra, hasRoom: (bytes) => this.#pages.fits(bytes) });
    };
    try {
      return await ask();
    } catch (error) {
      const lost = isTransportError(error) && (error.code === 'connect-reset' || error.code === 'connection-lost');
      const wasIdle = this.#requests.dialed === dialed && !this.#requests.isAnswered;
      if (!lost || !wasIdle || this.#requests.ended || this.#authorization.isTrying) throw error;
      return ask();
    }
  }

  async #send(method: 'GET' | 'POST', path: string, extra: Extra = {}): Promise<Page> {
    if (this.#requests.ended) throw this.#requests.ended;
    const authorization = this.#authorization.header(method, path);
    const headers = { ...(authorization === null ? {} : { authorization }), ...extra.headers };
    return this.#requests.send(method, path, { ...extra, headers });
  }

  #end(reason: TransportError): void {
    if (this.#requests.ended) return;
    this.#deadline.cancel();
    this.#requests.end(reason);
    this.#pages.leave(reason);
  }
}

function refererHeader(referer: string | undefined): Extra & { headers: Record<string, string> } {
  return { headers: referer === undefined ? {} : { referer } };
}
