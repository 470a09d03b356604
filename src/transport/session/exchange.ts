import type { Endpoint } from '../connection/endpoint.js';
import type { TransportError } from '../errors/transport-error.js';
import type { Page } from './page.js';

/** One request with its response, as sent: redirects, requests to sign in and sign-ins are exchanges of their own. */
export interface Exchange {
  method: 'GET' | 'POST';
  path: string;
  endpoint: Endpoint;
  /** The names of headers that came with it in particular, such as `authorization`; never their values. */
  sent: readonly string[];
  /** `null` where there was no response. */
  page: Page | null;
  /** Why there was none; `null` where there was. */
  failure: TransportError | null;
  /** From the request to the end of the response, connecting included (ms). */
  tookMs: number;
}

/** Called when a request has ended. Must not throw. */
export type OnExchange = (exchange: Exchange) => void;
