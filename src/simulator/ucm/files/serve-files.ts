import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import net from 'node:net';
import { startTftpServer } from '../../../tftp/server.js';
import type { TftpServer } from '../../../tftp/serving.js';
import { machineClock } from '../../clock.js';
import type { Certificate } from '../../web/certificate.js';
import type { UcmLog } from '../log.js';
import type { UcmSpec } from '../spec.js';
import type { UcmFiles } from './ucm-files.js';

/** Where the files are served. */
export interface FilesPorts {
  /** HTTP and HTTPS, told apart by the first byte. */
  port: number;
  /** UDP: the same number, where that is free. */
  tftpPort: number;
  close(): Promise<void>;
}

const TLS_HANDSHAKE = 0x16;

/**
 * Serves the files of a cluster over HTTP, HTTPS and TFTP without a password. GET only: whether Unified CM answers HEAD or ranges is not known.
 * Rejects when a port is taken; nothing is then left open.
 */
export async function serveFiles(
  spec: UcmSpec,
  files: UcmFiles,
  certificate: Certificate,
  { port, host, nodeAt, log }: { port: number; host: string; nodeAt: (address: string) => number; log: UcmLog },
): Promise<FilesPorts> {
  const sockets = new Set<Socket>();
  const answer: http.RequestListener = (request, response) => {
    const node = nodeAt(request.socket.localAddress ?? '');
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const name = decoded(path.replace(/^\//, ''));
    request.resume();
    if (!isServing(spec, files, node, 'http')) return void request.socket.destroy();
    const body = request.method === 'GET' ? files.read(name, node) : null;
    const status = request.method === 'GET' ? (body === null ? 404 : 200) : 405;
    log.add({ service: 'files', operation: request.method ?? '', device: name, status });
    response.writeHead(status, { 'Content-Type': 'application/octet-stream', 'Content-Length': body?.length ?? 0 });
    response.end(body ?? undefined);
  };
  const plain = http.createServer(answer);
  const secure = https.createServer({ key: certificate.key, cert: certificate.cert }, answer);
  for (const server of [plain, secure]) server.on('clientError', (_error, socket) => socket.destroy());
  secure.on('tlsClientError', () => undefined);
  const door = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.once('readable', () => {
      const first = socket.read() as Buffer | null;
      if (first === null) return;
      socket.unshift(first);
      (first[0] === TLS_HANDSHAKE ? secure : plain).emit('connection', socket);
    });
  });
  await new Promise<void>((resolve, reject) => {
    door.once('error', reject);
    door.listen({ port, host, backlog: 1024 }, resolve);
  });
  const listening = (door.address() as AddressInfo).port;
  const closeDoor = (): Promise<void> =>
    new Promise((resolve) => {
      door.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  try {
    const tftp = await startTftp(spec, files, listening, port === 0, log);
    const close = async (): Promise<void> => {
      await Promise.all([closeDoor(), tftp.close()]);
    };
    return { port: listening, tftpPort: tftp.port, close };
  } catch (error) {
    await closeDoor();
    throw error;
  }
}

/** At the same number as HTTP; where any will do and that one is taken, at another. */
async function startTftp(
  spec: UcmSpec,
  files: UcmFiles,
  port: number,
  isAny: boolean,
  log: UcmLog,
): Promise<TftpServer> {
  const node = Math.max(
    0,
    spec.nodes.findIndex(({ tftp }) => tftp),
  );
  const options = {
    address: '127.0.0.1',
    clock: machineClock,
    open: (name: string) => {
      const body = isServing(spec, files, node, 'tftp') ? files.read(name.replace(/^\//, ''), node) : null;
      log.add({ service: 'tftp', operation: 'RRQ', device: name, status: body === null ? 404 : 200 });
      return Promise.resolve(
        body === null
          ? null
          : {
              size: body.length,
              read: (offset: number, length: number) => Promise.resolve(body.subarray(offset, offset + length)),
              close: () => Promise.resolve(),
            },
      );
    },
  };
  try {
    return await startTftpServer({ ...options, port });
  } catch (error) {
    if (!isAny || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return startTftpServer({ ...options, port: 0 });
  }
}

function isServing(spec: UcmSpec, files: UcmFiles, node: number, over: 'http' | 'tftp'): boolean {
  const { filesOver } = spec.flags;
  if (filesOver !== 'both' && filesOver !== over) return false;
  return spec.nodes[node]?.tftp === true && !files.stateOf(node).isRestarting;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
