/** `127.20.1.5` as a number. NaN unless it is four numbers from 0 to 255. */
export function addressToNumber(address: string): number {
  const parts = address.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return Number.NaN;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** The inverse. */
function numberToAddress(value: number): string {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
}

/** Whether the address is in 127.0.0.0/8, the only place simulated phones live and fetch from. */
export function isLoopback(address: string): boolean {
  return !Number.isNaN(addressToNumber(address)) && address.startsWith('127.');
}

/** First and last address of a CIDR in 127.0.0.0/8; null for anything else. */
export function subnetBounds(cidr: string): { first: number; last: number } | null {
  const [address = '', bits = ''] = cidr.split('/');
  const length = Number(bits);
  if (!isLoopback(address) || !/^\d{1,2}$/.test(bits) || length < 8 || length > 32) return null;
  const size = 2 ** (32 - length);
  const first = Math.floor(addressToNumber(address) / size) * size;
  return { first, last: first + size - 1 };
}

/** The addresses of a subnet that a phone may have, in order: none that ends in .0 or .255. */
export function* hostAddresses(cidr: string): Generator<string> {
  const bounds = subnetBounds(cidr);
  if (bounds === null) return;
  for (let value = bounds.first; value <= bounds.last; value += 1) {
    const last = value & 255;
    if (last !== 0 && last !== 255) yield numberToAddress(value);
  }
}
