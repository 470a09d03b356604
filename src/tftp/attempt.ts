import type { RemoteInfo, Socket } from 'node:dgram';
import type { Clock } from '../domain/ports/clock.js';
import { codeOf, messageOf } from '../domain/text/error-reason.js';
import { printable } from '../domain/text/printable.js';
import type { TftpResult } from './fetching.js';
import { plainTerms, readAgreement, type Terms } from './options.js';
import { packetBytes, parsePacket, tftpErrors, type TftpOptions, type TftpPacket } from './packet.js';
import { Patience } from './patience.js';
import { ReceiveWindow } from './receive-window.js';
import type { TftpPeer } from './serving.js';
import { isSamePeer, openUdp } from './udp.js';

export interface AttemptParts {
  /** Where the request goes, the address as Node writes it. What comes from another one is not looked at. */
  server: TftpPeer;
  /** The server's name in messages. */
  name: string;
  file: string;
  maxBytes: number;
  /** Empty: none are asked for. */
  options: TftpOptions;
  clock: Pick<Clock, 'after'>;
  signal: AbortSignal;
}

/** How an attempt ended, and whether the options may have been the reason. */
export interface AttemptEnd {
  result: TftpResult;
  perhaps: 'options' | null;
}

/** From this send of the request on, it asks for no options: a very old server may drop what it does not understand. */
const plainFrom = 3;
/** How long (ms) the last acknowledgment is repeated where packets were lost (RFC 1350 §6). */
const lingerMs = 1_000;

/** Asks once for a file. Never rejects; when `signal` is aborted, it ends as if the server had gone silent. */
export async function attempt(parts: AttemptParts): Promise<AttemptEnd> {
  let socket: Socket;
  try {
    socket = await openUdp(parts.server.address.includes(':') ? '::' : '0.0.0.0', 0);
  } catch (error) {
    return { result: unreachable(`${parts.name} could not be asked`, error), perhaps: null };
  }
  return new Promise((resolve) => new Attempt(socket, parts, resolve).start());
}

/** An error of this machine, with its errno, as a result. `what` is the start of a sentence. */
export function unreachable(what: string, error: unknown): TftpResult {
  const code = codeOf(error);
  return { kind: 'unreachable', code, message: `${what}: ${code ?? printable(messageOf(error))}.` };
}

class Attempt {
  /** The server's end of this transfer (RFC 1350 §4): known from its first packet on. */
  #peer: TftpPeer | null = null;
  #terms: Terms = plainTerms;
  #window = new ReceiveWindow(1);
  #hasAgreed = false;
  #announced: number | null = null;
  #pieces: Uint8Array[] = [];
  #bytes = 0;
  #sawLoss = false;
  #isWhole = false;
  #hasEnded = false;
  readonly #patience = new Patience();
  #cancelTimer: () => void = () => {};

  constructor(
    private readonly socket: Socket,
    private readonly parts: AttemptParts,
    private readonly resolve: (end: AttemptEnd) => void,
  ) {}

  start(): void {
    this.socket.on('message', (bytes, from) => this.#received(bytes, from));
    this.socket.on('error', (error) => this.#end(unreachable(`${this.parts.name} could not be asked`, error)));
    this.parts.signal.addEventListener('abort', this.#stop);
    if (this.parts.signal.aborted) return this.#stop();
    this.#send();
  }

  readonly #stop = (): void => this.#silence();

  /** Sends what is due now (the request, or the last acknowledgment), and waits for something new. */
  #send(): void {
    if (this.#patience.isOver) return this.#silence();
    const wait = this.#patience.next();
    if (this.#peer === null) {
      const options = this.#patience.tries > plainFrom ? new Map<string, string>() : this.parts.options;
      this.#put({ kind: 'read', file: this.parts.file, mode: 'octet', options }, this.parts.server);
    } else {
      this.#acknowledge();
    }
    this.#wait(wait);
  }

  #wait(ms: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.parts.clock.after(ms, () => {
      this.#sawLoss = true;
      this.#window.startAgain();
      this.#send();
    });
  }

