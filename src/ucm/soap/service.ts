import type { UcmKnowledge } from '../../domain/unified-cm/knowledge.js';
import { UcmError } from '../ucm.js';
import { exchange, type HttpAnswer, type HttpContext } from './exchange.js';
import { patiently, type Patience } from './patience.js';
import { type Asked, readReply, type Reply } from './reply.js';

/** An answer that is an answer: the rest was waited out or thrown. */
export type Settled = Exclude<Reply, { kind: 'held' | 'nothing-there' }>;

/** What the services of one cluster share. */
export interface SoapContext extends HttpContext, Patience {
  clock: HttpContext['clock'] & Patience['clock'];
  knowledge: Pick<UcmKnowledge, 'faults'>;
  timeoutMs: number;
  login: Login;
}

/** The user, and what became of the first attempts to sign in. */
interface Login {
  username: string;
  password: string;
  isAccepted: boolean;
  /** Settles when what was asked last before any acceptance is over: a wrong password is sent once, not by all that ask at the start. */
  first: Promise<unknown>;
  /** Set by a refusal before any acceptance: each further attempt would bring the user closer to being locked. */
  refused: UcmError | null;
}

export interface SoapRequest {
  operation: string;
  /** The header `SOAPAction`, with its quotes. */
  action: string;
  envelope: string;
  changes: boolean;
  /** Where it is known to take longer than others (ms). */
  timeoutMs?: number;
}

/** How a service is spoken to. */
export interface Ways {
  /** It goes on by a cookie in place of the password (AXL). */
  keepsSession: boolean;
  /** Resolves when a request may be sent (RisPort); absent: at once. */
  turn?: () => Promise<void>;
}

/** Answers of AXL end at 8 MB (docs/knowledge/unified-cm.md#throttling-and-faults). */
const maxBytes = 16 * 1024 * 1024;
/** How often a read is sent at most. */
const triesToRead = 3;
const sessionCookie = /^JSESSIONIDSSO=([\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+)/;

/** One SOAP service of one node. */
export class SoapService {
  #session: string | null = null;

  constructor(
    readonly url: URL,
    private readonly ways: Ways,
    private readonly context: SoapContext,
  ) {}

  /**
   * Sends a request, waits while it is held back, and reads the answer. A read whose connection broke, or whose answer is cut off, is sent
   * again; a change never.
   * @throws UcmError
   */
  async ask(request: SoapRequest): Promise<Settled> {
    const asked = { host: this.url.host, operation: request.operation, changes: request.changes };
    const reply = await patiently(() => this.#again(request, asked), asked, this.context);
    if (reply.kind !== 'nothing-there') return reply;
    throw new UcmError(
      'ucm-not-ucm',
      `There is nothing at https://${this.url.host}${this.url.pathname} (status 404): the service is not activated there, or this is not Unified CM.`,
      true,
    );
  }

  async #again(request: SoapRequest, asked: Asked): Promise<Reply> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#inSession(request, asked);
      } catch (error) {
        const isBroken =
          error instanceof UcmError &&
          (error.code === 'ucm-unreadable' || (error.code === 'ucm-unreachable' && wasBroken(error)));
        if (request.changes || !isBroken || tries === triesToRead) throw error;
      }
    }
  }

  #inSession(request: SoapRequest, asked: Asked): Promise<Reply> {
    const { login } = this.context;
    if (login.isAccepted) return this.#withSession(request, asked);
    const turn = login.first.then(() => this.#withSession(request, asked));
    login.first = turn.catch(() => {});
    return turn;
  }

  /** A session that is over is answered by 404, and begun anew once. */
  async #withSession(request: SoapRequest, asked: Asked): Promise<Reply> {
    const session = this.#session;
    const answer = await this.#send(request, session);
    const isOver = session !== null && (answer.status === 404 || answer.status === 401);
    if (!isOver) return this.#read(answer, asked, session);
    if (this.#session === session) this.#session = null;
    // Not by a session that others have begun meanwhile: it may be over by now, and a second 404 would say that there is nothing there.
    return this.#read(await this.#send(request, null), asked, null);
  }

  #read(answer: HttpAnswer, asked: Asked, session: string | null): Reply {
    const { login, knowledge } = this.context;
    try {
      const reply = readReply(answer, asked, knowledge);
      if (reply.kind === 'body' || reply.kind === 'fault') login.isAccepted = true;
      return reply;
    } catch (error) {
      if (error instanceof UcmError && error.code === 'ucm-login-refused' && session === null && !login.isAccepted)
        login.refused = error;
      throw error;
    }
  }

  async #send(request: SoapRequest, session: string | null): Promise<HttpAnswer> {
    const { login, timeoutMs } = this.context;
    if (session === null && login.refused !== null) throw login.refused;
    await this.ways.turn?.();
    const answer = await exchange(
      {
        url: this.url,
        headers: {
          'content-type': 'text/xml; charset=utf-8',
          soapaction: request.action,
          ...(session === null ? { authorization: basic(login) } : { cookie: `JSESSIONIDSSO=${session}` }),
        },
        body: request.envelope,
        changes: request.changes,
        timeoutMs: request.timeoutMs ?? timeoutMs,
        maxBytes,
      },
      this.context,
    );
    const given = answer.cookies.map((cookie) => sessionCookie.exec(cookie)?.[1]).find((value) => value !== undefined);
    if (this.ways.keepsSession && given !== undefined && answer.status < 400) this.#session = given;
    return answer;
  }
}

function basic({ username, password }: Login): string {
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
}

/** Whether the connection ended on the way, such as one that was kept open for too long; not for what would only take as long again. */
function wasBroken({ cause }: UcmError): boolean {
  for (let at: unknown = cause, depth = 0; typeof at === 'object' && at !== null && depth < 5; depth += 1) {
    const { code, cause: next } = at as { code?: unknown; cause?: unknown };
    if (code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE') return true;
    at = next;
  }
  return false;
}
