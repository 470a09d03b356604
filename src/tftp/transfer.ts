import type { RemoteInfo, Socket } from 'node:dgram';
import type { ByteRates } from '../domain/pacing/byte-rates.js';
import { type Clock, sleep } from '../domain/ports/clock.js';
import { codeOf, messageOf } from '../domain/text/error-reason.js';
import { shown } from '../domain/text/printable.js';
import type { Agreement } from './options.js';
import { dataHeader, packetBytes, parsePacket, tftpErrors, type TftpPacket } from './packet.js';
import { Patience } from './patience.js';
import { SendWindow } from './send-window.js';
import type { TftpEnd, TftpEvent, TftpPeer, TftpSource } from './serving.js';
import { plainAddress } from '../domain/network/plain-address.js';
import { isSamePeer } from './udp.js';
import { within } from './within.js';

export interface TransferParts {
  id: number;
  /** The client, its address as the socket names it. */
  peer: TftpPeer;
  file: string;
  source: TftpSource;
  agreement: Agreement;
  /** This transfer's own (RFC 1350 §4), which it closes. */
  socket: Socket;
  clock: Clock;
  rates: ByteRates | null;
  progressMs: number;
  tell(event: TftpEvent): void;
}

/** How much of a file is held (bytes), or one window if that is more. */
const heldBytes = 64 * 1024;
/** A read of a file that takes longer (ms) has failed. */
const readMs = 20_000;

/** One file on its way to one client, over a socket of its own. Its failures are its own: nothing here throws. */
export class Transfer {
  /** The client has responded to what was sent: the request did not merely arrive twice. */
  hasHeard = false;
  /** Resolves when its file and socket are closed. */
  readonly ended: Promise<void>;
  #resolveEnded: () => void = () => {};
  readonly #window: SendWindow;
  readonly #patience: Patience;
  readonly #stop = new AbortController();
  #isAgreeing: boolean;
  #isPumping = false;
  /** Bytes that the rates have granted and that were not sent yet. */
  #granted = 0;
  #cancelTimer: () => void = () => {};
  #sendError: unknown = null;
  #held: { offset: number; bytes: Uint8Array } = { offset: 0, bytes: new Uint8Array() };
  /** When (monotonic) the window was wholly sent; `null`: not yet, or more than once. */
  #sentAt: number | null = null;
  #wasRepeated = false;
  #toldAt: number;

