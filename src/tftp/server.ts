import type { RemoteInfo, Socket } from 'node:dgram';
import { sleep } from '../domain/ports/clock.js';
import { codeOf, messageOf } from '../domain/text/error-reason.js';
import { asNetascii } from './netascii.js';
import { agentOption, agree, largestBlockBytes, smallestBlockBytes } from './options.js';
import { parsePacket, tftpErrors, type TftpPacket } from './packet.js';
import type { TftpEvent, TftpOpened, TftpPeer, TftpServer, TftpServerOptions, TftpSource } from './serving.js';
import { errorBytes, Transfer } from './transfer.js';
import { plainAddress } from '../domain/network/plain-address.js';
import { openUdp } from './udp.js';
import { within } from './within.js';

/** A client has given up by then (ms). */
const openMs = 20_000;
/** How long (ms) `close` waits for files and sockets. */
const closeMs = 2_000;
/** RFC 2347 allows 512; nobody has reason to send more than this. */
const longestRequest = 1_024;
/** An Ethernet frame of 1500 bytes without the headers of IPv4, UDP and TFTP. */
const usualBlockBytes = 1_468;

type Request = Extract<TftpPacket, { kind: 'read' | 'write' }>;

/** A request that was taken; `transfer` is `null` while its file is being opened. */
interface Taken {
  request: Buffer;
  transfer: Transfer | null;
}

/**
 * Starts a TFTP server that only gives (RFC 1350, with the options of RFC 2348, 2349 and 7440). Each transfer has a socket of its own, holds
 * a small piece of its file, and fails by itself.
 *
 * Rejects with Node's error, whose `code` is the errno, if it cannot listen: `EADDRINUSE`, `EACCES` (a port below 1024), `EADDRNOTAVAIL`.
 */
export async function startTftpServer(options: TftpServerOptions): Promise<TftpServer> {
  const socket = await openUdp(options.address, options.port);
  const server = new Server(socket, options);
  return { port: socket.address().port, close: () => server.close() };
}

class Server {
  readonly #taken = new Set<Taken>();
  /** By the client's address and port: a client that begins anew there may have an earlier transfer that still waits for it. */
  readonly #latest = new Map<string, Taken>();
  readonly #perClient = new Map<string, number>();
  readonly #running = new Set<Promise<void>>();
  #count = 0;
  #started = 0;
  #closing: Promise<void> | null = null;

