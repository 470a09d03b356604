import type { Socket } from 'node:net';
import type { Device } from '../devices/device.js';

const TWO = 'held two connections at once';

/**
 * Records a new connection to a device. Calls `accept` when it may be served; a device that takes only one connection
 * resets the second. Also notes a client that holds two at once.
 */
export function register(device: Device, port: 'http' | 'https', socket: Socket, accept: () => void): void {
  const others = [...device.sockets.keys()];
  device.sockets.set(socket, { port, remotePort: socket.remotePort, carried: false });
  socket.on('close', () => device.sockets.delete(socket));
  socket.on('error', () => undefined);
  if (others.length === 0) {
    accept();
    return;
  }
  // A close and the next open can arrive here in reverse order: wait a turn or two.
  afterTurns(3, () => {
    if (socket.destroyed) return;
    const open = others.filter(isOpen);
    // Trying both ports is allowed until both carry a request.
    if (open.some((other) => device.sockets.get(other)?.port === port)) device.violate(TWO);
    if (open.length > 0 && device.behavior.oneConnection) socket.resetAndDestroy();
    else accept();
  });
}

/** Notes that a connection carries a request, and whether the client now has such connections to both ports. */
function carry(device: Device, port: 'http' | 'https', remotePort: number | undefined): void {
  const all = [...device.sockets];
  const own = all.find(([, socket]) => socket.port === port && socket.remotePort === remotePort);
  if (own === undefined || own[1].carried) return;
  own[1].carried = true;
  const others = all.filter(([, other]) => other.carried && other.port !== port).map(([other]) => other);
  if (!others.some(isOpen)) return;
  afterTurns(3, () => {
    if (others.some(isOpen)) device.violate(TWO);
  });
}

function isOpen(socket: Socket): boolean {
  return !socket.destroyed && !socket.readableEnded;
}

/** Counts a request until its response. Notes a client that does not wait for the last response. */
export function occupy(device: Device, port: 'http' | 'https', remotePort: number | undefined): () => void {
  carry(device, port, remotePort);
  device.inFlight += 1;
  let over = false;
  if (device.inFlight > 1) {
    afterTurns(3, () => {
      if (!over && device.inFlight > 1) device.violate('sent a request before the last one was answered');
    });
  }
  return () => {
    if (over) return;
    over = true;
    device.inFlight -= 1;
  };
}

function afterTurns(turns: number, fn: () => void): void {
  setImmediate(() => (turns <= 1 ? fn() : afterTurns(turns - 1, fn)));
}