  #acknowledge(): void {
    this.#put({ kind: 'ack', block: this.#window.block });
  }

  #put(packet: TftpPacket, to: TftpPeer | null = this.#peer, then: () => void = () => {}): void {
    if (to === null) return then();
    this.socket.send(packetBytes(packet), to.port, to.address, (error) => {
      if (error) this.#end(unreachable(`${this.parts.name} could not be asked`, error));
      then();
    });
  }

  #received(bytes: Uint8Array, from: RemoteInfo): void {
    if (from.address !== this.parts.server.address || from.port === 0) return;
    const packet = parsePacket(bytes);
    if (packet === null) return;
    if (this.#hasEnded) return this.#afterEnd(packet, from);
    if (this.#peer !== null && !isSamePeer(from, this.#peer)) return this.#stranger(packet, from);
    if (packet.kind === 'error') return this.#refused(packet.code, packet.message);
    if (packet.kind === 'data') return this.#data(packet.block, packet.bytes, from);
    if (packet.kind === 'oack') return this.#agreed(packet.options, from);
  }

  /** A second transfer, begun by a request that arrived twice: it is ended, and ours goes on (RFC 1350 §4). An ERROR is never answered. */
  #stranger(packet: TftpPacket, from: TftpPeer): void {
    if (packet.kind === 'error') return;
    this.#put({ kind: 'error', code: tftpErrors.unknownTransferId, message: 'Unknown transfer ID' }, from);
  }

  #refused(code: number, message: string): void {
    const perhaps = ([0, tftpErrors.illegalOperation, tftpErrors.optionsRefused] as number[]).includes(code);
    this.#end(
      { kind: 'refused', code, message: printable(message), bytes: this.#bytes },
      { mayBeOptions: perhaps && this.#bytes === 0 },
    );
  }

  #agreed(options: TftpOptions, from: TftpPeer): void {
    if (this.#peer !== null) {
      // Once more, as our acknowledgment of it was lost; or late.
      if (this.#hasAgreed && this.#window.block === 0 && this.#bytes === 0) this.#acknowledge();
      return;
    }
    this.#peer = pick(from);
    const agreement = readAgreement(options, this.parts.options);
    if (!agreement.ok) {
      const farewell = { code: tftpErrors.optionsRefused, message: 'Option not asked for' };
      return this.#broken(agreement.problem, farewell, true);
    }
    this.#hasAgreed = true;
    this.#terms = agreement.terms;
    this.#window = new ReceiveWindow(agreement.terms.windowSize);
    this.#announced = agreement.size;
    this.#patience.heard(null);
    // A size of 0 may be the one that was asked with, sent back: only the first block shows it.
    if (this.parts.maxBytes === 0 && this.#announced !== null && this.#announced > 0) return this.#enough(false);
    this.#send();
  }

  #data(block: number, bytes: Uint8Array, from: TftpPeer): void {
    if (this.#peer === null) {
      if (block !== 1) return;
      this.#peer = pick(from);
    }
    if (bytes.length > this.#terms.blockBytes) {
      const farewell = { code: tftpErrors.illegalOperation, message: 'Block larger than agreed' };
      return this.#broken(`it sent a block of ${bytes.length} bytes`, farewell, this.parts.options.size > 0);
    }
    const isLast = bytes.length < this.#terms.blockBytes;
    const { isNew, acknowledge } = this.#window.arrived(block, isLast);
    if (isNew) this.#keep(bytes);
    else this.#sawLoss = true;
    if (isNew && !isLast && (this.parts.maxBytes === 0 || this.#bytes > this.parts.maxBytes)) {
      return this.#enough(this.parts.maxBytes > 0);
    }
    if (acknowledge) this.#acknowledge();
    if (!isNew) return;
    if (isLast) return this.#whole();
    this.#patience.heard(null);
    this.#wait(this.#patience.next());
  }

  #keep(bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    if (this.parts.maxBytes > 0) this.#pieces.push(bytes);
  }

  #whole(): void {
    const announced = this.#announced === 0 ? null : this.#announced;
    if (announced !== null && announced !== this.#bytes) {
      return this.#broken(`it announced ${announced} bytes and sent ${this.#bytes}`);
    }
    const { maxBytes } = this.parts;
    this.#isWhole = true;
    this.#file({ size: this.#bytes, tooLarge: maxBytes > 0 && this.#bytes > maxBytes });
  }

  /** Ends a transfer of which no more is wanted, so that the server does not send on into silence. */
  #enough(tooLarge: boolean): void {
    const size = this.#announced === 0 ? null : this.#announced;
    this.#file({ size, tooLarge }, { code: tftpErrors.undefined, message: 'No more is wanted, thank you' });
  }

  #file(how: { size: number | null; tooLarge: boolean }, farewell?: Farewell): void {
    const bytes = Buffer.concat(this.#pieces).subarray(0, this.parts.maxBytes);
    this.#end({ kind: 'file', bytes, ...how }, { farewell });
  }

  #broken(problem: string, farewell?: Farewell, mayBeOptions = false): void {
    const message = `${this.parts.name} does not keep to TFTP: ${problem}.`;
    this.#end({ kind: 'broken', message }, { farewell, mayBeOptions });
  }

  #silence(): void {
    const { name } = this.parts;
    const message =
      this.#peer === null ? `${name} did not respond.` : `${name} went silent after ${this.#bytes} bytes.`;
    const farewell = { code: tftpErrors.undefined, message: 'Given up' };
    this.#end({ kind: 'unreachable', code: null, message }, { farewell });
  }

  #end(result: TftpResult, { farewell, mayBeOptions = false }: EndParts = {}): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#cancelTimer();
    this.parts.signal.removeEventListener('abort', this.#stop);
    this.#pieces = [];
    const close = (): void => void this.socket.close();
    if (farewell) this.#put({ kind: 'error', ...farewell }, this.#peer, close);
    else if (this.#isWhole && this.#sawLoss) this.#linger(close);
    else setImmediate(close);
    this.resolve({ result, perhaps: mayBeOptions ? 'options' : null });
  }

  /** Stays a moment, for the server to learn that the file has arrived if our last word was lost. Keeps no process alive by itself. */
  #linger(close: () => void): void {
    this.socket.unref();
    this.parts.clock.after(lingerMs, close);
  }

  #afterEnd(packet: TftpPacket, from: TftpPeer): void {
    if (!this.#isWhole || this.#peer === null || !isSamePeer(from, this.#peer)) return;
    if (packet.kind === 'data' && packet.block === this.#window.block) this.#acknowledge();
  }
}

type Farewell = { code: number; message: string };
interface EndParts {
  farewell?: Farewell | undefined;
  mayBeOptions?: boolean;
}

function pick({ address, port }: TftpPeer): TftpPeer {
  return { address, port };
}
