import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WebFault } from '../behavior/behavior.js';
import type { SimulatedTime } from '../clock.js';
import { mulberry32 } from '../random.js';
import { drip, gzipBomb, pour } from './endless.js';

const OK = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n';
const ROWS = Buffer.alloc(16 * 1024, '<tr><td>Row:</td><td>and another</td></tr>\n');

/**
 * Sends a broken response, past the HTTP library. Returns whether the fault was one of these.
 * `reset` resets the connection below any TLS, which a TLS socket itself cannot.
 */
export function answerBadly(
  fault: WebFault,
  request: IncomingMessage,
  response: ServerResponse,
  reset: () => void,
  time: SimulatedTime,
): boolean {
  const socket = request.socket;
  switch (fault) {
    case 'hang':
      return true;
    case 'half-page':
      socket.write(`${OK}Content-Length: 160000\r\n\r\n`);
      socket.end('<html><head><title>CP-8841-3PCC Configuration Utility</title></head><body><table><tr><td>Product Na');
      return true;
    case 'garbage':
      socket.end(garbage(2048));
      return true;
    case 'endless-body':
      socket.write(`${OK}Connection: close\r\n\r\n<html><body>`);
      pour(socket, ROWS);
      return true;
    case 'huge-headers':
      socket.write(OK);
      for (let index = 0; index < 20; index += 1) socket.write(`X-Filler-${index}: ${'x'.repeat(1010)}\r\n`);
      socket.end('Content-Length: 2\r\n\r\nok');
      return true;
    case 'redirect-loop': {
      const turn = Number(/[?&]turn=(\d+)/.exec(request.url ?? '')?.[1] ?? 0) + 1;
      const path = (request.url ?? '/').split('?')[0] ?? '/';
      response.writeHead(302, { Location: `${path}?turn=${turn}`, 'Content-Length': 0 }).end();
      return true;
    }
    case 'empty-200':
      response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Length': 0 }).end();
      return true;
    case 'reset-after-request':
      reset();
      return true;
    case 'drip':
      drip(socket, time, `${OK}Content-Length: 160000\r\n\r\n<html><head><title>`, 'x');
      return true;
    case 'drip-headers':
      drip(socket, time, `${OK}X-Filler: `, 'x');
      return true;
    case 'endless-chunk':
      socket.write(`${OK}Transfer-Encoding: chunked\r\n\r\nFFFFFFFFF\r\n`);
      pour(socket, ROWS);
      return true;
    case 'many-headers':
      socket.write(OK);
      for (let index = 0; index < 5000; index += 1) socket.write(`X-${index}: y\r\n`);
      socket.end('Content-Length: 2\r\n\r\nok');
      return true;
    case 'gzip-bomb': {
      const body = gzipBomb();
      const headers = { 'Content-Type': 'text/html', 'Content-Encoding': 'gzip', 'Content-Length': body.length };
      // Sent by the library: the response is complete, so a client may reuse the connection.
      response.writeHead(200, headers).end(body);
      return true;
    }
    case 'informational-flood':
      pour(socket, Buffer.from('HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n'.repeat(100)));
      return true;
    case 'ok':
    case 'off':
    case 'tls-on-http':
    case 'plain-on-https':
      return false;
  }
}

/** Bytes that no HTTP response begins with: the first is above 127. */
function garbage(length: number): Buffer {
  const random = mulberry32(length);
  const bytes = Buffer.alloc(length);
  for (let index = 0; index < length; index += 1) bytes[index] = Math.floor(random() * 256);
  bytes[0] = 0xf7;
  return bytes;
}
