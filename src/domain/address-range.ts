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
  const first = parseAddress(from);
  if (first === null) return null;
  if (separator === '') return { first, last: first };
  if (separator === '/') return networkAround(first, to);
  const last = parseAddress(to.includes('.') ? to : `${from.slice(0, from.lastIndexOf('.'))}.${to}`);
  return last === null || last < first ? null : { first, last };
}

/** A dotted address as a number, null for anything else. Leading zeros are refused: some programs read 010 as eight. */
export function parseAddress(text: string): number | null {
  const octets = text.split('.');
  if (octets.length !== 4 || !octets.every((octet) => /^(?:0|[1-9]\d{0,2})$/.test(octet) && Number(octet) <= 255)) {
    return null;
  }
  return octets.reduce((address, octet) => address * 256 + Number(octet), 0);
}

function networkAround(address: number, prefix: string): AddressRange | null {
  if (!/^\d{1,2}$/.test(prefix) || Number(prefix) > 32) return null;
  const size = 2 ** (32 - Number(prefix));
  const first = Math.floor(address / size) * size;
  return { first, last: first + size - 1 };
}
