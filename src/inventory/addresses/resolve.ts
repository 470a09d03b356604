import { blockNotForHosts, formatIpv4, type Ipv4, parseIpv4 } from '../../domain/network/ipv4.js';
import type { InventoryIo } from '../target.js';

/** The usable IPv4 addresses of a host name, in the resolver's order; when there are none, why. */
export interface Resolution {
  addresses: Ipv4[];
  /** `unresolved-host`: it is known to have none · `name-lookup-failed`: nobody said. Of no meaning when there are addresses. */
  error: 'unresolved-host' | 'name-lookup-failed';
  /** A resolver's code such as `ENOTFOUND`, or a few words; empty when there are addresses. */
  reason: string;
}

/** Codes that say that a name has no address. Every other says only that nobody could be asked: no network, no memory, no file left. */
const knownNotToBe: ReadonlySet<string> = new Set(['ENOTFOUND', 'EAI_NONAME', 'EAI_NODATA', 'ENODATA']);

/** Waits before a name is asked for again of which nobody said anything (ms). */
const pauses = [500, 2_000];

/** Resolves a host name. Never rejects: a name that does not resolve is an answer too. */
export async function resolveHost(name: string, io: Pick<InventoryIo, 'lookup' | 'pause'>): Promise<Resolution> {
  let answer = await ask(name, io);
  for (const pause of pauses) {
    if (!isReason(answer) || knownNotToBe.has(answer.reason)) break;
    await io.pause(pause);
    answer = await ask(name, io);
  }
  if (isReason(answer)) {
    const error = knownNotToBe.has(answer.reason) ? 'unresolved-host' : 'name-lookup-failed';
    return { addresses: [], error, reason: answer.reason };
  }
  const addresses = answer.map(parseIpv4).filter((address) => address !== null);
  // Some resolvers answer 0.0.0.0 for names that they block.
  const usable = addresses.filter((address) => blockNotForHosts({ first: address, last: address }) === null);
  const unusable = addresses.map(formatIpv4).join(', ');
  const error = 'unresolved-host';
  if (usable.length > 0) return { addresses: usable, error, reason: '' };
  return { addresses: [], error, reason: unusable === '' ? 'no IPv4 address' : `resolves only to ${unusable}` };
}

type Answer = readonly string[] | { reason: string };

function isReason(answer: Answer): answer is { reason: string } {
  return 'reason' in answer;
}

async function ask(name: string, io: Pick<InventoryIo, 'lookup'>): Promise<Answer> {
  try {
    return await io.lookup(name);
  } catch (error) {
    return {
      reason: typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'lookup failed',
    };
  }
}
