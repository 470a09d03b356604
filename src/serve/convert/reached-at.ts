import { addressTowards } from '../addresses.js';
import type { FileRequest } from '../source.js';

/** How a client reaches our HTTP server: `http://10.0.0.5:6970`; `null` where that is not known. */
export type ReachedAt = (request: FileRequest) => Promise<string | null>;

export interface Places {
  /** What phones are told instead of the address that they came to; `null`: none. Without a port ours counts. */
  advertised: { host: string; port: number | null } | null;
  /** The one address that we listen at; `null`: all. */
  address: string | null;
  /** The port that our HTTP server listens at; `null` until it does. */
  httpPort: () => number | null;
}

/** The address that a client came to; over TFTP the one that we listen at, else the one that our packets to it leave from by this machine's routes. */
export function reachedAt({ advertised, address, httpPort }: Places): ReachedAt {
  return async ({ reached, client }) => {
    const port = advertised?.port ?? reached?.port ?? httpPort();
    const host = advertised?.host ?? reached?.address ?? address ?? (await addressTowards(client));
    if (host === null || port === null) return null;
    return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  };
}
