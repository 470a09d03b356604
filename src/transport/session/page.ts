import type { Endpoint } from '../connection/endpoint.js';
import type { ConnectionEnds } from '../connection/connections.js';
import type { Charset } from '../body/response.js';
import type { Peer } from '../connection/peer.js';
import type { SignInTrouble } from '../sign-in/sign-in.js';

/** One response of a phone. */
export interface Page {
  status: number;
  /** Header values by lower-case name; repeated headers joined. */
  headers: Readonly<Record<string, string>>;
  body: string;
  charset: Charset;
  /** Where it finally came from, after redirects. */
  path: string;
  /** Why a page still asks for a password. Absent where none was given, or none asked for. */
  signIn?: SignInTrouble;
}

/**
 * Called now and then while a page of status 200 arrives, with what has: answers the part of it that is enough, or `null` where more is needed.
 */
export type IsEnough = (text: string) => string | null;

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

/** One conversation with one phone, sign-in included. Close it in `finally`. */
export interface PhoneSession {
  readonly host: string;
  /** The endpoint in use. */
  readonly endpoint: Endpoint;
  /** The open connection as a number unique in this session; `null` when there is none. */
  readonly connection: number | null;
  /** The phone at the other end of this visit. */
  readonly peer: Peer;
  readonly access: AccessUsed;
  /** The IP addresses of the latest connection; `null` before the first, and where nobody needs them. */
  readonly ends: ConnectionEnds | null;
  /**
   * Reads a page, following redirects within this host.
   * @param referer the page it is reached from; absent: no `Referer`, as some phones want it (docs/knowledge/multiplatform-access.md#referer)
   * @param isEnough ends the download early: the body is what was enough, and the connection is closed
   * @throws TransportError
   */
  get(path: string, referer?: string, isEnough?: IsEnough): Promise<Page>;
  /**
   * Posts a form. A redirect is returned, not followed: the result is read back, not believed. Never sent twice: where a 401 asked for a
   * password or a fresh nonce, the page says `expired`. `referer` as for `get`. @throws TransportError
   */
  post(path: string, body: string | Buffer, contentType: string, referer?: string): Promise<Page>;
  /**
   * Requests an action by GET. As with a post, it is never sent again and a redirect is returned, not followed. `referer` as for `get`.
   * @throws TransportError
   */
  act(path: string, referer?: string): Promise<Page>;
  /**
   * Whether a password may be sent to the endpoint in use: not over plain http once redirects have led to another port or the session
   * has used TLS.
   */
  maySendPassword(): boolean;
  /** Ends the session and its connection at once. */
  close(): void;
}
