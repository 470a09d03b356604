/**
 * Sorts items by address, so that a list reads like the subnet: by number (`10.0.0.9` before `10.0.0.10`), also with a port. Host
 * names follow in alphabetical order, numbers in them by value.
 */
export function inAddressOrder<T>(items: readonly T[], addressOf: (item: T) => string): T[] {
  const placed = items.map((item) => ({ item, place: placeOf(addressOf(item)) }));
  return placed.sort((a, b) => compare(a.place, b.place)).map(({ item }) => item);
}

interface Place {
  /** Address and port as one number below 2^48; infinite for anything but an IPv4 address. */
  number: number;
  /** A host name with its numbers padded, so that they sort as text. */
  name: string;
  text: string;
}

function placeOf(text: string): Place {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?::(\d{1,5}))?$/.exec(text);
  if (!match) return { number: Infinity, name: text.replace(/\d+/g, (digits) => digits.padStart(3, '0')), text };
  const [, a, b, c, d, port = '0'] = match;
  const number = [a, b, c, d].reduce((sum, part) => sum * 256 + Number(part), 0) * 65_536 + Number(port);
  return { number, name: '', text };
}

function compare(a: Place, b: Place): number {
  if (a.number !== b.number) return a.number < b.number ? -1 : 1;
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.text < b.text ? -1 : a.text > b.text ? 1 : 0;
}
