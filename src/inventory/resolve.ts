import { blockNotForHosts, formatIpv4, type Ipv4, parseIpv4 } from '../domain/ipv4.js';
import type { InventoryIo } from './target.js';

/** The usable IPv4 addresses of a host name, in the resolver's order; when there are none, why. */
export interface Resolution {
  addresses: Ipv4[];
  /** A resolver's code such as `ENOTFOUND`, or a few words; empty when there are addresses. */
  reason: string;
}

/** Resolves a host name. Never rejects: a name that does not resolve is an answer too. */
export async function resolveHost(name: string, io: Pick<InventoryIo, 'lookup'>): Promise<Resolution> {
  let answer: readonly string[];
  try {
    answer = await io.lookup(name);
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'lookup failed';
    return { addresses: [], reason: code };
  }
  const addresses = answer.map(parseIpv4).filter((address) => address !== null);
  // Some resolvers answer 0.0.0.0 for names that they block.
  const usable = addresses.filter((address) => blockNotForHosts({ first: address, last: address }) === null);
  const unusable = addresses.map(formatIpv4).join(', ');
  if (usable.length > 0) return { addresses: usable, reason: '' };
  return { addresses: [], reason: unusable === '' ? 'no IPv4 address' : `resolves only to ${unusable}` };
}
