import http, { type IncomingHttpHeaders } from 'node:http';
import { mkdirSync } from 'node:fs';
import { systemClock } from '../../../src/conduct/system-clock.js';
import { folderSource } from '../../../src/serve/folder/folder.js';
import { type RunningServer, type ServeOptions, startServer } from '../../../src/serve/server.js';
import type { Transfer } from '../../../src/store/store-rows.js';
import { temporaryFolder } from '../../support/command/temporary-folder.js';

/** A server over a folder of a test. */
export interface Served {
  root: string;
  server: RunningServer;
  lines: string[];
  /** As they would be in the store after `close`. */
  transfers: Map<string, Transfer>;
  /** Resolves with the first line that matches. */
  line(form: RegExp): Promise<string>;
  close(): Promise<string[]>;
  url(path: string): string;
}

export async function serveFolder(options: Partial<ServeOptions> = {}): Promise<Served> {
  const folder = temporaryFolder();
  const root = folder.file('served');
  mkdirSync(root);
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const transfers = new Map<string, Transfer>();
  const server = await startServer({
    sources: [folderSource(root, systemClock)],
    ...{ address: '127.0.0.1', httpPort: 0, tftpPort: null, rates: {}, showsProgress: false },
    ...{ mostConnections: 100, mostTransfers: 50, clock: systemClock },
    keep: (rows) => {
      for (const row of rows) transfers.set(row.id, row);
      return Promise.resolve();
    },
    say: (line) => {
      lines.push(line);
      for (const look of waiting) look();
    },
    ...options,
  });
  return {
    ...{ root, server, lines, transfers },
    line: (form) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = lines.find((line) => form.test(line));
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    url: (path) => `http://127.0.0.1:${server.httpPort ?? 0}${path}`,
    close: async () => {
      const cutOff = await server.close();
      folder.remove();
      return cutOff;
    },
  };
}

export interface Got {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** One request as it is written, without anything made better on the way. Rejects for a body that breaks off. */
export function get(
  url: string,
  {
    path,
    method = 'GET',
    headers = {},
    from,
  }: { path?: string; method?: string; headers?: object; from?: string } = {},
): Promise<Got> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      url,
      {
        ...{ method, headers: { ...headers }, agent: false },
        ...(path === undefined ? {} : { path }),
        ...(from === undefined ? {} : { localAddress: from }),
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(parts).toString('latin1'),
          }),
        );
      },
    );
    request.on('error', reject);
    request.end();
  });
}
