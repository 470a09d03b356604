import { lookup } from 'node:dns/promises';
import { createReadStream } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { InventoryIo } from './target.js';

/** Files and names of this machine: the resolver is the system's, so /etc/hosts counts too. */
export const systemIo: InventoryIo = {
  readFile: (path) => createReadStream(path),
  lookup: async (host) => (await lookup(host, { family: 4, all: true })).map(({ address }) => address),
  pause: (ms) => setTimeout(ms),
};
