import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Log, silentLog } from '../../domain/ports/log.js';
import type { SettingsOffer, SettingsOffers } from '../../domain/ports/settings-offer.js';
import { codeOf } from '../../domain/text/error-reason.js';
import { UsageError } from '../../domain/text/usage-error.js';

/** Where phones are told to fetch their settings, and where we listen. */
export interface ServeAt {
  /** A name or IPv4 address that the phones can reach. */
  host: string;
  /** `null`: any free port. */
  port: number | null;
}

export interface SettingsServerOptions {
  /** `null`: each phone is told our end of its own connection. */
  serveAt?: ServeAt | null;
  log?: Log;
  /** Most connections at once; 256 unless given. */
  mostConnections?: number;
  /** Where to listen: on all addresses unless given. */
  listenOn?: string;
  /** An unguessable text for use in a path. */
  secret?: () => string;
}

/** Serves small settings files to phones, each to one phone and only for as long as it is offered. */
export interface SettingsServer extends SettingsOffers {
  readonly port: number;
  /** Ends at once, open connections too. */
  close(): Promise<void>;
}

/** What is offered, and to whom. */
interface Offered {
  document: Buffer;
  phone: string;
  fetched: number;
}

/** A phone requests one small file; a client that takes longer (ms) is not a phone. */
const patience = 10_000;
const usualConnections = 256;

/**
 * Listens for phones that were told to fetch their settings (docs/knowledge/multiplatform-settings.md#a-profile-pushed-or-pulled).
 * What is not on offer, or not to this client address, gets one and the same response, so that nothing can be learned by trying.
 * @throws UsageError when the port cannot be had
 */
export async function openSettingsServer(options: SettingsServerOptions = {}): Promise<SettingsServer> {
  const { serveAt = null, log = silentLog, listenOn = '0.0.0.0', mostConnections = usualConnections } = options;
  const secret = options.secret ?? (() => randomBytes(24).toString('hex'));
  const offers = new Map<string, Offered>();
  const server = createServer({ requestTimeout: patience, headersTimeout: patience }, (request, response) =>
    answer(request, response, offers, log),
  );
  server.maxConnections = mostConnections;
  await listening(server, serveAt?.port ?? 0, listenOn);
  // A connection that cannot be accepted (no more file descriptors) affects one phone, not the run.
  server.on('error', (error) => log.warn('a connection for settings could not be accepted', { error: error.message }));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    offer: (document, phone, ourAddress): SettingsOffer => {
      const path = `/settings/${secret()}.xml`;
      const offered: Offered = { document: Buffer.from(document), phone: plainAddress(phone), fetched: 0 };
      offers.set(path, offered);
      return {
        url: `http://${serveAt?.host ?? plainAddress(ourAddress)}:${port}${path}`,
        get fetched() {
          return offered.fetched;
        },
        withdraw: () => void offers.delete(path),
      };
    },
    close: () => {
      offers.clear();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  offers: ReadonlyMap<string, Offered>,
  log: Log,
): void {
  const from = plainAddress(request.socket.remoteAddress ?? '');
  const offered = offers.get(request.url ?? '');
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  response.setHeader('Connection', 'close');
  if (!offered || offered.phone !== from || !isRead) {
    log.info('a request for settings that are not on offer to this address', { from });
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'Content-Type': 'text/xml; charset=utf-8', 'Content-Length': offered.document.length });
  response.end(request.method === 'HEAD' ? undefined : offered.document, () => {
    if (request.method !== 'GET') return;
    offered.fetched += 1;
    log.info('a phone fetched its settings', { address: from });
  });
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const code = codeOf(error) ?? 'unknown error';
      reject(
        new UsageError(
          `Port ${port} cannot be listened on for phones to fetch their settings (${code}); choose another with --serve-at HOST:PORT.`,
          { cause: error },
        ),
      );
    });
    server.listen(port, host, resolve);
  });
}

/** IPv4, also where it is written as IPv6. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
