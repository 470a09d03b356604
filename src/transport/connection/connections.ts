import type net from 'node:net';
import type tls from 'node:tls';
import type { Clock } from '../../domain/ports/clock.js';
import type { TlsSettings } from './trust.js';
import type { Endpoint } from './endpoint.js';
import { connectTcp } from './connect.js';
import type { SessionLimits } from '../session/limits.js';
import type { Hold } from '../session/deadline.js';
import { LocalSockets } from './local-sockets.js';
import { type NamedMac, type Peer, unknownPeer } from './peer.js';
import { secure } from './secure.js';
import { TransportError } from '../errors/transport-error.js';

/** Why connecting ends. One for all: a reason of its own would cost each session a stack trace. */
const sessionClosed = new Error('the session was closed');

/** A connection to a phone's web port that nothing has been said over. */
export interface OpenConnection {
  endpoint: Endpoint;
  socket: net.Socket;
}

/** What connecting needs besides the phone's address. */
export interface DialOptions {
  limits: SessionLimits;
  tls: TlsSettings;
  clock: Clock;
  /** From the probe; used first if still alive. */
  open?: OpenConnection | undefined;
  /** The sockets of this machine. Absent: not shared. */
  sockets?: LocalSockets;
  /** How a certificate names a phone's MAC. Absent: none does, and a certificate must name the host. */
  namedMac?: NamedMac;
  /** The phone as identified by earlier sessions of this visit. Absent: not identified yet. */
  peer?: Peer;
  /** Somebody needs to know the `ends`: two calls of the system for each connection. Absent: nobody does. */
  tellEnds?: boolean;
}

/** The IP addresses of a connection. */
export interface ConnectionEnds {
  ours: string;
  theirs: string;
}

/** The connections of one session with one phone, one after the other, and what was received over them. */
export class Connections {
  readonly #open = new Set<net.Socket>();
  #spare: OpenConnection | undefined;
  #current: net.Socket | null = null;
  #ends: ConnectionEnds | null = null;
  #count = 0;
  #dialed = 0;
  #receivedBefore = 0;
  #isHungUp = false;
  /** Made when a connection is opened here: most sessions use the probe's. */
  #opening: AbortController | null = null;
  #protocol: string | null = null;
  readonly peer: Peer;

  /** @param hold pauses deadlines while this machine itself is waited for */
  constructor(
    private readonly host: string,
    private readonly options: DialOptions,
    private readonly hold: Hold,
  ) {
    this.#spare = options.open;
    this.peer = options.peer ?? unknownPeer();
  }

  /** TLS version of the latest connection, such as `TLSv1.3`; `null` without TLS. */
  get protocol(): string | null {
    return this.#protocol;
  }

  /** The open connection as a number unique in this session; `null` when there is none. */
  get current(): number | null {
    const socket = this.#current;
    return socket && !socket.destroyed && socket.readable && socket.writable ? this.#count : null;
  }

  /** Both ends of the latest connection; `null` before the first, and where nobody needs them. */
  get ends(): ConnectionEnds | null {
    return this.#ends;
  }

  /** How many were opened here, not counting the probe's. */
  get dialed(): number {
    return this.#dialed;
  }

  /** Bytes received over all of them. */
  get received(): number {
    let bytes = this.#receivedBefore;
    for (const socket of this.#open) bytes += socket.bytesRead;
    return bytes;
  }

  /** The probe's connection if it leads to this endpoint and is still alive, else a new one. @throws TransportError */
  async dial({ scheme, port }: Endpoint): Promise<net.Socket> {
    const plain = this.#keep(this.#takeSpare(port) ?? (await this.#dialAnew(port)));
    if (this.options.tellEnds) this.#ends = endsOf(plain);
    const secured = scheme === 'https' ? this.#keep(await this.#secure(plain)) : null;
    const socket = secured ?? plain;
    this.#protocol = secured?.getProtocol() ?? null;
    this.#count += 1;
    return (this.#current = socket);
  }

  /** Closes all connections; one being opened is closed once it is open. */
  hangUp(): void {
    this.#isHungUp = true;
    this.#opening?.abort(sessionClosed);
    this.#spare?.socket.destroy();
    for (const socket of this.#open) socket.destroy();
  }

  #secure(plain: net.Socket): Promise<tls.TLSSocket> {
    const { limits, clock, tls: settings, namedMac = () => null } = this.options;
    const { host, peer } = this;
    return secure(plain, { host, settings, timeoutMs: limits.responseMs, clock, namedMac, peer });
  }

  #dialAnew(port: number): Promise<net.Socket> {
    if (this.#isHungUp) throw hungUp();
    this.#dialed += 1;
    const { limits, clock, sockets = new LocalSockets(clock) } = this.options;
    const { signal } = (this.#opening ??= new AbortController());
    return sockets.open(() => connectTcp(this.host, port, limits.connectMs, clock, signal), {
      signal,
      hold: this.hold,
    });
  }

  #takeSpare(port: number): net.Socket | null {
    const { endpoint, socket } = this.#spare ?? {};
    this.#spare = undefined;
    if (!endpoint || !socket) return null;
    if (!socket.destroyed && socket.readable && socket.writable && endpoint.port === port) return socket;
    socket.destroy();
    return null;
  }

  #keep<S extends net.Socket>(socket: S): S {
    if (this.#isHungUp) {
      socket.destroy();
      throw hungUp();
    }
    this.#open.add(socket);
    socket.once('close', () => {
      this.#receivedBefore += socket.bytesRead;
      this.#open.delete(socket);
    });
    return socket;
  }
}

function endsOf({ localAddress, remoteAddress }: net.Socket): ConnectionEnds | null {
  return localAddress && remoteAddress ? { ours: localAddress, theirs: remoteAddress } : null;
}

function hungUp(): TransportError {
  return new TransportError('connection-lost', 'the session was closed');
}
