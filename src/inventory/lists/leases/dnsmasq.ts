import type { RawRow } from '../row.js';

const names = ['address', 'mac', 'hostname', 'clientid'] as const;

/**
 * Reads the leases of dnsmasq: expiry, MAC, address, name, client id; behind a line `duid` those of IPv6, which are left out. The MAC may have its
 * type of hardware before it (`06-…`).
 */
export async function* readDnsmasq(
  lines: AsyncIterable<{ line: string; number: number }>,
): AsyncGenerator<RawRow, void, undefined> {
  for await (const { line, number } of lines) {
    const [expiry = '', mac = '', address = '', host = '', client = ''] = line.trim().split(/\s+/);
    if (expiry === '') continue;
    if (expiry === 'duid') return;
    const isLease = /^\d+$/.test(expiry) && /^\d+\.\d+\.\d+\.\d+$/.test(address);
    const bare = mac.replace(/^[0-9a-f]{2}-(?=[0-9a-f]{2}:)/i, '');
    yield {
      names,
      cells: isLease ? [address, bare, host, client] : [],
      line: number,
      ...(isLease ? {} : { skip: 'below' as const }),
    };
  }
}
