import type net from 'node:net';
import tls from 'node:tls';
import { generate } from 'selfsigned';
import type { Answer } from './raw-server.js';

export interface Pem {
  key: string;
  cert: string;
}

let made: Promise<Pem> | undefined;

/** A certificate as phones have: self-signed here, named by model and MAC, not by address. Made once. */
export function certified(): Promise<Pem> {
  made ??= generate([{ name: 'commonName', value: 'CP-8841-SEP00CCFC123456' }], {
    keyType: 'ec',
    algorithm: 'sha256',
  }).then(({ private: key, cert }) => ({ key, cert }));
  return made;
}

/** A certificate of its own making, named and dated as given. */
export async function certificateFor(
  commonName: string,
  more: Pick<NonNullable<Parameters<typeof generate>[1]>, 'notBeforeDate' | 'notAfterDate' | 'extensions' | 'ca'> = {},
): Promise<Pem> {
  const named = [{ name: 'commonName', value: commonName }];
  const { ca, ...rest } = more;
  const made = await generate(named, { keyType: 'ec', algorithm: 'sha256', ...(ca ? { ca } : {}), ...rest });
  return { key: made.private, cert: made.cert };
}

export interface SecureServer {
  port: number;
  requests: string[];
  callers: net.Socket[];
  /** From the next connection on it shows another certificate. */
  show(pem: Pem): void;
  quiet(): Promise<void>;
  close(): Promise<void>;
}

/** Speaks TLS and answers whole requests; counts TCP connections, also those that never get through the handshake. */
export async function secureServer(answer: Answer, options: tls.TlsOptions = {}): Promise<SecureServer> {
  const requests: string[] = [];
  const callers: net.Socket[] = [];
  const server = tls.createServer({ ...(await certified()), ...options }, (socket) => {
    let text = '';
    const caller = { number: callers.length, socket, requests };
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
        requests.push(text.slice(0, end));
        text = text.slice(end + 4);
        answer(requests.at(-1) ?? '', caller);
      }
    });
  });
  server.on('tlsClientError', () => {});
  server.on('connection', (socket: net.Socket) => {
    callers.push(socket);
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    requests,
    callers,
    show: (pem) => server.setSecureContext(pem),
    quiet: async () => {
      for (const socket of callers) if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
    },
    close: () => {
      for (const socket of callers) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
