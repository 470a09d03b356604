import { createSocket } from 'node:dgram';
import { parseIpv4 } from '../../domain/network/ipv4.js';

/** Any port: nothing is sent to it. */
const anyPort = 9;

/** This machine's address on the route to an IPv4 address, without sending anything; `null` where there is no route. */
export function addressTowards(address: string): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const end = (own: string | null): void => {
      socket.close();
      resolve(own);
    };
    socket.once('error', () => end(null));
    // A UDP socket that is connected has an address and a route, and nothing has left.
    socket.once('connect', () => end(socket.address().address));
    socket.connect(anyPort, address);
  });
}

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
