import { formatIpv4, parseIpv4 } from '../../../domain/network/ipv4.js';

/** Addresses of 127.0.0.0/8, without the first octet. */
const size = 2 ** 24;
const loopback = 127 * size;

/** No simulated phone has these. */
const isTaboo = (low: number): boolean => (low & 255) === 0 || (low & 255) === 255;

/**
 * Maps addresses of a run into 127.0.0.0/8: `10.1.2.3` is `127.1.2.3`. Where two would be the same, an address ends in .0 or .255, or is a
 * name, the next free one is taken; whoever is further up in the list comes first.
 * @param addresses each once
 */
export function loopbackAddresses(addresses: readonly string[]): Map<string, string> {
  const mapped = new Map<string, string>();
  const taken = new Set<number>();
  const left: { address: string; wanted: number }[] = [];
  for (const address of addresses) {
    const wanted = (parseIpv4(address) ?? loopback) % size;
    if (isTaboo(wanted) || taken.has(wanted)) left.push({ address, wanted });
    else take(address, wanted);
  }
  // Where the last one was found: everything between is taken, so that many of one kind are not looked for from the start again.
  const reached = new Map<number, number>();
  for (const { address, wanted } of left) {
    let low = reached.get(wanted) ?? wanted;
    while (isTaboo(low) || taken.has(low)) low = (low + 1) % size;
    reached.set(wanted, low);
    take(address, low);
  }
  // As they were named.
  return new Map(addresses.map((address) => [address, mapped.get(address) ?? address]));

  function take(address: string, low: number): void {
    taken.add(low);
    mapped.set(address, formatIpv4(loopback + low));
  }
}
