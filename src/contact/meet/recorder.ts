import type { Watcher } from '../../phones/create-phones.js';
import type { AdminView } from '../../phones/multiplatform/admin-view.js';
import { isTransportError, TransportError } from '../../transport/errors/transport-error.js';
import type { Endpoint } from '../../transport/connection/endpoint.js';
import type { Exchange } from '../../transport/session/exchange.js';
import type { Page, PhoneSession } from '../../transport/session/session.js';
import type { Reading, RecordedExchange, RecordedPage, UsedAccess } from './encounter.js';

/** No look asks for more; what comes after it is not kept. */
const mostExchanges = 400;

/**
 * Records what is said to one phone and what its readers got. Sessions that it watches cannot write: nothing but reading, and the signing
 * in that reading needs, gets through.
 */
export class Recorder implements Watcher {
  readonly exchanges: RecordedExchange[] = [];
  #readings: Reading[] = [];
  #session: PhoneSession | null = null;
  seen: AdminView | null = null;

  get readings(): readonly Reading[] {
    return this.#readings;
  }

  /** The session opened last. */
  get open(): PhoneSession | null {
    return this.#session;
  }

  /** `null` where nothing was answered there: that it was tried is no access. */
  get access(): UsedAccess | null {
    const session = this.#session;
    if (!session || !isAnswered(session.endpoint, this.exchanges)) return null;
    const { endpoint, access, peer } = session;
    return { ...access, endpoint, certified: peer.certified };
  }

  onExchange = ({ method, path, endpoint, sent, page, failure, tookMs }: Exchange): void => {
    if (this.exchanges.length >= mostExchanges) return;
    const why = failure && { code: failure.code, message: failure.message };
    this.exchanges.push({ method, path, endpoint, sent, page: page && recorded(page), failure: why, tookMs });
  };

  session(inner: PhoneSession): PhoneSession {
    this.#session = new ReadOnlySession(inner, (reading) => this.#note(reading));
    return this.#session;
  }

  view(view: AdminView | null): void {
    this.seen = view;
  }

  /** What failed and was asked again counts as it went last. */
  #note(reading: Reading): void {
    const isAskedAgain = ({ asked, referer, failure }: Reading): boolean =>
      failure !== null && asked === reading.asked && referer === reading.referer;
    this.#readings = [...this.#readings.filter((one) => !isAskedAgain(one)), reading];
  }
}

class ReadOnlySession implements PhoneSession {
  constructor(
    private readonly inner: PhoneSession,
    private readonly note: (reading: Reading) => void,
  ) {}

  get host(): PhoneSession['host'] {
    return this.inner.host;
  }

  get endpoint(): PhoneSession['endpoint'] {
    return this.inner.endpoint;
  }

  get connection(): PhoneSession['connection'] {
    return this.inner.connection;
  }

  get peer(): PhoneSession['peer'] {
    return this.inner.peer;
  }

  get access(): PhoneSession['access'] {
    return this.inner.access;
  }

  get ends(): PhoneSession['ends'] {
    return this.inner.ends;
  }

  async get(path: string, referer?: string): Promise<Page> {
    const asked = { asked: path, referer: referer !== undefined };
    try {
      const page = await this.inner.get(path, referer);
      const signIn = page.signIn === undefined ? {} : { signIn: page.signIn };
      this.note({ ...asked, got: { ...recorded(page), path: page.path, ...signIn }, failure: null });
      return page;
    } catch (error) {
      if (isTransportError(error))
        this.note({ ...asked, got: null, failure: { code: error.code, message: error.message } });
      throw error;
    }
  }

  post(): Promise<Page> {
    return Promise.reject(neverWrites());
  }

  act(): Promise<Page> {
    return Promise.reject(neverWrites());
  }

  maySendPassword(): boolean {
    return this.inner.maySendPassword();
  }

  close(): void {
    this.inner.close();
  }
}

/** Whether a page ever came from an endpoint. */
export function isAnswered(
  { scheme, port }: Endpoint,
  exchanges: readonly Pick<RecordedExchange, 'endpoint' | 'page'>[],
): boolean {
  return exchanges.some(({ endpoint, page }) => page !== null && endpoint.scheme === scheme && endpoint.port === port);
}

/** A look that would write is a bug. */
export function neverWrites(): TransportError {
  return new TransportError('internal-error', 'a look at one phone writes nothing');
}

function recorded({ status, headers, body, charset }: Page): RecordedPage {
  return { status, headers, body, charset };
}
