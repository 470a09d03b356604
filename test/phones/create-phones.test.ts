import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createPhones } from '../../src/phones/create-phones.js';
import type { Look } from '../../src/phones/phones.js';
import { adminHtml, overHttp } from './support/web-phone.js';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A phone with a page of 300 KB; `left` is called when a connection to it ends. */
async function largePhone(address: string, port: number, left: () => void): Promise<number> {
  const body = adminHtml().replace('</body>', `${' '.repeat(300 * 1024)}</body>`);
  const server = createServer((_request, response) => void response.end(body));
  server.on('connection', (socket) => socket.on('close', left));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(port, address, resolve));
  return (server.address() as AddressInfo).port;
}

describe('the phones of one run', () => {
  it('share the memory for pages: a fifth large one waits until a visit that has one ends', async () => {
    const addresses = [1, 2, 3, 4, 5].map((last) => `127.85.0.${last}`);
    let left = 0;
    let port = 0;
    for (const address of addresses) port = await largePhone(address, port, () => void (left += 1));
    const phones = createPhones(overHttp(port));
    const read: Look[] = [];
    let end = (): void => {};
    const mayEnd = new Promise<void>((resolve) => (end = resolve));
    const visits = addresses.map((address) =>
      phones.visit(address, async (visit) => {
        read.push(await visit.look('settings'));
        await mayEnd;
      }),
    );
    // The one that finds no room leaves, to ask again later.
    while (read.length < 4 || (read.length === 4 && left === 0)) await turn();
    const readAtOnce = read.length;
    end();
    await Promise.all(visits);
    expect(readAtOnce).toBe(4);
    expect(read.map(({ kind }) => kind)).toEqual(addresses.map(() => 'phone'));
  });
});
