import type { Failure } from '../../domain/failures/failure.js';
import type { AdminView } from '../../phones/multiplatform/admin-view.js';
import type { Look } from '../../phones/phones.js';
import type { Charset } from '../../transport/body/response.js';
import type { Endpoint } from '../../transport/connection/endpoint.js';
import type { AccessUsed } from '../../transport/session/session.js';
import type { PortLook } from '../../transport/session/port-look.js';
import type { SignInTrouble } from '../../transport/sign-in/sign-in.js';

/** A response as it was received. */
export interface RecordedPage {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
  charset: Charset;
}

/** One request and its response, or why there was none. */
export interface RecordedExchange {
  method: 'GET' | 'POST';
  path: string;
  endpoint: Endpoint;
  /** Names of headers that were sent in particular. */
  sent: readonly string[];
  page: RecordedPage | null;
  failure: { code: string; message: string } | null;
  tookMs: number;
}

/** What a reader asked for and what it got, after redirects and sign-ins: enough to read the phone again without it. */
export interface Reading {
  asked: string;
  /** With the phone's own page as `Referer`. */
  referer: boolean;
  /** `null` where nothing came. */
  got: (RecordedPage & { path: string; signIn?: SignInTrouble }) | null;
  failure: { code: string; message: string } | null;
}

/** How the phone was spoken to in the end. */
export interface UsedAccess extends AccessUsed {
  endpoint: Endpoint;
  /** The MAC that a checked certificate named; `null` without one. */
  certified: string | null;
}

/** Everything that one look at an address showed: live, from a capture, or from a saved page. */
export interface Encounter {
  address: string;
  from: { kind: 'phone' } | { kind: 'capture' | 'page'; file: string };
  /** Milliseconds since the epoch. */
  at: number;
  ports: readonly PortLook[];
  access: UsedAccess | null;
  exchanges: readonly RecordedExchange[];
  readings: readonly Reading[];
  /** `null` where there was no conversation: see `failure`. */
  look: Look | null;
  view: AdminView | null;
  failure: Failure | null;
  /** Asked by a reader, but not in the file that is read again. */
  notInFile: readonly string[];
}
