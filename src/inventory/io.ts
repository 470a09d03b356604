import { lookup } from 'node:dns/promises';
import { createReadStream } from 'node:fs';
import type { Clock } from '../domain/ports/clock.js';

/** What the inventory needs from the outside world. */
export interface InventoryIo {
  /** The bytes (or UTF-8 text) of a file, in pieces. A rejection with a `code` such as ENOENT becomes a UsageError. */
  readFile(path: string): AsyncIterable<Uint8Array | string>;
  /** The IPv4 addresses of a host name. Rejects when it has none, or when no name server can tell. `null`: nobody may be asked. */
  lookup: ((host: string) => Promise<readonly string[]>) | null;
  /** Times the pauses between lookups of a name about which no name server could tell anything. */
  clock: Pick<Clock, 'after'>;
}

/** Files and host names as this machine sees them: names go through the system's resolver, so /etc/hosts counts too. */
export function systemIo(clock: InventoryIo['clock']): InventoryIo {
  return {
    clock,
    readFile: (path) => createReadStream(path),
    lookup: async (host) => (await lookup(host, { family: 4, all: true })).map(({ address }) => address),
  };
}
