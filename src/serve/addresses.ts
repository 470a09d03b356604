import { networkInterfaces } from 'node:os';

/** This machine's IPv4 addresses now, loopback last. */
export function ownAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const ipv4 = all.filter(({ family }) => family === 'IPv4').sort((a, b) => Number(a.internal) - Number(b.internal));
  return [...new Set(ipv4.map(({ address }) => address))];
}

/** IPv4, also where it is written as IPv6. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
