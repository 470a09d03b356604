import { once } from 'node:events';
import http from 'node:http';
import tcp from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Behavior, DeviceGroup } from '../../src/simulator/index.js';
import type { PhonesOptions } from '../../src/phones/create-phones.js';
import { KnownEndpoints } from '../../src/phones/known-endpoints.js';
import type { Endpoint } from '../../src/transport/connection/endpoint.js';
import { inShort, MPP, type Network, network } from './support/network.js';
import { adminHtml } from './support/web-phone.js';

let net: Network;
afterEach(async () => {
  expect(net.violations()).toEqual([]);
  await net.close();
});

const phone: DeviceGroup = { model: '8841', load: MPP, mac: '00CCFC123456' };

async function start(behavior: Partial<Behavior>, options: Partial<PhonesOptions> = {}): Promise<void> {
  net = await network([{ ...phone, behavior }], options);
}

/** What a look asks of the phone, with the port. */
async function askedByLook(): Promise<string[]> {
  const before = net.simulator.log.length;
  expect(inShort(await net.look())).toMatch(/^(?:multiplatform|enterprise)$/);
  return net.simulator.log.slice(before).map(({ port, path }) => `${port} ${path}`);
}

describe('a phone that redirects http to https', () => {
  it('is asked there at once from the second look on', async () => {
    await start({ scheme: 'redirect' });
    expect(await askedByLook()).toEqual(['http /admin/advanced', 'https /admin/advanced']);
    expect(await askedByLook()).toEqual(['https /admin/advanced']);
    expect(await askedByLook()).toEqual(['https /admin/advanced']);
  });

  it('is asked anew where it was not read the last time', async () => {
    await start({ scheme: 'redirect' });
    await askedByLook();
    await net.phones.visit(net.phone().address, () => Promise.resolve());
    expect(await askedByLook()).toEqual(['http /admin/advanced', 'https /admin/advanced']);
  });

  it('is asked over http first each time where that is the scheme that was named', async () => {
    await start({ scheme: 'redirect' }, { scheme: 'http' });
    await askedByLook();
    expect(await askedByLook()).toEqual(['http /admin/advanced', 'https /admin/advanced']);
  });

  it.each<[string, (socket: tcp.Socket) => void]>([
    ['is silent there', () => {}],
    [
      'is too old for TLS there',
      (socket) => socket.once('data', () => socket.end(Buffer.from([21, 3, 3, 0, 2, 2, 40]))),
    ],
    ['hangs up there', (socket) => socket.destroy()],
  ])('is read over http in the same visit once it %s, as it may be after its move', async (_, greet) => {
    await start({ scheme: 'redirect' }, { timeoutMs: 700 });
    await askedByLook();
    const { address } = net.phone();
    const { httpPort, httpsPort } = net.simulator;
    await net.close();
    const sockets: tcp.Socket[] = [];
    const web = http.createServer((_request, response) => void response.end(adminHtml())).listen(httpPort, address);
    const other = tcp.createServer((socket) => {
      sockets.push(socket.on('error', () => {}));
      greet(socket);
    });
    other.listen(httpsPort, address);
    await Promise.all([once(web, 'listening'), once(other, 'listening')]);
    try {
      expect(inShort(await net.phones.visit(address, (visit) => visit.look('settings')))).toBe('multiplatform');
    } finally {
      for (const socket of sockets) socket.destroy();
      web.closeAllConnections();
      await Promise.all([web, other].map((server) => new Promise((resolve) => server.close(resolve))));
    }
  });

  it('is asked at the usual ports where nobody takes the connection there', () => {
    const [http, https]: [Endpoint, Endpoint] = [
      { scheme: 'http', port: 80 },
      { scheme: 'https', port: 443 },
    ];
    const known = new KnownEndpoints([http, https]);
    expect(known.for('10.0.0.1')).toEqual([http, https]);
    known.visited('10.0.0.1', { scheme: 'https', port: 443 });
    expect(known.for('10.0.0.1')).toEqual([https, http]);
    expect(known.for('10.0.0.2')).toEqual([http, https]);
    known.visited('10.0.0.1', { scheme: 'https', port: 999 });
    expect(known.for('10.0.0.1')).toEqual([{ scheme: 'https', port: 999 }, http, https]);
    known.visited('10.0.0.1', http);
    expect(known.for('10.0.0.1')).toEqual([http, https]);
  });
});
