/** An IPv4 address as an unsigned 32-bit integer, so that ranges are plain arithmetic. */
export type Ipv4 = number;

const LARGEST = 0xffff_ffff;

/** Reads a dotted address such as `10.0.0.5`; null for anything else, see {@link ipv4Problem} for why. */
export function parseIpv4(text: string): Ipv4 | null {
  const [, a, b, c, d] = dotted.exec(text) ?? [];
  if (d === undefined) return null;
  return ((Number(a) * 256 + Number(b)) * 256 + Number(c)) * 256 + Number(d);
}

const octet = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const dotted = new RegExp(`^${octet}\\.${octet}\\.${octet}\\.${octet}$`);

/** Writes an address in the usual dotted form. */
export function formatIpv4(address: Ipv4): string {
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}

/** Why a text is not a dotted IPv4 address, as the end of a sentence; null when it is one. */
export function ipv4Problem(text: string): string | null {
  const octets = text.split('.');
  if (octets.length !== 4 || octets.some((octet) => !/^\d+$/.test(octet))) {
    return 'an IPv4 address is four numbers with dots between them, such as 10.0.0.5';
  }
  const large = octets.find((octet) => octet.length > 3 || Number(octet) > 255);
  if (large !== undefined) return `each number of an IPv4 address is at most 255, not ${large.slice(0, 12)}`;
  // Some programs read 010 as eight: refusing is safer than guessing.
  const padded = octets.find((octet) => octet.length > 1 && octet.startsWith('0'));
  return padded === undefined ? null : `write the numbers of an IPv4 address without leading zeros, not ${padded}`;
}

/** Addresses that no phone can have, with their names. */
const NOT_FOR_HOSTS = [
  { first: 0, last: 0x00ff_ffff, name: 'the "this network" block 0.0.0.0/8' },
  { first: 0xe000_0000, last: 0xefff_ffff, name: 'the multicast block 224.0.0.0/4' },
  { first: 0xffff_ffff, last: LARGEST, name: 'the broadcast address 255.255.255.255' },
  { first: 0xf000_0000, last: 0xffff_fffe, name: 'the reserved block 240.0.0.0/4' },
];

/** The name of a block without phones that the range touches, or null. Loopback is allowed. */
export function blockNotForHosts(range: { first: Ipv4; last: Ipv4 }): string | null {
  return NOT_FOR_HOSTS.find(({ first, last }) => range.first <= last && range.last >= first)?.name ?? null;
}

/** The network of the given prefix length (0 to 32) around an address, network and broadcast address included. */
export function networkAround(address: Ipv4, prefix: number): { first: Ipv4; last: Ipv4 } {
  const size = 2 ** (32 - prefix);
  const first = Math.floor(address / size) * size;
  return { first, last: first + size - 1 };
}

/** IPv4 addresses from `first` to `last`, both included, as unsigned 32-bit numbers. */
export interface AddressRange {
  first: number;
  last: number;
}

/**
 * The addresses that `10.0.0.5`, `10.0.0.5-40`, `10.0.0.5-10.0.1.20` or `10.0.0.0/24` (network and broadcast address
 * included, host bits ignored) stand for; null for anything else, host names too.
 */
export function parseAddressRange(text: string): AddressRange | null {
  const [, from = '', separator = '', to = ''] = /^([\d.]+)(?:\s*([/-])\s*([\d.]+))?$/.exec(text.trim()) ?? [];
  const first = parseIpv4(from);
  if (first === null) return null;
  if (separator === '') return { first, last: first };
  if (separator === '/') return /^\d{1,2}$/.test(to) && Number(to) <= 32 ? networkAround(first, Number(to)) : null;
  const last = parseIpv4(to.includes('.') ? to : `${from.slice(0, from.lastIndexOf('.'))}.${to}`);
  return last === null || last < first ? null : { first, last };
}

/**
 * Finds an address among ranges by binary search.
 * @param ranges in ascending order, none overlapping another
 * @returns the index of the first range that ends at the address or later; that of none, the length, where all end before it
 */
export function indexFrom(ranges: readonly AddressRange[], address: Ipv4): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ranges[middle]?.last ?? Infinity) < address) low = middle + 1;
    else high = middle;
  }
  return low;
}
