import { describe, expect, it } from '@jest/globals';
import { hostForPhones } from '../../../src/conduct/serving/for-run.js';
import { addressesTowards } from '../../../src/conduct/serving/own-address.js';
import { addressTowards } from '../../../src/serve/addresses.js';
import type { TargetSource } from '../../../src/inventory/target.js';

async function* targets(...addresses: string[]): AsyncGenerator<{ target: { address: string } }> {
  for (const address of addresses) yield await Promise.resolve({ target: { address } });
}

/** A machine with two networks: 10.1 behind one address, everything else of 10 behind the other, no route beyond. */
const routes = (address: string): Promise<string | null> =>
  Promise.resolve(address.startsWith('10.1.') ? '10.1.0.5' : address.startsWith('10.') ? '10.2.0.5' : null);

describe('our address as phones see it', () => {
  it('is that of the route to them', async () => {
    expect(await addressTowards('127.66.0.9')).toBe('127.0.0.1');
    expect([...(await addressesTowards(targets('10.1.0.7', '10.1.4.2', '10.2.0.1'), routes))]).toEqual([
      ['10.1.0.5', '10.1.0.7'],
      ['10.2.0.5', '10.2.0.1'],
    ]);
  });

  it('is asked for once in a subnet, and not for what has no address', async () => {
    const asked: string[] = [];
    const towards = (address: string): Promise<string | null> => {
      asked.push(address);
      return routes(address);
    };
    await addressesTowards(targets('10.1.0.7', 'desk.example.com', '10.1.0.8', '10.1.1.1'), towards);
    expect(asked).toEqual(['10.1.0.7', '10.1.1.1']);
  });
});

describe('the host of --serve that phones are told', () => {
  const settings = { serve: '/srv/phones', serveAt: null, serveHttpPort: 6970 };
  const host = (more: Partial<Parameters<typeof hostForPhones>[0]>, ...addresses: string[]): Promise<string> =>
    hostForPhones({ ...settings, ...more }, targets(...addresses) as unknown as TargetSource, routes);

  it('is that of --serve-at, else our own towards all targets', async () => {
    expect(await host({ serveAt: { host: 'files.example.com', port: null } }, '10.1.0.7', '10.2.0.7')).toBe(
      'files.example.com',
    );
    expect(await host({}, '10.1.0.7', '192.0.2.1', '10.1.9.7')).toBe('10.1.0.5');
  });

  it('must be named where targets see different ones, or none', async () => {
    await expect(host({}, '10.1.0.7', '10.2.0.7')).rejects.toThrow(
      '--serve /srv/phones: the targets reach this machine at different addresses (10.1.0.5 towards 10.1.0.7, 10.2.0.5 towards 10.2.0.7); name one that all of them reach with --files http://ADDRESS:6970, or give each site its own files.',
    );
    await expect(host({}, '192.0.2.1')).rejects.toThrow(/no route to any target.*--serve-at ADDRESS\.$/);
  });
});
