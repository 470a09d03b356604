import type { IncomingMessage, ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Certificate } from '../web/certificate.js';
import { Counter } from './counts.js';
import type { UcmLog, UcmLogEntry } from './log.js';
import { refusal, type Handled, type UcmRequest } from './services/service.js';
import type { SignIn } from './services/sign-in.js';
import { versionAnswer } from './services/version.js';
import { htmlAnswer, serviceFault, type UcmAnswer } from './soap/answer.js';
import type { UcmSpec } from './spec.js';

/** A request with a thousand names is about 80 KB; of a longer body than this the rest is not read. */
const MOST_BODY = 4 * 1024 * 1024;

/** The web services by path, without a slash at the end. */
export type Services = ReadonlyMap<
  string,
  { name: UcmLogEntry['service']; handle: (request: UcmRequest) => Handled | Promise<Handled> }
>;

/** The web server of a cluster: one listener for all nodes, told apart by the address that is asked. */
export class UcmWeb {
  readonly #sockets = new Set<Socket>();
  readonly #server: https.Server;
  readonly #cuts = new Counter();

  constructor(
    private readonly spec: UcmSpec,
    private readonly services: Services,
    private readonly signIn: SignIn,
    private readonly log: UcmLog,
    certificate: Certificate,
    private readonly nodeAt: (address: string) => number,
  ) {
    this.#server = https.createServer({ key: certificate.key, cert: certificate.cert }, (request, response) =>
      this.#receive(request, response),
    );
    this.#server.on('tlsClientError', () => undefined);
    this.#server.on('clientError', (_error, socket) => socket.destroy());
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => undefined);
    });
  }

  /** Listens, and resolves with the port. Rejects when it is taken. */
  async listen(port: number, host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ port, host, backlog: 1024 }, resolve);
    });
    return (this.#server.address() as AddressInfo).port;
  }

  /** Stops listening and destroys every connection. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #receive(request: IncomingMessage, response: ServerResponse): void {
    const parts: Buffer[] = [];
    let size = 0;
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= MOST_BODY) parts.push(part);
    });
    request.on('error', () => undefined);
    request.on('end', () => {
      void this.#answer(request, Buffer.concat(parts).toString('utf8'), response);
    });
  }

  async #answer(request: IncomingMessage, body: string, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const method = request.method ?? 'GET';
    const { handled, service } = await this.#handled(request, { method, path, body });
    const { operation, device, load, answer, violation } = handled;
    this.log.add(
      { service, operation, device, ...(load === undefined ? {} : { load }), status: answer.status },
      violation,
    );
    if (response.destroyed) return;
    this.#send(handled, response);
  }

  async #handled(
    { headers, socket }: IncomingMessage,
    { method, path, body }: Pick<UcmRequest, 'method' | 'path' | 'body'>,
  ): Promise<{ handled: Handled; service: UcmLogEntry['service'] }> {
    if (path === '/cucm-uds/version' && method === 'GET')
      return { handled: refusal(versionAnswer(this.spec.version, headers.host ?? ''), method), service: 'version' };
    const service = this.services.get(path.replace(/\/$/, ''));
    if (service === undefined) return { handled: refusal(htmlAnswer(404, 'Not Found'), method), service: 'other' };
    const entered = this.signIn.enter({ authorization: headers.authorization ?? null, cookie: headers.cookie ?? null });
    if ('refused' in entered) return { handled: refusal(entered.refused), service: service.name };
    if (method !== 'POST')
      return { handled: refusal(htmlAnswer(405, 'Method Not Allowed'), method), service: service.name };
    const handled = await this.#served(service.handle, {
      ...{ method, path, body, node: this.nodeAt(socket.localAddress ?? '') },
      ...{ authorization: null, cookie: null },
      soapAction: typeof headers['soapaction'] === 'string' ? headers['soapaction'] : null,
    });
    const answer = { ...handled.answer, headers: { ...handled.answer.headers, ...entered.headers } };
    return { handled: { ...handled, answer }, service: service.name };
  }

  /** Whatever a request holds, it gets an answer. */
  async #served(handle: (request: UcmRequest) => Handled | Promise<Handled>, request: UcmRequest): Promise<Handled> {
    try {
      return await handle(request);
    } catch (error) {
      const violation = `sent what the simulator could not read (${(error as Error).name})`;
      return { ...refusal(serviceFault('Internal error')), violation };
    }
  }

  #send({ answer, mayBeCut = false }: Handled, response: ServerResponse): void {
    const { cutOffEvery, cutOffHow } = this.spec.flags;
    const isCut = mayBeCut && this.#cuts.hits({ every: cutOffEvery });
    const whole = Buffer.from(answer.body);
    const sent = isCut ? whole.subarray(0, Math.floor(whole.length / 2)) : whole;
    const length = isCut && cutOffHow === 'ends' ? sent.length : whole.length;
    response.writeHead(answer.status, reasonOf(answer), { ...answer.headers, 'Content-Length': length });
    if (length === sent.length) return void response.end(sent);
    response.write(sent, () => response.destroy());
  }
}

/** Node has no words for a 599. */
function reasonOf({ status }: UcmAnswer): string | undefined {
  return status === 599 ? 'Unsupported AXL version' : undefined;
}
