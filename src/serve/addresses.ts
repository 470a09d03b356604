import { createSocket } from 'node:dgram';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { plainAddress } from '../domain/network/plain-address.js';

/** This machine's IPv4 addresses now, loopback last. */
export function ownAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const ipv4 = all.filter(({ family }) => family === 'IPv4').sort((a, b) => Number(a.internal) - Number(b.internal));
  return [...new Set(ipv4.map(({ address }) => address))];
}

/** Whether an address to listen at means all of this machine's. */
export function isAnyAddress(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}

/** This machine's address on the route to another one; `null` where there is none. Nothing is sent. */
export function addressTowards(address: string): Promise<string | null> {
  const family = isIP(address);
  if (family === 0) return Promise.resolve(null);
  return new Promise((resolve) => {
    const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
    let hasEnded = false;
    const end = (own: string | null): void => {
      if (hasEnded) return;
      hasEnded = true;
      socket.close();
      resolve(own);
    };
    socket.on('error', () => end(null));
    // The port does not matter: a connected UDP socket only looks up the route.
    socket.connect(9, address, () => {
      const own = socket.address().address;
      end(isAnyAddress(own) ? null : plainAddress(own));
    });
  });
}
