import type { Transfer } from '../store/store-rows.js';

/** What somebody asks for. */
export interface FileRequest {
  /** Within what is served: parts with slashes between them, none at the start, as `requestPath` returns it. */
  path: string;
  /** The client's address. */
  client: string;
  protocol: Transfer['protocol'];
  /** As the client calls itself; `null` where it does not, as phones over TFTP. */
  userAgent: string | null;
  /** Which of our addresses and ports its connection came to; absent where the protocol does not show it (TFTP). */
  reached?: { address: string; port: number };
}

/** A file that is open. It stays what it was when it was opened, or fails. */
export interface OpenFile {
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch; `null` where it is not known. */
  readonly modifiedAt: number | null;
  /** Differs whenever the content may differ: letters, digits and dashes. */
  readonly version: string;
  /**
   * Reads `length` bytes from `offset` on, which both lie within `size`.
   * @param into what to read into, if it is long enough; the bytes that are returned may be a part of it
   * @throws FileChanged once it is known that the file is no longer what was opened, at the latest with its last byte
   */
  read(offset: number, length: number, into?: Uint8Array): Promise<Uint8Array>;
  /** @throws FileChanged if it is no longer what was opened */
  assertUnchanged(): Promise<void>;
  /** May be called more than once. */
  close(): Promise<void>;
}

/** The file is no longer what it was when its transfer began: what is left cannot be sent. The message is the end of a sentence. */
export class FileChanged extends Error {
  override readonly name = 'FileChanged';
}

/** What a source says to a request. */
export type Answer =
  /** `note`: what else is to be told beside it, such as where a license comes from. */
  | { kind: 'file'; file: OpenFile; note: string | null }
  /**
   * This source does not have it; another one may. `why`: what helps whoever looks for it. `unavailable`: the source itself cannot be had now, so
   * that nobody knows whether it has it. `isTold`: `why` is told also where another source has it.
   */
  | { kind: 'absent'; why: string | null; unavailable?: true; isTold?: true }
  /**
   * Nobody is asked further. 404: it is not to be had; 403: it is there and cannot be read; 503: it could not be found out now. `why` is the end of a
   * sentence, for the operator and not for the client.
   */
  | { kind: 'refused'; status: 403 | 404 | 503; why: string };

/** Where files come from: a folder, licenses that are held, or what is made when it is asked for. */
export interface FileSource {
  /** Opens what is asked for. Rejects only for what nobody foresaw. */
  open(request: FileRequest): Promise<Answer>;
}

/** The first source that has it; where none does, all that they said of it. */
export async function openFrom(sources: readonly FileSource[], request: FileRequest): Promise<Answer> {
  const whys: string[] = [];
  const told: string[] = [];
  let isUnsure = false;
  for (const source of sources) {
    const answer = await source.open(request);
    if (answer.kind === 'file' && told.length > 0)
      return { ...answer, note: [answer.note ?? [], ...told].flat().join('; ') };
    if (answer.kind !== 'absent') return answer;
    if (answer.isTold && answer.why !== null) told.push(answer.why);
    if (answer.unavailable) isUnsure = true;
    if (answer.why !== null && !whys.includes(answer.why)) whys.push(answer.why);
  }
  // Not "not found": a phone may take that for good.
  if (isUnsure) return { kind: 'refused', status: 503, why: whys.join('; ') };
  return {
    kind: 'absent',
    why: whys.length === 0 ? null : whys.join('; '),
    ...(told.length > 0 ? { isTold: true } : {}),
  };
}
