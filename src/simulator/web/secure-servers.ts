import type http from 'node:http';
import type { Server as HttpsServer, ServerOptions } from 'node:https';
import https from 'node:https';
import type { Behavior } from '../behavior/behavior.js';
import type { PhoneSpec } from '../scenario/scenario.js';
import { certificateFor, certificateKey } from './certificate.js';

/** Servers cached for the next connection; a server in use lives on by its connections. */
const MOST_KEPT = 256;

const TLS: Readonly<Record<Behavior['tls'], ServerOptions>> = {
  modern: {},
  // Old clients and servers agree on less than the library's defaults allow.
  old: { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
};

/** An https server for each certificate, made when a device first needs it. None of them listens. */
export class SecureServers {
  readonly #servers = new Map<string, Promise<HttpsServer>>();
  readonly #prepare: (server: HttpsServer) => void;
  readonly #handler: http.RequestListener;

  constructor(handler: http.RequestListener, prepare: (server: HttpsServer) => void) {
    this.#handler = handler;
    this.#prepare = prepare;
  }

  /** The one that shows this device's certificate. */
  for(spec: PhoneSpec): Promise<HttpsServer> {
    const key = certificateKey(spec);
    const found = this.#servers.get(key) ?? this.#make(spec);
    this.#servers.delete(key);
    this.#servers.set(key, found);
    const [oldest] = this.#servers.keys();
    if (this.#servers.size > MOST_KEPT && oldest !== undefined) this.#servers.delete(oldest);
    return found;
  }

  async #make(spec: PhoneSpec): Promise<HttpsServer> {
    const pem = await certificateFor(spec);
    const server = https.createServer({ ...pem, ...TLS[spec.behavior.tls] }, this.#handler);
    this.#prepare(server);
    server.on('tlsClientError', () => undefined);
    return server;
  }
}
