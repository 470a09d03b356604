import type { FlagGroup } from './flag-group.js';

/** Broken web servers, on any kind of device. */
const WEB_FAULTS = [
  'off',
  'hang',
  'half-page',
  'garbage',
  'endless-body',
  'huge-headers',
  'redirect-loop',
  'tls-on-http',
  'plain-on-https',
  'empty-200',
  'reset-after-request',
  'drip',
  'drip-headers',
  'endless-chunk',
  'many-headers',
  'gzip-bomb',
  'informational-flood',
] as const;

/** One kind of broken web server. */
export type WebFault = 'ok' | (typeof WEB_FAULTS)[number];

/** How the connection to a device behaves. */
export interface ConnectionFlags {
  /**
   * A broken web server: `off` resets every connection; the others respond badly. `drip` and `drip-headers` send a byte every three
   * simulated seconds, forever; `gzip-bomb` is a gigabyte in one megabyte.
   */
  web: WebFault;
  /** Ports that answer. `redirect`: the http port sends to https, as MPP 12.0(3) and later do. */
  scheme: 'http' | 'https' | 'both' | 'redirect';
  /** Status of that redirect; unpublished. */
  redirectStatus: 301 | 302;
  /** Where it leads: to the same phone, to the next device of the scenario, or to a port without TLS. */
  redirectTarget: 'same' | 'other-host' | 'other-port';
  /**
   * The certificate of the https port: its subject and state (docs/knowledge/multiplatform-access.md#https-and-certificates).
   * `self-signed` names the phone; the others come from the simulated manufacturing CA, which `Simulator.ca` hands out.
   */
  certificate: 'self-signed' | 'manufacturing' | 'expired' | 'other-mac' | 'no-mac';
  /** `old`: TLS 1.0 and 1.1 only, with a small RSA key and SHA-1. */
  tls: 'modern' | 'old';
  /** The body dribbles in over ten simulated seconds, but ends. */
  slow: boolean;
  /** A second connection while one is open is reset. */
  oneConnection: boolean;
  /** `Connection: close` after each response, as the SPA ancestors did. */
  closesConnection: boolean;
  /** No `Content-Length`: the body ends where the connection does. Implies `closesConnection`. */
  missingContentLength: boolean;
  /** The body comes in chunks instead of with a length; `missingContentLength` wins over it. */
  chunked: boolean;
}

/** A well-behaved connection in plain http, and every other value. */
export const CONNECTION: FlagGroup<ConnectionFlags> = {
  usual: {
    web: 'ok',
    scheme: 'http',
    redirectStatus: 302,
    redirectTarget: 'same',
    certificate: 'self-signed',
    tls: 'modern',
    slow: false,
    oneConnection: false,
    closesConnection: false,
    missingContentLength: false,
    chunked: false,
  },
  others: {
    web: WEB_FAULTS,
    scheme: ['https', 'both', 'redirect'],
    redirectStatus: [301],
    redirectTarget: ['other-host', 'other-port'],
    certificate: ['manufacturing', 'expired', 'other-mac', 'no-mac'],
    tls: ['old'],
    slow: [true],
    oneConnection: [true],
    closesConnection: [true],
    missingContentLength: [true],
    chunked: [true],
  },
};
