import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { WebFault } from '../behavior.js';
import { mulberry32 } from '../random.js';

/**
 * Answers a request in a broken way, past the HTTP library. Answers whether the fault was one of these.
 * `reset` resets the connection below any TLS, which a TLS socket itself cannot.
 */
export function answerBadly(
  fault: WebFault,
  request: IncomingMessage,
  response: ServerResponse,
  reset: () => void,
): boolean {
  const socket = request.socket;
  switch (fault) {
    case 'hang':
      return true;
    case 'half-page':
      socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 160000\r\n\r\n');
      socket.end('<html><head><title>CP-8841-3PCC Configuration Utility</title></head><body><table><tr><td>Product Na');
      return true;
    case 'garbage':
      socket.end(garbage(2048));
      return true;
    case 'endless-body':
      socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html><body>');
      pour(socket);
      return true;
    case 'huge-headers':
      socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n');
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
    case 'ok':
    case 'off':
    case 'tls-on-http':
    case 'plain-on-https':
      return false;
  }
}

/** Bytes that begin like no HTTP answer: the first is above 127. */
function garbage(length: number): Buffer {
  const random = mulberry32(length);
  const bytes = Buffer.alloc(length);
  for (let index = 0; index < length; index += 1) bytes[index] = Math.floor(random() * 256);
  bytes[0] = 0xf7;
  return bytes;
}

/** Writes for as long as the other side reads. What it does not take is not produced. */
function pour(socket: Socket): void {
  const chunk = Buffer.alloc(16 * 1024, '<tr><td>Row:</td><td>and another</td></tr>\n');
  const more = (): void => {
    if (socket.destroyed || !socket.writable) return;
    if (socket.write(chunk)) setImmediate(more);
    else socket.once('drain', more);
  };
  more();
}
