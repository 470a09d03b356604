import net from 'node:net';

/*
 * Nothing a test does may leave this machine: every connection of its process that does not go to loopback throws. Node's own modules are
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

if (!sockets.isGuarded) {
  const { connect } = sockets;
  sockets.connect = function guarded(...args) {
    const host = hostOf(args);
    if (host === undefined || /^(127\.\d+\.\d+\.\d+|localhost|::1|::ffff:127\.\d+\.\d+\.\d+)$/.test(host))
      return connect.apply(this, args);
    throw new Error(`a test wanted to connect to ${host}, which is not this machine`);
  };
  sockets.isGuarded = true;
}
