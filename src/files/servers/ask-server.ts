import { checksAgent } from '../../domain/network/checks-agent.js';
import { codeOf, messageOf } from '../../domain/text/error-reason.js';
import { isLocalShortage } from '../../domain/failures/failure-codes.js';
import { fetchTftp } from '../../tftp/client.js';
import { isTransportError, toTransportError, TransportError } from '../../transport/errors/transport-error.js';
import type { DownloadOptions } from './download.js';

/** A file that nobody needs to have: any response shows that the server is there. Unified CM has this one. */
const anyFile = 'XMLDefault.cnf.xml';

/**
 * Asks a file server whether it is there. Whatever it answers (404 too) shows that it is.
 * @param server http, https or tftp, with or without a path
 * @returns `null`, also where a shortage of this machine kept the question from being asked; or what is wrong and what helps, as the end of a
 * sentence
 */
export async function askServer(server: URL, options: DownloadOptions): Promise<string | null> {
  const ask = (): Promise<string | null> => (server.protocol === 'tftp:' ? askTftp : askHttp)(server, options);
  try {
    return await (options.sockets?.patiently(ask) ?? ask());
  } catch (error) {
    // Nothing is known about the server.
    if (isTransportError(error) && isLocalShortage(error)) return null;
    throw error;
  }
}

/** HEAD first, GET too where that is not answered; both within one deadline. @throws TransportError for a local shortage */
async function askHttp(server: URL, options: DownloadOptions): Promise<string | null> {
  const problem = await eitherMethod(server, options);
  if (problem === null) return null;
  if (isLocalShortage(problem)) throw problem;
  return `${problem.message}; ${adviceFor(problem)}`;
}

const mayDependOnMethod: ReadonlySet<string> = new Set([
  'response-timeout',
  'connection-lost',
  'connect-reset',
  'malformed-response',
] as const);

/** GET begins when HEAD has failed, or has not been answered for half of the time; the first answer counts. */
async function eitherMethod(server: URL, options: DownloadOptions): Promise<TransportError | null> {
  const { clock, timeoutMs } = options;
  const end = new AbortController();
  const cancelEnd = clock.after(timeoutMs, () => end.abort());
  const half = new AbortController();
  const cancelHalf = clock.after(timeoutMs / 2, () => half.abort());
  try {
    const head = request('HEAD', server, options, end.signal);
    const first = await Promise.race([head, aborted(half.signal)]);
    // What is wrong with a name, a port or a certificate is so for GET too.
    if (first === null || (first !== 'aborted' && !mayDependOnMethod.has(first.code))) return first;
    const get = request('GET', server, options, end.signal);
    return await Promise.race([get, answered(head)]);
  } finally {
    cancelEnd();
    cancelHalf();
    end.abort();
  }
}

/** Resolves with `null` if there is an answer, else never. */
function answered(asked: Promise<TransportError | null>): Promise<null> {
  return new Promise((resolve) => void asked.then((problem) => problem === null && resolve(null)));
}

function aborted(signal: AbortSignal): Promise<'aborted'> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve('aborted')));
}

async function request(
  method: 'HEAD' | 'GET',
  server: URL,
  { fetch, timeoutMs }: DownloadOptions,
  end: AbortSignal,
): Promise<TransportError | null> {
  const controller = new AbortController();
  const signal = AbortSignal.any([controller.signal, end]);
  try {
    const headers = { 'user-agent': checksAgent };
    const response = await fetch(server.href, { method, redirect: 'manual', signal, headers });
    await response.body?.cancel();
    return null;
  } catch (error) {
    return end.aborted ? silent(timeoutMs) : problemOf(error, timeoutMs);
  } finally {
    controller.abort();
  }
}

function silent(timeoutMs: number): TransportError {
  return new TransportError('response-timeout', `it did not answer within ${timeoutMs} ms`);
}

/** The error of `fetch`, which only says that it failed: its causes have the reason. */
function problemOf(error: unknown, timeoutMs: number): TransportError {
  for (let at = error, depth = 0; typeof at === 'object' && at !== null && depth < 5; depth += 1) {
    const code = codeOf(at);
    if (code !== null && /^UND_ERR_\w+_TIMEOUT$/.test(code)) return silent(timeoutMs);
    // Ports of other protocols, such as 69 or 6000, to which no `fetch` speaks.
    if (messageOf(at) === 'bad port')
      return new TransportError('wrong-protocol', 'its port is one that HTTP is not spoken on');
    if (code !== null || (at as { name?: unknown }).name === 'HTTPParserError') return toTransportError(at, 0);
    at = 'cause' in at ? at.cause : null;
  }
  return toTransportError(error, 0);
}

function adviceFor({ code, message }: TransportError): string {
  switch (code) {
    case 'certificate-untrusted':
      return message.includes('ERR_TLS_CERT_ALTNAME_INVALID')
        ? 'name the server as its certificate does'
        : 'give its certificate, or that of its authority, with --files-ca FILE';
    case 'certificate-expired':
      return 'renew it, or correct the clock of this machine';
    case 'unresolved-host':
    case 'name-lookup-failed':
      return 'correct the name, or write an address';
    case 'wrong-protocol':
    case 'malformed-response':
      return 'check scheme and port';
    default:
      return 'start the server, or correct its address and port';
  }
}

/** @throws TransportError for a local shortage */
async function askTftp({ hostname, port }: URL, { clock, timeoutMs }: DownloadOptions): Promise<string | null> {
  const at = { host: hostname, ...(port === '' ? {} : { port: Number(port) }) };
  const result = await fetchTftp({ ...at, file: anyFile, maxBytes: 0, timeoutMs, clock, userAgent: checksAgent });
  if (result.kind !== 'unreachable') return null;
  if (result.code === null) return 'it did not answer over TFTP; start the server, or correct its address and port';
  const problem = toTransportError({ code: result.code }, 0);
  if (isLocalShortage(problem)) throw problem;
  return `${problem.message}; ${adviceFor(problem)}`;
}