  constructor(private readonly parts: TransferParts) {
    const { source, agreement, clock } = parts;
    this.ended = new Promise((resolve) => (this.#resolveEnded = resolve));
    this.#window = new SendWindow(Math.floor(source.size / agreement.blockBytes) + 1, agreement.windowSize);
    this.#patience = new Patience(agreement.retransmitMs);
    this.#isAgreeing = agreement.reply.size > 0;
    this.#toldAt = clock.monotonic();
  }

  start(): void {
    const { id, peer, file, source, socket, tell } = this.parts;
    const client = { address: plainAddress(peer.address), port: peer.port };
    tell({ kind: 'started', id, client, file, size: source.size });
    socket.on('message', (bytes, from) => this.#received(bytes, from));
    socket.on('error', (error) => (this.#sendError = error));
    this.#sendDue();
  }

  /** Ends it, if it has not ended. `toClient`: what an ERROR tells the client. */
  end(reason: TftpEnd, why: string, toClient?: string): void {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort();
    this.#cancelTimer();
    this.#held = { offset: 0, bytes: new Uint8Array() };
    const { id, tell } = this.parts;
    tell({ kind: 'ended', id, bytes: this.#bytes, ok: reason === 'done', reason, why });
    void this.#close(toClient);
  }

  async #close(toClient: string | undefined): Promise<void> {
    const { peer, socket, source } = this.parts;
    await Promise.allSettled([
      new Promise<void>((resolve) => {
        const close = (): void => void socket.close(() => resolve());
        if (toClient === undefined) return close();
        socket.send(errorBytes(tftpErrors.undefined, toClient), peer.port, peer.address, close);
      }),
      // Also what it throws is its own matter: the file was sent or was not.
      (async () => source.close())(),
    ]);
    this.#resolveEnded();
  }

  get #bytes(): number {
    return Math.min(this.parts.source.size, this.#window.acknowledged * this.parts.agreement.blockBytes);
  }

  #received(bytes: Uint8Array, from: RemoteInfo): void {
    if (this.#stop.signal.aborted || from.port === 0) return;
    const packet = parsePacket(bytes);
    if (packet === null) return;
    if (!isSamePeer(from, this.parts.peer)) return this.#stranger(packet, from);
    if (packet.kind === 'error') {
      const words = packet.message === '' ? '' : ` (${shown(packet.message)})`;
      return this.end('client-ended', `the client ended it with ERROR ${packet.code}${words}`);
    }
    if (packet.kind === 'ack') this.#acknowledged(packet.block);
  }

  /** RFC 1350 §4: told that it is wrong here, and nothing else happens. An ERROR is never answered. */
  #stranger(packet: TftpPacket, from: TftpPeer): void {
    if (packet.kind === 'error') return;
    this.#put(errorBytes(tftpErrors.unknownTransferId, 'Unknown transfer ID'), from);
  }

  #acknowledged(block: number): void {
    if (this.#isAgreeing) {
      if (block !== 0) return;
      this.#isAgreeing = false;
    } else if (!this.#window.acknowledge(block)) {
      return;
    }
    this.hasHeard = true;
    const now = this.parts.clock.monotonic();
    this.#patience.heard(this.#sentAt === null || this.#wasRepeated ? null : now - this.#sentAt);
    this.#sentAt = null;
    this.#wasRepeated = false;
    this.#sendError = null;
    this.#cancelTimer();
    if (this.#window.isDone) return this.end('done', 'the client has it all');
    if (now - this.#toldAt >= this.parts.progressMs) {
      this.#toldAt = now;
      this.parts.tell({ kind: 'progress', id: this.parts.id, bytes: this.#bytes });
    }
    this.#sendDue();
  }

  #sendDue(): void {
    if (!this.#isAgreeing) return void this.#pump();
    this.#put(packetBytes({ kind: 'oack', options: this.parts.agreement.reply }));
    this.#wait();
  }

  /** Sends what the window allows, one block after the other. Acknowledgments that come meanwhile change what is next. */
  async #pump(): Promise<void> {
    if (this.#isPumping) return;
    this.#isPumping = true;
    try {
      for (let block = this.#window.next(); block !== null; block = this.#window.next()) {
        await this.#sendBlock(block);
        if (this.#stop.signal.aborted) return;
      }
    } catch (error) {
      return this.end('file-failed', codeOf(error) ?? messageOf(error), 'The file could not be read');
    } finally {
      this.#isPumping = false;
    }
    this.#wait();
  }

  async #sendBlock(block: number): Promise<void> {
    const { peer, rates, clock, agreement } = this.parts;
    const bytes = this.#fromHeld(block) ?? (await this.#read(block));
    if (rates && bytes.length > this.#granted) {
      // As much at a time as transfers of other protocols take: turn by turn, each gets the same.
      const turn = Math.max(bytes.length, rates.turnBytes - (rates.turnBytes % agreement.blockBytes));
      this.#granted += turn;
      const wait = rates.take(plainAddress(peer.address), turn);
      if (wait > 0) await sleep(clock, wait, this.#stop.signal);
    }
    this.#granted -= bytes.length;
    // Acknowledged meanwhile: a late acknowledgment of what was being sent again.
    if (this.#stop.signal.aborted || block <= this.#window.acknowledged) return;
    this.#put([dataHeader(block), bytes]);
  }

  #range(block: number): { from: number; to: number } {
    const { source, agreement } = this.parts;
    const from = (block - 1) * agreement.blockBytes;
    return { from, to: Math.min(source.size, from + agreement.blockBytes) };
  }

  #fromHeld(block: number): Uint8Array | null {
    const { from, to } = this.#range(block);
    const { offset, bytes } = this.#held;
    return from >= offset && to <= offset + bytes.length ? bytes.subarray(from - offset, to - offset) : null;
  }

  async #read(block: number): Promise<Uint8Array> {
    const { source, clock, agreement } = this.parts;
    const { from, to } = this.#range(block);
    const window = agreement.windowSize * agreement.blockBytes;
    const most = Math.max(window, heldBytes - (heldBytes % agreement.blockBytes));
    const length = Math.min(most, source.size - from);
    const bytes = await within(clock, readMs, source.read(from, length), 'the file could not be read in time');
    if (bytes.length < length) throw new RangeError('the file became shorter');
    this.#held = { offset: from, bytes };
    return bytes.subarray(0, to - from);
  }

  #put(bytes: Uint8Array | Uint8Array[], to: TftpPeer = this.parts.peer): void {
    // What could not be sent counts as lost; the reason is told if nothing else comes of it.
    this.parts.socket.send(bytes, to.port, to.address, (error) => {
      if (error) this.#sendError = error;
    });
  }

  #wait(): void {
    if (!this.#wasRepeated) this.#sentAt = this.parts.clock.monotonic();
    this.#cancelTimer();
    this.#cancelTimer = this.parts.clock.after(this.#patience.next(), () => {
      if (this.#patience.isOver) return this.#giveUp();
      this.#wasRepeated = true;
      this.#window.startAgain();
      this.#sendDue();
    });
  }

  #giveUp(): void {
    if (this.#sendError !== null) {
      const code = codeOf(this.#sendError) ?? messageOf(this.#sendError);
      return this.end('local', `this machine could not send: ${code}`);
    }
    const why = this.#window.isLastSent
      ? 'the client did not acknowledge the last of it'
      : `the client went silent after ${this.#bytes} of ${this.parts.source.size} bytes`;
    this.end('client-silent', why, 'No acknowledgment came');
  }
}

/** An ERROR packet. */
export function errorBytes(code: number, message: string): Buffer {
  return packetBytes({ kind: 'error', code, message });
}
