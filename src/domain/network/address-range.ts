import { networkAround, parseIpv4 } from './ipv4.js';

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
