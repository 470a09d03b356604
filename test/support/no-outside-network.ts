import dgram from 'node:dgram';
import net from 'node:net';

/*
 * Nothing a test does may leave this machine: every connection and every datagram of its process that does not go to loopback throws. Node's own modules are
 * the same for all test files of a process, so the guard is installed once.
 */
type Connect = (this: net.Socket, ...args: unknown[]) => net.Socket;
const sockets = net.Socket.prototype as unknown as { connect: Connect; isGuarded?: boolean };

/** The host of a call of `connect`, in any of its forms: options, a port and a host, a path, or Node's internal form of these. */
function hostOf(args: readonly unknown[]): string | undefined {
  const [first, second] = (Array.isArray(args[0]) ? args[0] : args) as unknown[];
  if (typeof first === 'object' && first !== null) return (first as { host?: string }).host;
  // A port may be a string; a path is not followed by a host.
  return typeof second === 'string' ? second : undefined;
}

type Send = (this: dgram.Socket, message: unknown, ...args: unknown[]) => void;
const datagrams = dgram.Socket.prototype as unknown as { send: Send };

/** Without a host Node takes the own machine. */
function isHere(host: string | undefined): boolean {
  return host === undefined || /^(127\.\d+\.\d+\.\d+|localhost|::1|::ffff:127\.\d+\.\d+\.\d+)$/.test(host);
}

if (!sockets.isGuarded) {
  const { connect } = sockets;
  sockets.connect = function guarded(...args) {
    const host = hostOf(args);
    if (isHere(host)) return connect.apply(this, args);
    throw new Error(`a test wanted to connect to ${host}, which is not this machine`);
  };
  const { send } = datagrams;
  datagrams.send = function guarded(message, ...args) {
    const host = args.find((arg) => typeof arg === 'string');
    if (isHere(host)) return send.call(this, message, ...args);
    throw new Error(`a test wanted to send to ${host}, which is not this machine`);
  };
  sockets.isGuarded = true;
}
