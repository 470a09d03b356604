import tls from 'node:tls';
import { Agent, type Dispatcher } from 'undici';
import type { TlsSettings } from './connect.js';

/** What makes `fetch` trust the given authorities, or everybody; `null` where its own trust is enough. */
export function trustingDispatcher({ ca, insecure }: TlsSettings): Dispatcher | null {
  if (!insecure && ca.length === 0) return null;
  return new Agent({
    connect: { rejectUnauthorized: !insecure, ...(ca.length > 0 ? { ca: [...tls.rootCertificates, ...ca] } : {}) },
  });
}