  constructor(
    private readonly socket: Socket,
    private readonly options: TftpServerOptions,
  ) {
    socket.on('message', (bytes, from) => this.#received(bytes, from));
    socket.on('error', (error) => this.#tell({ kind: 'trouble', why: codeOf(error) ?? messageOf(error) }));
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.socket.close(resolve));
    for (const { transfer } of this.#taken) transfer?.end('closed', 'the server was ended', 'The server is ending');
    const done = new AbortController();
    await Promise.race([
      Promise.allSettled([closed, ...this.#running]),
      sleep(this.options.clock, closeMs, done.signal),
    ]);
    done.abort();
  }

  /** Whoever shows what happens cannot stop it. */
  readonly #tell = (event: TftpEvent): void => {
    try {
      this.options.onEvent?.(event);
    } catch {
      // Its own matter.
    }
  };

  #received(bytes: Buffer, from: RemoteInfo): void {
    if (this.#closing !== null || from.port === 0 || bytes.length > longestRequest) return;
    const packet = parsePacket(bytes);
    if (packet?.kind !== 'read' && packet?.kind !== 'write') return;
    const userAgent = packet.options.get(agentOption);
    const peer = { address: from.address, port: from.port, ...(userAgent === undefined ? {} : { userAgent }) };
    if (!this.#isAllowed(plainAddress(peer.address))) {
      const { code, why } = stranger;
      return this.#refuse(peer, packet.file, code, why, { notAllowed: true });
    }
    const no = whyRefused(packet);
    if (no !== null) return this.#refuse(peer, packet.file, no.code, no.why);
    const key = `${peer.address} ${peer.port}`;
    const earlier = this.#latest.get(key);
    // The same request once more, as nothing has reached the client yet: it is being answered.
    if (earlier?.request.equals(bytes) && !earlier.transfer?.hasHeard) return;
    const full = this.#fullness(peer.address);
    if (full !== null) return this.#refuse(peer, packet.file, tftpErrors.undefined, full);
    const taken: Taken = { request: bytes, transfer: null };
    this.#taken.add(taken);
    this.#latest.set(key, taken);
    this.#countIn(peer.address, 1);
    const running = this.#serve(packet, peer, taken).finally(() => {
      this.#running.delete(running);
      this.#countIn(peer.address, -1);
      this.#taken.delete(taken);
      if (this.#latest.get(key) === taken) this.#latest.delete(key);
    });
    this.#running.add(running);
  }

  #isAllowed(address: string): boolean {
    try {
      return this.options.allow?.(address) ?? true;
    } catch (error) {
      this.#tell({ kind: 'trouble', why: messageOf(error) });
      return false;
    }
  }

  #fullness(address: string): string | null {
    const { maxTransfers = 500, maxTransfersPerClient = 16 } = this.options;
    if (this.#count >= maxTransfers) return 'Too many transfers at once';
    const many = (this.#perClient.get(address) ?? 0) >= maxTransfersPerClient;
    return many ? 'Too many transfers at once to this address' : null;
  }

  #countIn(address: string, more: 1 | -1): void {
    this.#count += more;
    const count = (this.#perClient.get(address) ?? 0) + more;
    if (count === 0) this.#perClient.delete(address);
    else this.#perClient.set(address, count);
  }

  /** Never rejects. Resolves when nothing of it is left. */
  async #serve(request: Request, peer: TftpPeer, taken: Taken): Promise<void> {
    let source: TftpSource | null = null;
    try {
      const opened = await this.#open(request.file, peer);
      if (opened === null) return this.#refuse(peer, request.file, tftpErrors.fileNotFound, 'File not found');
      if ('refused' in opened) return this.#refuse(peer, request.file, tftpErrors.accessViolation, opened.refused);
      source = opened;
      if (!Number.isSafeInteger(source.size) || source.size < 0) throw new RangeError('the file has no size');
      const sent = request.mode === 'netascii' ? await this.#inTime(asNetascii(source)) : source;
      if (this.#closing !== null) return await close(source);
      taken.transfer = await this.#begin(request, peer, sent);
    } catch (error) {
      if (source !== null) await close(source);
      return this.#refuse(peer, request.file, tftpErrors.undefined, codeOf(error) ?? messageOf(error), {
        toClient: 'The file cannot be given now',
      });
    }
    // `close` may have been called while the socket was opened.
    if (this.#closing !== null) taken.transfer.end('closed', 'the server was ended', 'The server is ending');
    await taken.transfer.ended;
  }

  async #begin(request: Request, peer: TftpPeer, source: TftpSource): Promise<Transfer> {
    const { address, clock, rates = null, progressMs = 1_000, maxBlockBytes = usualBlockBytes } = this.options;
    const most = Math.min(largestBlockBytes, Math.max(smallestBlockBytes, maxBlockBytes));
    const agreement = agree(request.options, { size: source.size, maxBlockBytes: most });
    const socket = await openUdp(address, 0);
    this.#started += 1;
    const parts = { id: this.#started, peer, file: request.file, source, agreement, socket, clock, rates, progressMs };
    const transfer = new Transfer({ ...parts, tell: this.#tell });
    transfer.start();
    return transfer;
  }

  #open(file: string, peer: TftpPeer): Promise<TftpOpened> {
    const opening = (async () => this.options.open(file, { ...peer, address: plainAddress(peer.address) }))();
    let isLate = false;
    // One that is opened after all is closed again.
    opening
      .then((opened) => (isLate && opened !== null && 'read' in opened ? close(opened) : undefined))
      .catch(() => {});
    return this.#inTime(opening).catch((error: unknown) => {
      isLate = true;
      throw error;
    });
  }

  #inTime<T>(work: Promise<T>): Promise<T> {
    return within(this.options.clock, openMs, work, 'the file could not be opened in time');
  }

  /** Answers with an ERROR. `why` goes to the client too, unless it gets other words. */
  #refuse(
    peer: TftpPeer,
    file: string,
    code: number,
    why: string,
    { toClient = why, ...more }: { toClient?: string; notAllowed?: true } = {},
  ): void {
    const client = { ...peer, address: plainAddress(peer.address) };
    this.#tell({ kind: 'refused', client, file, code, why, ...more });
    if (this.#closing !== null) return;
    this.socket.send(errorBytes(code, toClient), peer.port, peer.address, () => {});
  }
}

const stranger = { code: tftpErrors.accessViolation, why: 'Not allowed from this address' };

/** Why a request is not even looked up. The texts go to the client. */
function whyRefused(request: Request): { code: number; why: string } | null {
  if (request.kind === 'write') return { code: tftpErrors.accessViolation, why: 'This server takes no files' };
  if (request.mode !== 'octet' && request.mode !== 'netascii') {
    return { code: tftpErrors.illegalOperation, why: 'The mode must be octet or netascii' };
  }
  if (request.file === '' || /\p{Cc}/u.test(request.file)) {
    return { code: tftpErrors.fileNotFound, why: 'File not found' };
  }
  return null;
}

/** Whether it closes is its own matter: whatever was sent of it was sent. */
async function close(source: TftpSource): Promise<void> {
  try {
    await source.close();
  } catch {
    // See above.
  }
}
