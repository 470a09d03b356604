import type { TftpOptions } from './packet.js';

/** Bounds of the options and the block size without them: RFC 1350 §2, RFC 2348, RFC 2349, RFC 7440. */
const defaultBlockBytes = 512;
export const smallestBlockBytes = 8;
export const largestBlockBytes = 65464;
const largestWindow = 65535;

/** The most that is sent without an acknowledgment (bytes, blocks): what the socket buffer of a small device holds. */
const windowBytes = 128 * 1024;
const windowBlocks = 64;

/** How a file will be sent. */
export interface Terms {
  blockBytes: number;
  windowSize: number;
}

/** Without options, or with those that were not agreed to. */
export const plainTerms: Terms = { blockBytes: defaultBlockBytes, windowSize: 1 };

/** What a server agrees to. */
export interface Agreement extends Terms {
  /** When to send again (ms), if the client asked for it; else `null`. */
  retransmitMs: number | null;
  /** For the OACK; empty: none is sent (RFC 2347). */
  reply: TftpOptions;
}

/**
 * The server's side: what it agrees to of what was asked. An option that is unknown or whose value makes no sense is left out, as RFC 2347 demands;
 * a block or window that is too large is answered by a smaller one (RFC 2348, RFC 7440 §3), a timeout only by the same (RFC 2349).
 */
export function agree(asked: TftpOptions, { size, maxBlockBytes }: { size: number; maxBlockBytes: number }): Agreement {
  const reply = new Map<string, string>();
  const terms = { ...plainTerms };
  let retransmitMs: number | null = null;
  const block = numberOf(asked.get('blksize'), smallestBlockBytes, largestBlockBytes);
  if (block !== null) {
    terms.blockBytes = Math.min(block, maxBlockBytes);
    reply.set('blksize', String(terms.blockBytes));
  }
  if (asked.has('tsize')) reply.set('tsize', String(size));
  const timeout = numberOf(asked.get('timeout'), 1, 255);
  if (timeout !== null) {
    retransmitMs = timeout * 1000;
    reply.set('timeout', String(timeout));
  }
  const window = numberOf(asked.get('windowsize'), 1, largestWindow);
  if (window !== null) {
    const most = Math.max(1, Math.floor(windowBytes / terms.blockBytes));
    terms.windowSize = Math.min(window, windowBlocks, most);
    reply.set('windowsize', String(terms.windowSize));
  }
  return { ...terms, retransmitMs, reply };
}

/** Not of any RFC: TFTP has nothing to say who asks, as HTTP has. */
export const agentOption = 'user-agent';

/**
 * What a client asks for; the defaults are not asked for. The size of the file is asked for by a size of 0 (RFC 2349).
 * @param userAgent what it calls itself; absent: it does not say
 */
export function askFor({ blockBytes, windowSize }: Terms, userAgent?: string): TftpOptions {
  const options = new Map([['tsize', '0']]);
  if (blockBytes !== defaultBlockBytes) options.set('blksize', String(blockBytes));
  if (windowSize !== 1) options.set('windowsize', String(windowSize));
  if (userAgent !== undefined) options.set(agentOption, userAgent);
  return options;
}

/** The client's side of an OACK: how the server will send and which size it announced, or what is wrong with it, as the end of a sentence. */
export function readAgreement(
  agreed: TftpOptions,
  asked: TftpOptions,
): { ok: true; terms: Terms; size: number | null } | { ok: false; problem: string } {
  for (const name of agreed.keys()) {
    if (!asked.has(name)) return { ok: false, problem: 'it agrees to an option that was not asked for' };
  }
  const terms = { ...plainTerms };
  if (agreed.has('blksize')) {
    const block = numberOf(agreed.get('blksize'), smallestBlockBytes, Number(asked.get('blksize')));
    if (block === null) return { ok: false, problem: 'its block size is none that was asked for' };
    terms.blockBytes = block;
  }
  if (agreed.has('windowsize')) {
    const window = numberOf(agreed.get('windowsize'), 1, Number(asked.get('windowsize')));
    if (window === null) return { ok: false, problem: 'its window is none that was asked for' };
    terms.windowSize = window;
  }
  return { ok: true, terms, size: numberOf(agreed.get('tsize'), 0, Number.MAX_SAFE_INTEGER) };
}

/** A number in ASCII digits between two bounds; `null` for anything else. */
function numberOf(text: string | undefined, least: number, most: number): number | null {
  if (text === undefined || !/^\d{1,16}$/.test(text)) return null;
  const value = Number(text);
  return value >= least && value <= most ? value : null;
}
