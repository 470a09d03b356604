import { isIPv6 } from 'node:net';
import type { RawRow } from '../row.js';
import { cutOff } from '../text/cut-off.js';

const names = ['address', 'mac', 'hostname', 'clientid'] as const;

/**
 * Reads the leases of dnsmasq: expiry, MAC, address, name, client id; behind a line `duid` those of IPv6, which are only counted: the
 * same machines, as a rule. The MAC may have its type of hardware before it (`06-…`).
 * @throws UsageError for a file that ends within a lease
 */
export async function* readDnsmasq(
  lines: AsyncIterable<{ line: string; number: number }>,
  path: string,
): AsyncGenerator<RawRow, void, undefined> {
  for await (const { line, number } of lines) {
    const [expiry = '', mac = '', address = '', host = '', client = ''] = line.trim().split(/\s+/);
    if (expiry === '') continue;
    if (expiry === 'duid') continue;
    if (isIPv6(address)) {
      yield { names, cells: [], line: number, skip: 'ipv6' };
      continue;
    }
    const isLease = /^\d+$/.test(expiry) && /^\d+\.\d+\.\d+\.\d+$/.test(address);
    if (/^\d+$/.test(expiry) && client === '') throw cutOff(path, number, 'this lease');
    const bare = mac.replace(/^[0-9a-f]{2}-(?=[0-9a-f]{2}:)/i, '');
    yield {
      names,
      cells: isLease ? [address, bare, host, client] : [],
      line: number,
      ...(isLease ? {} : { skip: 'below' as const }),
    };
  }
}
