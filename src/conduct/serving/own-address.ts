import { parseIpv4 } from '../../domain/network/ipv4.js';
import { addressTowards } from '../../serve/addresses.js';

/**
 * This machine's addresses as targets see it, each with the first target that sees it so. Of each /24 one target is asked for: routes to
 * phones of one subnet do not differ. Targets without a route or an address count for nothing, as they cannot be contacted.
 */
export async function addressesTowards(
  targets: AsyncIterable<{ target: { address: string } }>,
  towards: typeof addressTowards = addressTowards,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const asked = new Set<number>();
  for await (const { target } of targets) {
    const number = parseIpv4(target.address);
    if (number === null) continue;
    const subnet = number >>> 8;
    if (asked.has(subnet)) continue;
    asked.add(subnet);
    const own = await towards(target.address);
    if (own !== null && !found.has(own)) found.set(own, target.address);
  }
  return found;
}
