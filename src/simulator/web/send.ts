import type { ServerResponse } from 'node:http';
import type { SimulatedTime } from '../clock.js';
import type { Device } from '../devices/device.js';
import { hostileHeader } from '../hostile-text.js';
import type { Reply } from '../devices/http.js';

/** Number of pieces of a slow body, and the simulated seconds they take in all. */
const SLOW_PIECES = 20;
const SLOW_SECONDS = 10;

/** Sends a reply as this device's web server does: with a length, in chunks or neither; closing or not; at once or in dribbles. */
export function send(
  device: Device,
  time: SimulatedTime,
  method: string,
  reply: Reply,
  response: ServerResponse,
): void {
  const { behavior } = device;
  if (reply.drop === true) {
    response.socket?.destroy();
    return;
  }
  const headers: Record<string, string | number> = { ...reply.headers, 'Cache-Control': 'must-revalidate, no-store' };
  const server = hostileHeader(behavior.hostileText);
  if (server !== '') headers['Server'] = server;
  const closes = behavior.closesConnection || behavior.missingContentLength;
  if (closes) response.shouldKeepAlive = false;
  if (behavior.missingContentLength) {
    // HTTP/1.1 without a length would be chunked, which these servers do not know.
    response.useChunkedEncodingByDefault = false;
    response.removeHeader('Transfer-Encoding');
  } else if (!behavior.chunked) headers['Content-Length'] = reply.body.length;
  response.writeHead(reply.status, headers);
  if (method === 'HEAD') response.end();
  else if (behavior.slow) dribble(time, reply.body, response);
  else if (behavior.chunked) inChunks(reply.body, response);
  else response.end(reply.body);
}

/** Several chunks of odd sizes, so that chunk boundaries fall anywhere. */
function inChunks(body: Buffer, response: ServerResponse): void {
  for (let start = 0, size = 7; start < body.length; start += size, size = ((size * 31) % 8191) + 1)
    response.write(body.subarray(start, start + size));
  response.end();
}

function dribble(time: SimulatedTime, body: Buffer, response: ServerResponse): void {
  const size = Math.max(1, Math.ceil(body.length / SLOW_PIECES));
  let sent = 0;
  const next = (): void => {
    if (response.destroyed) return;
    const piece = body.subarray(sent, sent + size);
    sent += piece.length;
    if (sent >= body.length) response.end(piece);
    else {
      response.write(piece);
      time.after(SLOW_SECONDS / SLOW_PIECES, next);
    }
  };
  next();
}
