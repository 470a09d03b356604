import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, SocketAddress } from 'node:net';
import { printable } from '../domain/text/printable.js';
import { attempt, type AttemptParts, unreachable } from './attempt.js';
import type { TftpRequest, TftpResult } from './fetching.js';
import { askFor } from './options.js';
import { plainAddress } from '../domain/network/plain-address.js';

const tftpPort = 69;
/** Fits into one Ethernet frame, also within a tunnel. */
const usualBlockBytes = 1428;

/**
 * Fetches a file over TFTP, or asks only whether a server has it and how large it is. Never rejects.
 *
 * Options (RFC 2347) are asked for and never needed: a server that ignores them, agrees to some of them, or refuses a request because of them is
 * asked without. What came from another server, or twice, or too late changes nothing (RFC 1350 §4, RFC 7440 §4).
 */
export async function fetchTftp(request: TftpRequest): Promise<TftpResult> {
  const { clock, timeoutMs, signal, port = tftpPort } = request;
  const host = request.host.replace(/^\[(.*)\]$/, '$1');
  const name = `${printable(request.host)}:${port}`;
  const problem = problemOf(request.file, port);
  if (problem !== null) {
    return { kind: 'unreachable', code: 'ERR_INVALID_ARG_VALUE', message: `${name} was not asked: ${problem}.` };
  }
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  let isLate = false;
  const cancel = clock.after(timeoutMs, () => {
    isLate = true;
    stop.abort();
  });
  signal?.addEventListener('abort', abort);
  if (signal?.aborted) abort();
  try {
    const result = await transfer(request, { host, port, name, signal: stop.signal });
    if (result.kind !== 'unreachable') return result;
    if (signal?.aborted) return { kind: 'unreachable', code: 'ABORT_ERR', message: `${name} was no longer asked.` };
    return isLate ? { ...result, message: result.message.replace(/\.$/, ` within ${timeoutMs} ms.`) } : result;
  } finally {
    cancel();
    signal?.removeEventListener('abort', abort);
  }
}

/** What keeps a request from being sent, as the end of a sentence. */
function problemOf(file: string, port: number): string | null {
  if (file === '' || file.includes('\0')) return 'a file name for TFTP has at least one character, and no NUL';
  return Number.isInteger(port) && port > 0 && port <= 65535 ? null : 'a port is a number from 1 to 65535';
}

async function transfer(
  { file, maxBytes, blockBytes = usualBlockBytes, windowSize = 1, userAgent, clock, lookup = lookUp }: TftpRequest,
  { host, port, name, signal }: { host: string; port: number; name: string; signal: AbortSignal },
): Promise<TftpResult> {
  let address: string | null;
  try {
    address = isIP(host) === 0 ? await unlessAborted(lookup(host), signal) : host;
  } catch (error) {
    return unreachable(`${name} could not be looked up`, error);
  }
  if (address === null) {
    return { kind: 'unreachable', code: 'EAI_AGAIN', message: `${name} could not be looked up.` };
  }
  // For the size alone the rest makes no difference.
  const options = askFor(maxBytes === 0 ? { blockBytes: 512, windowSize: 1 } : { blockBytes, windowSize }, userAgent);
  const parts: AttemptParts = {
    server: { address: asReceived(address), port },
    name,
    file,
    maxBytes,
    options,
    clock,
    signal,
  };
  const first = await attempt(parts);
  if (first.perhaps !== 'options' || signal.aborted) return first.result;
  return (await attempt({ ...parts, options: new Map() })).result;
}

/** An address as the socket names the sender of a packet. */
function asReceived(address: string): string {
  const plain = plainAddress(address);
  return isIP(plain) === 6 && !plain.includes('%')
    ? new SocketAddress({ address: plain, family: 'ipv6' }).address
    : plain;
}

/** IPv4 first: that is what phones are served at. */
function lookUp(host: string): Promise<{ address: string }> {
  return systemLookup(host, { verbatim: false });
}

/** `null` if the signal comes first: a lookup cannot be called off. */
async function unlessAborted(found: Promise<{ address: string }>, signal: AbortSignal): Promise<string | null> {
  const aborted = new Promise<null>((resolve) => {
    if (signal.aborted) resolve(null);
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });
  return (await Promise.race([found, aborted]))?.address ?? null;
}
