import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { ByteRates } from '../../domain/pacing/byte-rates.js';
import type { Clock } from '../../domain/ports/clock.js';
import { messageOf } from '../../domain/text/error-reason.js';
import { printable } from '../../domain/text/printable.js';
import { plainAddress } from '../../domain/network/plain-address.js';
import type { Contacts } from '../contacts.js';
import { kindOf } from '../names/file-kind.js';
import { requestPath } from '../names/request-path.js';
import { type Answer, type FileRequest, type FileSource, openFrom, type OpenFile } from '../source.js';
import type { Transfers } from '../transfers/transfers.js';
import { checkConditions, isSameVersion, tagOf } from './conditions.js';
import type { Pieces } from './pieces.js';
import { readRange } from './ranges.js';
import { sendBody } from './send-body.js';

export interface Responding {
  sources: readonly FileSource[];
  allow: (address: string) => boolean;
  transfers: Transfers;
  contacts: Contacts;
  rates: ByteRates;
  pieces: Pieces;
  clock: Clock;
  /** Aborted when the server ends. */
  signal: AbortSignal;
}

/** Responds to one request. Never rejects. */
export async function respond(request: IncomingMessage, response: ServerResponse, parts: Responding): Promise<void> {
  const asked = askedBy(request);
  parts.contacts.asked(asked);
  try {
    const status = refusalBefore(request, asked, parts);
    if (status !== null) return endWith(response, status);
    const path = requestPath(request.url ?? '', 'url');
    if (path === null) {
      parts.transfers.refuse(asked, 'that is no path of a file within the folder');
      return endWith(response, 404);
    }
    asked.path = path;
    await respondWith(await openFrom(parts.sources, asked), asked, request, response, parts);
  } catch (error) {
    parts.transfers.refuse(asked, `it could not be answered (${messageOf(error)})`);
    if (response.headersSent) response.destroy();
    else endWith(response, 500);
  }
}

function askedBy(request: IncomingMessage): FileRequest {
  const { localAddress, localPort } = request.socket;
  return {
    path: (request.url ?? '').slice(0, 300),
    client: plainAddress(request.socket.remoteAddress ?? ''),
    protocol: 'http',
    userAgent: request.headers['user-agent'] ?? null,
    ...(localAddress === undefined || localPort === undefined
      ? {}
      : { reached: { address: plainAddress(localAddress), port: localPort } }),
  };
}

/** The status of a request that is refused whatever it asks for. */
function refusalBefore(request: IncomingMessage, asked: FileRequest, { allow, transfers }: Responding): number | null {
  if (!allow(asked.client)) {
    transfers.turnAway(asked);
    return 403;
  }
  if (request.method === 'GET' || request.method === 'HEAD') return null;
  transfers.refuse(asked, `${printable(request.method ?? 'the method', 20)} is not answered: files are only read here`);
  return 405;
}

async function respondWith(
  answer: Answer,
  asked: FileRequest,
  request: IncomingMessage,
  response: ServerResponse,
  parts: Responding,
): Promise<void> {
  if (answer.kind !== 'file') {
    parts.transfers.refuse(asked, answer.why ?? 'there is no such file', answer.kind === 'absent' && answer.isTold);
    return endWith(response, answer.kind === 'absent' ? 404 : answer.status);
  }
  try {
    await respondWithFile(answer.file, answer.note, asked, request, response, parts);
  } finally {
    await answer.file.close().catch(() => {});
  }
}

async function respondWithFile(
  file: OpenFile,
  note: string | null,
  asked: FileRequest,
  request: IncomingMessage,
  response: ServerResponse,
  { transfers, ...parts }: Responding,
): Promise<void> {
  const { headers, method } = request;
  const described = {
    ETag: tagOf(file),
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'no-cache',
    ...(file.modifiedAt === null ? {} : { 'Last-Modified': new Date(file.modifiedAt).toUTCString() }),
  };
  const condition = checkConditions(headers, file);
  if (condition === 'failed') {
    transfers.refuse(asked, 'the client wants another version than there is');
    return endWith(response, 412);
  }
  if (condition === 'unchanged') {
    if (method === 'GET') transfers.unchanged(asked);
    response.writeHead(304, described).end();
    return;
  }
  // Parts are of GET only (RFC 9110 §14.2).
  const wanted = method === 'GET' && isSameVersion(headers['if-range']?.toString(), file) ? headers.range : undefined;
  const range = readRange(wanted, file.size);
  if (range === 'unsatisfiable') {
    transfers.refuse(asked, `the client asks for bytes beyond the end of the file (${file.size} bytes)`);
    return endWith(response, 416, { 'Content-Range': `bytes */${file.size}` });
  }
  const { from, to } = range === 'whole' ? { from: 0, to: file.size } : range;
  response.writeHead(range === 'whole' ? 200 : 206, {
    ...described,
    'Content-Type': kindOf(asked.path) === 'settings' ? 'text/xml' : 'application/octet-stream',
    'Content-Length': to - from,
    'X-Content-Type-Options': 'nosniff',
    ...(range === 'whole' ? {} : { 'Content-Range': `bytes ${from}-${to - 1}/${file.size}` }),
  });
  if (method === 'HEAD') {
    response.end();
    return;
  }
  const sending = transfers.begin(asked, { size: file.size, version: file.version, from, to, note });
  try {
    await sendBody(response, file, { from, to }, { ...parts, client: asked.client, onSent: sending.sent });
    response.end();
    sending.end(null);
  } catch (error) {
    // The length was promised: a connection that breaks is how the client learns that it did not get all.
    response.destroy();
    sending.end(messageOf(error));
  }
}

/** Ends a response without a file. What else the client sends on this connection is not read. */
function endWith(response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  const body = Buffer.from(`${status} ${STATUS_CODES[status] ?? ''}\n`);
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': body.length,
    'X-Content-Type-Options': 'nosniff',
    ...(status === 405 ? { Allow: 'GET, HEAD' } : {}),
    ...(status === 503 ? { 'Retry-After': '30' } : {}),
    ...(status === 404 ? {} : { Connection: 'close' }),
    ...headers,
  });
  response.end(body);
}
