import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { parseLoad } from '../firmware.js';
import { licenseName, makeLicense } from './licenses.js';
import { imagesOf, makeImage, makeLoads, withWrongOffset } from './loads.js';
import { LOAD_FAMILIES } from '../models.js';
import { type FilesSpec, USUAL_FILES } from './files-spec.js';

/** One request to the file server. */
export interface FileRequest {
  /** Milliseconds since 1970, simulated. */
  at: number;
  method: string;
  /** Without the query. */
  path: string;
  userAgent: string;
  /** The client's address, e.g. `127.0.0.1`. */
  from: string;
  status: number;
}

/** A running file server. */
export interface FileServer {
  /** `http://127.0.0.1:6970`, without a slash at the end. */
  readonly url: string;
  readonly requests: FileRequest[];
  /** Serves this body under this name from now on, whatever the options say. */
  put(name: string, body: Buffer | string): void;
  /** Responds 404 for this name from now on. */
  remove(name: string): void;
  close(): Promise<void>;
}

/** How a file server is started. */
export interface FileServerOptions {
  /** 0 or absent: a free port. */
  port?: number;
  files?: Partial<FilesSpec>;
  /** MACs that have licenses; absent: every MAC. */
  licensedMacs?: ReadonlySet<string>;
  now?: () => number;
  /** Waits `ms` milliseconds; used for `latencyMs` and `outage`. */
  wait?: (ms: number) => Promise<void>;
}

/** A MAC that no simulated phone has: licenses for "another phone" name it. */
const ANOTHER_PHONE = '00CCFC000000';

/**
 * Serves firmware and licenses over http on 127.0.0.1. Folders and queries in a URL are ignored: the last part of
 * the path is the name. Methods other than GET and HEAD get a 405.
 */
export async function startFileServer(options: FileServerOptions = {}): Promise<FileServer> {
  const files: FilesSpec = { ...USUAL_FILES, ...options.files };
  const now = options.now ?? Date.now;
  const stored = new Map<string, Buffer | null>();
  const requests: FileRequest[] = [];
  const sockets = new Set<Socket>();

  const outage = new Outage(files.outage, options.wait);
  const server = http.createServer((request, response) => {
    if (outage.isOn) return void request.socket.destroy();
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const name = decodedName(path);
    const method = request.method ?? 'GET';
    const answer = (): void => {
      const body = stored.has(name) ? stored.get(name) : fileNamed(name, files, options.licensedMacs);
      const status = method !== 'GET' && method !== 'HEAD' ? 405 : body === undefined || body === null ? 404 : 200;
      const userAgent = request.headers['user-agent'] ?? '';
      if (status === 200 && name.endsWith('.loads') && !userAgent.startsWith('fleet-migrate')) outage.loadFetched();
      requests.push({ at: now(), method, path, userAgent, from: request.socket.remoteAddress ?? '', status });
      const content = status === 200 && body ? body : Buffer.from(`${status}\n`);
      response.writeHead(status, { 'Content-Type': 'application/octet-stream', 'Content-Length': content.length });
      response.end(method === 'HEAD' ? undefined : content);
    };
    request.resume();
    if (files.latencyMs > 0 && options.wait !== undefined) void options.wait(files.latencyMs).then(answer);
    else answer();
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    put: (name, body) => void stored.set(name, Buffer.from(body)),
    remove: (name) => void stored.set(name, null),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** The time in which the server breaks every connection off. */
class Outage {
  isOn = false;
  #loads = 0;

  constructor(
    private readonly spec: FilesSpec['outage'],
    private readonly wait: FileServerOptions['wait'],
  ) {}

  loadFetched(): void {
    this.#loads += 1;
    if (this.spec !== null && this.wait !== undefined && this.#loads === this.spec.afterLoads)
      void this.#pass(this.spec, this.wait);
  }

  async #pass(
    { delayMs, lastsMs }: NonNullable<FilesSpec['outage']>,
    wait: (ms: number) => Promise<void>,
  ): Promise<void> {
    await wait(delayMs);
    this.isOn = true;
    await wait(lastsMs);
    this.isOn = false;
  }
}

function decodedName(path: string): string {
  const last = path.slice(path.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

/** A firmware or license file as a server with those files has it; `undefined`: it has none of that name. */
export function fileNamed(
  name: string,
  files: FilesSpec,
  licensedMacs: ReadonlySet<string> | undefined,
): Buffer | undefined {
  if (name.endsWith('.lic')) return license(name, files, licensedMacs);
  if (name.endsWith('.loads')) {
    const load = name.slice(0, -'.loads'.length);
    if (!exists(load, files)) return undefined;
    const made = makeLoads(files.wrongNames.includes(load) ? `other-${name}` : name, imagesOf(load));
    return files.wrongOffsets.includes(load) ? withWrongOffset(made) : made;
  }
  if (!name.endsWith('.sbn')) return undefined;
  const isLastOf = (loads: readonly string[]): boolean => loads.some((load) => imagesOf(load).at(-1) === name);
  if (isLastOf(files.missingImages)) return undefined;
  return isLastOf(files.emptyImages) ? Buffer.alloc(0) : makeImage(name);
}

function exists(load: string, files: FilesSpec): boolean {
  const parsed = parseLoad(load);
  if (parsed === null || !LOAD_FAMILIES.has(parsed.loadFamily) || files.missingLoads.includes(load)) return false;
  return files.loads === 'all' || files.loads.includes(load);
}

function license(name: string, files: FilesSpec, licensedMacs: ReadonlySet<string> | undefined): Buffer | undefined {
  const wanted = licenseName(name);
  if (wanted === null || files.missingLicenses.includes(wanted.mac)) return undefined;
  if (licensedMacs !== undefined && !licensedMacs.has(wanted.mac)) return undefined;
  const other = wanted.direction === 'm2e' ? 'e2m' : 'm2e';
  const direction = files.wrongDirectionLicenses.includes(wanted.mac) ? other : wanted.direction;
  return makeLicense(files.foreignLicenses.includes(wanted.mac) ? ANOTHER_PHONE : wanted.mac, direction);
}
