import { hasNoAddress } from '../../domain/failures/system-errors.js';
import { sleep } from '../../domain/ports/clock.js';
import { blockNotForHosts, formatIpv4, type Ipv4, parseIpv4 } from '../../domain/network/ipv4.js';
import type { InventoryIo } from '../io.js';

/** The usable IPv4 addresses of a host name in the resolver's order, or why there are none. */
export interface Resolution {
  addresses: Ipv4[];
  /** `unresolved-host`: the name has no address · `name-lookup-failed`: no name server could tell. Meaningless when there are addresses. */
  error: 'unresolved-host' | 'name-lookup-failed';
  /** The resolver's code, such as `ENOTFOUND`, or a few words; empty when there are addresses. */
  reason: string;
}

/** Why a name has no address where nobody may be asked. */
const notLookedUp = 'names are not looked up in a rehearsal';

/** Pauses before a failed lookup is tried again (ms). */
const pauses = [500, 2_000];

/** Resolves a host name. Never rejects: that a name does not resolve is a result too. */
export async function resolveHost(name: string, io: Pick<InventoryIo, 'lookup' | 'clock'>): Promise<Resolution> {
  if (io.lookup === null) return { addresses: [], error: 'unresolved-host', reason: notLookedUp };
  let found = await lookUp(name, io.lookup);
  for (const pause of pauses) {
    if (!isFailure(found) || hasNoAddress(found.reason)) break;
    await sleep(io.clock, pause);
    found = await lookUp(name, io.lookup);
  }
  if (isFailure(found)) {
    const error = hasNoAddress(found.reason) ? 'unresolved-host' : 'name-lookup-failed';
    return { addresses: [], error, reason: found.reason };
  }
  const addresses = found.map(parseIpv4).filter((address) => address !== null);
  // Some resolvers return 0.0.0.0 for names that they block.
  const usable = addresses.filter((address) => blockNotForHosts({ first: address, last: address }) === null);
  const unusable = addresses.map(formatIpv4).join(', ');
  const error = 'unresolved-host';
  if (usable.length > 0) return { addresses: usable, error, reason: '' };
  return { addresses: [], error, reason: unusable === '' ? 'no IPv4 address' : `resolves only to ${unusable}` };
}

type Found = readonly string[] | { reason: string };

function isFailure(found: Found): found is { reason: string } {
  return 'reason' in found;
}

async function lookUp(name: string, ask: NonNullable<InventoryIo['lookup']>): Promise<Found> {
  try {
    return await ask(name);
  } catch (error) {
    return {
      reason: typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'lookup failed',
    };
  }
}

/** How many run at once: enough that names which do not resolve do not hold up the others for minutes. */
const atOnce = 16;

/**
 * Maps items to results in the order of the items, starting the work for the next few ahead of time. Items are taken only as results are
 * asked for. A rejection is thrown when its item's turn comes.
 */
export async function* inOrderAhead<Item, Result>(
  items: Iterable<Item>,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const underWay: Promise<Result>[] = [];
  const start = (item: Item): void => {
    const result = work(item);
    // Handled when its turn comes, which never happens if the reader stops early.
    result.catch(() => undefined);
    underWay.push(result);
  };
  for (const item of items) {
    start(item);
    if (underWay.length < atOnce) continue;
    const first = underWay.shift();
    if (first) yield await first;
  }
  for (const result of underWay) yield await result;
}
