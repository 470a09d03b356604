import type { TlsSettings } from '../transport/connection/connect.js';
import { trustingDispatcher } from '../transport/connection/trusting-dispatcher.js';

/** Node's own `fetch` for the file server, with the same trust in certificates as for phones. */
export function createFilesFetch(settings: TlsSettings): typeof fetch {
  const dispatcher = trustingDispatcher(settings);
  if (!dispatcher) return (input, init) => fetch(input, init);
  // `dispatcher` is undici's addition to the standard's options; Node's fetch is undici's.
  return (input, init) => fetch(input, { ...init, dispatcher } as unknown as RequestInit);
}
