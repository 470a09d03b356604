import type { Endpoint } from '../connection/endpoint.js';
import type { ConnectionEnds } from '../connection/connections.js';
import type { Charset } from '../body/response.js';
import type { Peer } from '../connection/peer.js';
import type { SignInTrouble } from '../sign-in/sign-in.js';

/** One answer of a phone. */
export interface Page {
  status: number;
  /** Header values by lower-case name; repeated headers joined. */
  headers: Readonly<Record<string, string>>;
  body: string;
  charset: Charset;
  /** Where it finally came from, after redirects. */
  path: string;
  /** Why a page asks for a password although there is one. Absent where none was given, or none asked for. */
  signIn?: SignInTrouble;
}

/** How a phone was reached and signed in to, for the report's evidence. */
export interface AccessUsed {
  scheme: Endpoint['scheme'];
  /** The version of TLS, such as `TLSv1.3`; `null` without TLS. */
  protocol: string | null;
  /** Certificates were checked. */
  checked: boolean;
  /** `Digest (MD5)`, `Basic`, `a login form`; `null` where no password was asked for. */
  signedInBy: string | null;
}

/** One conversation with one phone, whatever stands before its pages. Close it in `finally`. */
export interface PhoneSession {
  readonly host: string;
  /** The way the session speaks now. */
  readonly endpoint: Endpoint;
  /** The connection that is open now, as a number that no other of this session has; `null` when there is none. */
  readonly connection: number | null;
  /** Whom the visit that this session belongs to is with. */
  readonly peer: Peer;
  readonly access: AccessUsed;
  /** The IP addresses of the latest connection; `null` before the first. */
  readonly ends: ConnectionEnds | null;
  /**
   * Reads a page, following redirects within this host.
   * @param referer the page it is reached from; absent: no `Referer`, as some phones want it (docs/knowledge/multiplatform-access.md#referer)
   * @throws TransportError
   */
  get(path: string, referer?: string): Promise<Page>;
  /**
   * Posts a form. A redirect as the answer is returned, not followed: what came of the post is read back, not believed. It is sent again
   * only where a 401 refused it for want of a password or of a fresh nonce. `referer` as for `get`. @throws TransportError
   */
  post(path: string, body: string | Buffer, contentType: string, referer?: string): Promise<Page>;
  /**
   * Asks by GET for something to be done. Like a post it is never sent again over a new connection, and a redirect is returned, not
   * followed. `referer` as for `get`. @throws TransportError
   */
  act(path: string, referer?: string): Promise<Page>;
  /**
   * Whether a password may leave the way the session speaks now: not over plain http where redirects have led away from the port that was
   * asked for, nor after TLS was spoken.
   */
  maySendPassword(): boolean;
  /** Ends the session and its connection at once. */
  close(): void;
}
