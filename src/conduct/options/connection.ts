import { packageVersion } from '../version.js';
import { readCertificates } from './checks/files.js';
import type { RunSettings } from './table.js';

/** How phones are spoken to, whether one is looked at or a fleet. */
export interface Connection {
  tls: { ca: string[]; insecure: boolean; legacy: boolean; allowExpired: boolean };
  timeoutMs: number;
  userAgent: string;
}

/** Which certificates of file servers are trusted. */
export interface FilesTrust {
  ca: string[];
  insecure: boolean;
}

/** @throws Error when a file with certificates has vanished since it was checked */
export function connectionOf({
  ca,
  insecure,
  tlsLegacy,
  allowExpiredMic,
  timeout,
}: Pick<RunSettings, 'ca' | 'insecure' | 'tlsLegacy' | 'allowExpiredMic' | 'timeout'>): Connection {
  return {
    tls: {
      ca: ca.map((path) => readCertificates(path, '--ca')),
      insecure,
      legacy: tlsLegacy,
      allowExpired: allowExpiredMic,
    },
    timeoutMs: timeout,
    userAgent: `fleet-migrate/${packageVersion()}`,
  };
}

/**
 * Which certificates of file servers are trusted: those of `--files-ca`, whatever counts for phones; without it those of `--ca`, or any with
 * `--insecure`.
 * @throws Error when a file with certificates has vanished since it was checked
 */
export function filesTrustOf({ filesCa, ca, insecure }: Pick<RunSettings, 'filesCa' | 'ca' | 'insecure'>): FilesTrust {
  const own = filesCa.map((path) => readCertificates(path, '--files-ca'));
  return own.length > 0
    ? { ca: own, insecure: false }
    : { ca: ca.map((path) => readCertificates(path, '--ca')), insecure };
}

/** What to say of a file server that is asked without a look at its certificate; `null`: there is nothing to say. */
export function uncheckedServer({ insecure }: FilesTrust, files: string | null): string | null {
  return insecure && /^https:/i.test(files ?? '')
    ? `--insecure: the certificate of ${files ?? ''} was not checked; with --files-ca FILE it is.`
    : null;
}
