/** Bounds of one session with one phone, so that no phone can cost more than this (times in milliseconds, sizes in bytes). */
export interface SessionLimits {
  connectMs: number;
  /** From a request to the first byte of the response body, and between two chunks of it. */
  responseMs: number;
  /** The whole session, whatever the phone does. */
  sessionMs: number;
  maxBytes: number;
  maxHeaderBytes: number;
  maxRedirects: number;
  /** Interim responses (1xx); these phones send none. */
  maxInterim: number;
}

/** The limits for `--timeout`, which is the connect timeout; the others follow from it and from how slow phones' web servers are. */
export function limitsFor(timeoutMs: number): SessionLimits {
  return {
    connectMs: timeoutMs,
    responseMs: timeoutMs * 2,
    sessionMs: timeoutMs * 8,
    maxBytes: 2 * 1024 * 1024,
    maxHeaderBytes: 16 * 1024,
    maxRedirects: 4,
    maxInterim: 16,
  };
}
