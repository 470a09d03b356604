import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { sleep } from '../../domain/ports/clock.js';
import { plainAddress } from '../../domain/network/plain-address.js';
import { respond, type Responding } from './respond.js';

/** For the lines and headers of a request, and between two requests on one connection (ms). */
const requestMs = 15_000;
const idleMs = 10_000;
/** What is under way has so long (ms) to end. */
const mostClosingMs = 2_000;
/** How much of all connections one address may have: a site with many phones may be behind one, and still leaves some to others. */
const shareOfClient = 0.75;

export interface HttpOptions extends Responding {
  address: string;
  /** 0 for any free one. */
  port: number;
  /** Connections at once. */
  mostConnections: number;
  /** Tells that connections are refused. */
  onTooMany: (client: string, most: number) => void;
}

export interface HttpServer {
  readonly port: number;
  /** Ends within two seconds, open connections at once. Whoever calls it has aborted `signal`. */
  close(): Promise<void>;
}

/**
 * Serves files over HTTP/1.1. Rejects with Node's error if it cannot listen.
 *
 * By Node's own server: it sends the same files at 1.7 times the rate of fastify with its plugin for static files, which opens files by their paths
 * (through links, too) and so could neither send what is held in the store nor see that a file changes under it.
 */
export async function startHttpServer(options: HttpOptions): Promise<HttpServer> {
  const { address, port, mostConnections, onTooMany } = options;
  const running = new Set<Promise<void>>();
  const server = createServer(
    {
      requestTimeout: requestMs,
      headersTimeout: requestMs,
      keepAliveTimeout: idleMs,
      connectionsCheckingInterval: 5_000,
    },
    (request, response) => {
      const responding = respond(request, response, options).finally(() => running.delete(responding));
      running.add(responding);
    },
  );
  server.maxConnections = mostConnections;
  const mostPerClient = Math.floor(mostConnections * shareOfClient);
  const perClient = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const client = plainAddress(socket.remoteAddress ?? '');
    options.contacts.connected(client);
    const open = (perClient.get(client) ?? 0) + 1;
    perClient.set(client, open);
    socket.once('close', () => {
      const left = (perClient.get(client) ?? 1) - 1;
      if (left > 0) perClient.set(client, left);
      else perClient.delete(client);
    });
    if (open <= mostPerClient) return;
    onTooMany(client, mostPerClient);
    socket.destroy();
  });
  server.on('drop', (dropped?: { remoteAddress?: string }) => {
    options.contacts.missed();
    onTooMany(plainAddress(dropped?.remoteAddress ?? 'somebody'), mostConnections);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: address, backlog: 1_024 }, () => {
      server.off('error', reject);
      // A connection that cannot be accepted costs one phone a retry.
      server.on('error', () => {});
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      // What each has come to is told and stored before the server counts as ended.
      const waited = new AbortController();
      await Promise.race([
        Promise.allSettled([closed, ...running]),
        sleep(options.clock, mostClosingMs, waited.signal),
      ]);
      waited.abort();
    },
  };
}
