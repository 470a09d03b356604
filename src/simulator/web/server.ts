import type { IncomingMessage, ServerResponse } from 'node:http';
import http from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import net from 'node:net';
import type { Device } from '../devices/device.js';
import { register } from './connections.js';
import { SecureServers } from './secure-servers.js';

/** Which device lives at an address now. */
export type FindDevice = (address: string) => Device | undefined;

/** Called for each request that a device received. */
export type OnDeviceRequest = (
  device: Device,
  port: 'http' | 'https',
  request: IncomingMessage,
  response: ServerResponse,
) => void;

/** What a TLS server says to a client that does not speak TLS: a fatal handshake_failure alert. */
const TLS_ALERT = Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28]);
const TLS_HANDSHAKE = 0x16;

/**
 * The two ports that serve the whole network. A plain socket listens; the local address tells which device is meant.
 * A connection to an address without a device is reset before a byte is sent; the HTTP library sees only the others.
 */
export class WebServer {
  readonly #sockets = new Set<Socket>();
  readonly #plain: http.Server;
  readonly #ports: net.Server[] = [];
  readonly #secure: SecureServers;
  readonly #find: FindDevice;
  readonly #onRequest: OnDeviceRequest;

  constructor(find: FindDevice, onRequest: OnDeviceRequest) {
    this.#find = find;
    this.#onRequest = onRequest;
    this.#secure = new SecureServers(this.#handler('https'), prepared);
    this.#plain = prepared(http.createServer(this.#handler('http')));
  }

  /** Listens, and resolves with the port. Rejects when it is taken. */
  async listen(kind: 'http' | 'https', port: number, host: string): Promise<number> {
    const server = net.createServer((socket) => this.#accept(kind, socket));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port, host, backlog: 4096 }, resolve);
    });
    this.#ports.push(server);
    return (server.address() as AddressInfo).port;
  }

  /** Stops listening and destroys every connection. */
  async close(): Promise<void> {
    const closed = this.#ports.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(closed);
  }

  #accept(kind: 'http' | 'https', socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => undefined);
    const device = this.#find(socket.localAddress ?? '');
    if (device === undefined || !device.answersOn(kind)) {
      socket.resetAndDestroy();
      return;
    }
    register(device, kind, socket, () => this.#serve(kind, device, socket));
  }

  #serve(kind: 'http' | 'https', device: Device, socket: Socket): void {
    const fault = device.behavior.web;
    if (kind === 'http' && fault === 'tls-on-http') void this.#speakTls(device, socket);
    else if (kind === 'http' || fault === 'plain-on-https') this.#plain.emit('connection', socket);
    else void this.#secure.for(device.spec).then((server) => server.emit('connection', socket));
  }

  /** TLS for clients that speak it, an alert for the others. */
  async #speakTls(device: Device, socket: Socket): Promise<void> {
    const server = await this.#secure.for(device.spec);
    socket.once('readable', () => {
      const first = socket.read() as Buffer | null;
      if (first === null) return;
      if (first[0] !== TLS_HANDSHAKE) {
        socket.end(TLS_ALERT);
        return;
      }
      socket.unshift(first);
      server.emit('connection', socket);
    });
  }

  #handler(port: 'http' | 'https'): http.RequestListener {
    return (request, response) => {
      const device = this.#find(request.socket.localAddress ?? '');
      if (device === undefined) request.socket.destroy();
      else this.#onRequest(device, port, request, response);
    };
  }
}

/** Phones send neither `Server` nor `Date`, and keep a connection open for long. */
function prepared<T extends http.Server | HttpsServer>(server: T): T {
  server.keepAliveTimeout = 0;
  server.headersTimeout = 0;
  server.requestTimeout = 0;
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    else socket.destroy();
  });
  return server;
}
