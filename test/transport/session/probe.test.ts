import { afterEach, beforeAll, afterAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../../src/conduct/system-clock.js';
import type { Endpoint } from '../../../src/transport/connection/endpoint.js';
import { probe } from '../../../src/transport/session/probe.js';
import { LocalSockets } from '../../../src/transport/connection/local-sockets.js';
import { toTransportError } from '../../../src/transport/errors/transport-error.js';
import { type DarkPort, darkPort } from '../support/dark-port.js';
import { HandClock } from '../support/hand-clock.js';
import { deadPort, page, rawServer, type RawServer } from '../support/raw-server.js';
import { errorOf, openSession } from '../support/sessions.js';

const servers: RawServer[] = [];
let dark: DarkPort;
beforeAll(async () => {
  dark = await darkPort();
});
afterAll(() => dark.close());
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function listening(): Promise<RawServer> {
  const server = await rawServer((_head, { socket }) => socket.write(page('hello')));
  servers.push(server);
  return server;
}

const http = (port: number): Endpoint => ({ scheme: 'http', port });
const https = (port: number): Endpoint => ({ scheme: 'https', port });

/** Lets what the machine has to say be heard. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('asking whether somebody is there', () => {
  it('makes one connection to the first port and none to the next', async () => {
    const [first, second] = [await listening(), await listening()];
    const clock = new HandClock();
    const { endpoint, socket } = await probe('127.0.0.1', [http(first.port), https(second.port)], 1_000, clock);
    expect(endpoint).toEqual(http(first.port));
    clock.pass(10_000);
    await turn();
    expect(second.callers).toHaveLength(0);
    expect(clock.waiting()).toBe(0);
    socket.destroy();
    await first.quiet();
    expect(first.callers).toHaveLength(1);
  });

  it('says that nothing is known where only this machine kept it from one of the ports', async () => {
    const clock = new HandClock();
    const sockets = new LocalSockets(clock);
    const [refusing, unasked] = [await deadPort(), await deadPort()];
    let dials = 0;
    // The second of both doors is behind a rule of our own firewall.
    sockets.open = (dial) => ((dials += 1) === 2 ? Promise.reject(toTransportError({ code: 'EPERM' }, 0)) : dial());
    const ways = [http(refusing), https(unasked)];
    expect(await errorOf(probe('127.0.0.1', ways, 1_000, clock, sockets))).toMatchObject({ code: 'local-refused' });
  });

  it('goes on to the next port as soon as the first refuses', async () => {
    const second = await listening();
    const clock = new HandClock();
    const { endpoint, socket } = await probe('127.0.0.1', [http(await deadPort()), https(second.port)], 1_000, clock);
    expect(endpoint).toEqual(https(second.port));
    expect(clock.waiting()).toBe(0);
    socket.destroy();
  });

  it('gives the first port a head start before the next is tried beside it', async () => {
    const second = await listening();
    const clock = new HandClock();
    const asking = probe('127.0.0.1', [http(dark.port), https(second.port)], 1_000, clock);
    clock.pass(249);
    await turn();
    expect(second.callers).toHaveLength(0);
    clock.pass(1);
    const { endpoint, socket } = await asking;
    expect(endpoint).toEqual(https(second.port));
    expect(clock.waiting()).toBe(0);
    socket.destroy();
  });

  it('gives a short deadline’s half as head start', async () => {
    const second = await listening();
    const clock = new HandClock();
    const asking = probe('127.0.0.1', [http(dark.port), https(second.port)], 100, clock);
    clock.pass(50);
    const { socket } = await asking;
    expect(socket.remotePort).toBe(second.port);
    socket.destroy();
  });

  it('ends a dark address at one deadline, whatever the number of ports', async () => {
    const clock = new HandClock();
    let ended = 0;
    const ways = [http(dark.port), https(dark.port)];
    const asking = errorOf(probe('127.0.0.1', ways, 1_000, clock)).finally(() => (ended = clock.now()));
    const began = clock.now();
    clock.pass(999);
    await turn();
    expect(ended).toBe(0);
    clock.pass(1);
    expect(await asking).toMatchObject({ code: 'connect-timeout' });
    expect(ended - began).toBe(1_000);
    expect(clock.waiting()).toBe(0);
  });

  it.each([
    ['first', 'second'],
    ['second', 'first'],
  ])('says refused when the %s port refused and the %s stayed dark: somebody is there', async (refuses) => {
    const ports = [await deadPort(), dark.port];
    const [one = 0, other = 0] = refuses === 'first' ? ports : ports.toReversed();
    const clock = new HandClock();
    const asking = errorOf(probe('127.0.0.1', [http(one), https(other)], 1_000, clock));
    clock.pass(500);
    for (let turns = 0; turns < 20; turns += 1) await turn();
    clock.pass(500);
    expect(await asking).toMatchObject({ code: 'connect-refused' });
  });

  it('keeps one connection when both ports answer at once', async () => {
    const [first, second] = [await listening(), await listening()];
    const clock = new HandClock();
    const asking = probe('127.0.0.1', [http(first.port), https(second.port)], 1_000, clock);
    clock.pass(250);
    const { socket } = await asking;
    // Both were called by then; the one too many is hung up on.
    for (
      let turns = 0;
      turns < 2_000 && (first.callers.length + second.callers.length < 2 || first.open() + second.open() > 1);
      turns += 1
    )
      await turn();
    expect(first.callers.length + second.callers.length).toBe(2);
    expect(first.open() + second.open()).toBe(1);
    socket.destroy();
  });

  it('has nothing to say without a port', async () => {
    const clock = new HandClock();
    const asking = errorOf(probe('127.0.0.1', [], 1_000, clock));
    expect(await asking).toMatchObject({ code: 'connect-timeout', message: 'no port to try' });
  });
});

describe('the connection that was found', () => {
  it('is the one that the session then reads over', async () => {
    const server = await listening();
    const open = await probe('127.0.0.1', [http(server.port)], 1_000, systemClock);
    const session = openSession(server.port, { open });
    expect((await session.get('/')).body).toBe('hello');
    expect((await session.get('/again')).body).toBe('hello');
    session.close();
    await server.quiet();
    expect(server.callers).toHaveLength(1);
    expect(server.callers[0]?.requests).toHaveLength(2);
  });

  it('is not used where the session is to speak to another port', async () => {
    const [found, wanted] = [await listening(), await listening()];
    const open = await probe('127.0.0.1', [http(found.port)], 1_000, systemClock);
    const session = openSession(wanted.port, { open });
    await session.get('/');
    await found.quiet();
    expect(found.requests).toEqual([]);
    expect(wanted.callers).toHaveLength(1);
    session.close();
  });

  it('is closed with a session that never used it', async () => {
    const server = await listening();
    const open = await probe('127.0.0.1', [http(server.port)], 1_000, systemClock);
    openSession(server.port, { open }).close();
    await server.quiet();
    expect(open.socket.destroyed).toBe(true);
  });
});
