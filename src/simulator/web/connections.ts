import type { Socket } from 'node:net';
import type { Device } from '../devices/device.js';

/**
 * Takes a new connection to a device into its books. `accept` is called when it may be served; a device that takes
 * one connection only resets the second. Also notes when a client holds two at once.
 */
export function register(device: Device, socket: Socket, accept: () => void): void {
  const others = [...device.sockets];
  device.sockets.add(socket);
  socket.on('close', () => device.sockets.delete(socket));
  socket.on('error', () => undefined);
  if (others.length === 0) {
    accept();
    return;
  }
  // A client that closed the one before it opened this may be seen here in the other order: wait a turn or two.
  afterTurns(3, () => {
    if (socket.destroyed) return;
    const stillOpen = others.some((other) => !other.destroyed && !other.readableEnded);
    if (stillOpen) device.violate('held two connections at once');
    if (stillOpen && device.behavior.oneConnection) socket.resetAndDestroy();
    else accept();
  });
}

/** Counts a request in; the answer counts it out. Notes when a client does not wait for the answer to the last one. */
export function occupy(device: Device): () => void {
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
