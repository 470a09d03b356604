import type { ByteRates } from '../domain/pacing/byte-rates.js';
import type { Clock } from '../domain/ports/clock.js';

/** Who asks: IPv4 in dotted form (also where it came over an IPv6 socket) or IPv6, and its UDP port. */
export interface TftpPeer {
  address: string;
  port: number;
  /** What it calls itself; absent: it does not say, as phones do not. */
  userAgent?: string;
}

/** A file that is open, of a size that is known. */
export interface TftpSource {
  /** Bytes, as the file was when it was opened. */
  readonly size: number;
  /**
   * Reads `length` bytes from `offset` on, which both lie within `size`. Returns fewer only if the file has become shorter: the transfer then
   * ends with an ERROR, as it does when this rejects. May be asked for the same bytes again, never twice at once. What it returns is
   * not changed afterwards.
   */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Called once, when the transfer has ended. */
  close(): Promise<void>;
}

/** The file; `null`: not found (ERROR 1); or why it is not given to this client (ERROR 2, whose text the client may show). */
export type TftpOpened = TftpSource | null | { readonly refused: string };

export interface TftpServerOptions {
  /** The address to listen at, IPv4 or IPv6; `0.0.0.0` or `::` for all. Replies come from this address too, so with several addresses name the one that phones ask. */
  address: string;
  /** 0 for any free one. */
  port: number;
  /**
   * Opens what a client asks for. The name is as the client wrote it (slashes, `..`, any characters but control characters): what it may reach is
   * decided here. A rejection is answered by ERROR 0 that says only that the file could not be read, and its reason is in the event.
   */
  open(fileName: string, client: TftpPeer): Promise<TftpOpened>;
  /** Whether a client of that address may ask at all; else ERROR 2, and `open` is not called. Absent: everybody. */
  allow?(address: string): boolean;
  /** Called for whatever happens; what it throws is ignored. */
  onEvent?(event: TftpEvent): void;
  clock: Clock;
  /** How fast files are sent, by the client's address. May be shared with other servers. Absent: as fast as clients take them. */
  rates?: ByteRates;
  /** Transfers at once, from all clients and from one address; further ones get ERROR 0. Default 500 and 16. */
  maxTransfers?: number;
  maxTransfersPerClient?: number;
  /** The largest block agreed to, 8 to 65464. Default 1468: a larger one does not fit into one Ethernet frame. */
  maxBlockBytes?: number;
  /** How often (ms) the progress of one transfer is told at most. Default 1000. */
  progressMs?: number;
}

export type TftpEvent =
  /** `id` is unique within this server. `size` is what will be sent: in netascii more than the file. */
  | { kind: 'started'; id: number; client: TftpPeer; file: string; size: number }
  /** `bytes` so far that the client has acknowledged. */
  | { kind: 'progress'; id: number; bytes: number }
  /**
   * Once for each `started`. `ok`: the client acknowledged the last byte. Otherwise it may still have received everything: the last
   * acknowledgment may be what was lost, and `bytes` are those that were acknowledged. `why` is the end of a sentence.
   */
  | { kind: 'ended'; id: number; bytes: number; ok: boolean; reason: TftpEnd; why: string }
  /** A request that got an ERROR in place of a file. `notAllowed`: nobody of that address may ask. */
  | { kind: 'refused'; client: TftpPeer; file: string; code: number; why: string; notAllowed?: true }
  /** The server's own socket failed; it goes on listening. */
  | { kind: 'trouble'; why: string };

/**
 * How a transfer ended: the client has it all; the client ended it with an ERROR (it may have wanted the size only); the client went silent;
 * the file could not be read or changed; this machine could not send; the server was closed.
 */
export type TftpEnd = 'done' | 'client-ended' | 'client-silent' | 'file-failed' | 'local' | 'closed';

export interface TftpServer {
  /** The port it listens at. */
  readonly port: number;
  /** Ends all transfers (ERROR 0) and the server, within two seconds whatever a source does. May be called again. */
  close(): Promise<void>;
}
