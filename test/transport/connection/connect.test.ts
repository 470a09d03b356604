import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../../src/conduct/system-clock.js';
import { connectTcp } from '../../../src/transport/connection/connect.js';
import { darkPort } from '../support/dark-port.js';
import { HandClock } from '../support/hand-clock.js';
import { deadPort, rawServer, type RawServer } from '../support/raw-server.js';
import { errorOf } from '../support/sessions.js';

const servers: RawServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function listening(): Promise<RawServer> {
  const server = await rawServer(() => {});
  servers.push(server);
  return server;
}

describe('connecting', () => {
  it('gives an open socket and leaves no timer behind', async () => {
    const clock = new HandClock();
    const { port } = await listening();
    const socket = await connectTcp('127.0.0.1', port, 1_000, clock);
    expect(socket.remotePort).toBe(port);
    expect(clock.waiting()).toBe(0);
    socket.destroy();
  });

  it('reads in pieces, each with its own bytes, and none while nobody takes them', async () => {
    const sent = randomBytes(300_000);
    const server = await rawServer(
      () => {},
      ({ socket }) => socket.write(sent),
    );
    servers.push(server);
    const sockets = await Promise.all([1, 2].map(() => connectTcp('127.0.0.1', server.port, 1_000, systemClock)));
    for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    for (const socket of sockets) expect(socket.readableLength).toBeLessThan(sent.length / 2);
    // In turns, so that what is read for one would overwrite what the other has.
    const received = sockets.map(() => [] as Buffer[]);
    const lengthOf = (pieces: readonly Buffer[]): number => pieces.reduce((sum, { length }) => sum + length, 0);
    while (received.some((pieces) => lengthOf(pieces) < sent.length))
      for (const [at, socket] of sockets.entries()) {
        const piece = socket.read() as Buffer | null;
        if (piece) received[at]?.push(piece);
        else if (lengthOf(received[at] ?? []) < sent.length) await once(socket, 'readable');
      }
    for (const pieces of received) expect(Buffer.concat(pieces).equals(sent)).toBe(true);
    for (const socket of sockets) socket.destroy();
  });

  it('is refused where nothing listens, in words for people', async () => {
    const clock = new HandClock();
    const error = await errorOf(connectTcp('127.0.0.1', await deadPort(), 1_000, clock));
    expect(error).toMatchObject({
      name: 'TransportError',
      code: 'connect-refused',
      message: 'nothing listens on the port (ECONNREFUSED)',
    });
    expect(clock.waiting()).toBe(0);
  });

  it('ends at its deadline on the passed-in clock, and not before', async () => {
    const dark = await darkPort();
    try {
      const clock = new HandClock();
      let ended = false;
      const connecting = errorOf(connectTcp('127.0.0.1', dark.port, 1_000, clock)).finally(() => (ended = true));
      clock.pass(999);
      await new Promise((resolve) => setImmediate(resolve));
      expect(ended).toBe(false);
      clock.pass(1);
      expect(await connecting).toMatchObject({
        code: 'connect-timeout',
        message: 'no connection within 1s',
      });
    } finally {
      await dark.close();
    }
  });

  it('is given up when aborted, before or while it lasts', async () => {
    const { port } = await listening();
    const stop = new AbortController();
    const clock = new HandClock();
    const connecting = errorOf(connectTcp('127.0.0.1', port, 1_000, clock, stop.signal));
    stop.abort();
    expect(await connecting).toMatchObject({ code: 'connect-timeout', message: 'given up while connecting' });
    expect(await errorOf(connectTcp('127.0.0.1', port, 1_000, clock, stop.signal))).toMatchObject({
      code: 'connect-timeout',
    });
    expect(clock.waiting()).toBe(0);
  });

  it('survives a reset that comes while nobody reads', async () => {
    let called = (): void => {};
    const accepted = new Promise<void>((resolve) => (called = resolve));
    const server = await rawServer(
      () => {},
      () => called(),
    );
    servers.push(server);
    const socket = await connectTcp('127.0.0.1', server.port, 1_000, systemClock);
    await accepted;
    const closed = new Promise((resolve) => socket.once('close', resolve));
    server.callers[0]?.socket.resetAndDestroy();
    await closed;
    expect(socket.destroyed).toBe(true);
  });
});
