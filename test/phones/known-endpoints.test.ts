import { afterEach, describe, expect, it } from '@jest/globals';
import type { Behavior, DeviceGroup } from '../../src/simulator/index.js';
import type { PhonesOptions } from '../../src/phones/create-phones.js';
import { KnownEndpoints } from '../../src/phones/known-endpoints.js';
import type { Endpoint } from '../../src/transport/connection/endpoint.js';
import { inShort, MPP, type Network, network } from './support/network.js';

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

describe('a phone that sends from http to https', () => {
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

  it('is found over http where https is gone, as after a move to Enterprise: the other port is tried next', () => {
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
