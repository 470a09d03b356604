import type { Clock } from '../domain/ports/clock.js';

export interface TftpRequest {
  /** An address, or a name that is looked up. */
  host: string;
  /** Default 69. */
  port?: number;
  /** The name as the server is to get it, without a leading slash unless one is meant. */
  file: string;
  /** Bytes to fetch at most; 0 asks for the size only and ends the transfer as soon as the server shows that it has the file. */
  maxBytes: number;
  /** For everything (ms): looking up the name, and the transfer with its retransmissions. Silence ends it sooner, after about 20 s. */
  timeoutMs: number;
  /** Block size to ask for, 8 to 65464. Default 1428. The server may choose a smaller one, or 512 by knowing no options. */
  blockBytes?: number;
  /** Blocks for each acknowledgment to ask for, 1 to 65535. Default 1, which is not asked for. */
  windowSize?: number;
  /** What the client calls itself; said in an option of that name, which servers that do not know it ignore (RFC 2347). Default: nothing is said. */
  userAgent?: string;
  clock: Pick<Clock, 'after'>;
  /** Ends it: `unreachable` with the code `ABORT_ERR`. */
  signal?: AbortSignal;
  /** Finds the address of a name. Default: the system's resolver. Rejects with an error that has a `code`. */
  lookup?(host: string): Promise<{ address: string }>;
}

export type TftpResult =
  /** The server has the file. */
  | {
      kind: 'file';
      /** The file, or its first `maxBytes`; empty if only the size was asked for. */
      bytes: Uint8Array;
      /** In bytes: what the server announced, or the length of what was received whole; `null` where neither is known. */
      size: number | null;
      /** The file is longer than `maxBytes` (not 0) and was cut off there. */
      tooLarge: boolean;
    }
  /**
   * The server said no: the code of its ERROR (RFC 1350 §5: 1 file not found, 2 access violation, 0 see message …) and its text, safe to show.
   * Only 1 says that the file is not there. `bytes` that had arrived before it: above 0, the transfer was broken off.
   */
  | { kind: 'refused'; code: number; message: string; bytes: number }
  /** The server does not keep to the protocol, or sent another size than it announced: nothing is known about the file. */
  | { kind: 'broken'; message: string }
  /**
   * Nothing is known about the file: no response, or it went silent; a name that does not resolve; an error of this machine. `code` is the
   * errno or the resolver's code (`ENOTFOUND`, `EMFILE`, `ENETUNREACH` …), `null` for silence. A lookup that takes too long has `EAI_AGAIN`.
   */
  | { kind: 'unreachable'; code: string | null; message: string };
