import { type AddressRange, indexFrom, type Ipv4 } from '../../domain/network/ipv4.js';

/** How many addresses a range holds. */
export function rangeSize(range: AddressRange): number {
  return range.last - range.first + 1;
}

/**
 * A set of addresses kept as sorted ranges that neither overlap nor touch: a whole network costs one entry, so that
 * millions of addresses can be compared without being listed.
 */
export class RangeSet {
  readonly #ranges: AddressRange[] = [];

  /** Adds a range and gives back the parts of it that were not in the set before, in ascending order. */
  add(range: AddressRange): AddressRange[] {
    const added = this.without(range);
    // From the first range that ends at or next to the new one's start, up to the last that starts at or next to its end.
    const from = indexFrom(this.#ranges, range.first - 1);
    let to = from;
    let { first, last } = range;
    for (let next = this.#ranges[to]; next && next.first <= range.last + 1; next = this.#ranges[to]) {
      first = Math.min(first, next.first);
      last = Math.max(last, next.last);
      to += 1;
    }
    this.#ranges.splice(from, to - from, { first, last });
    return added;
  }

  has(address: Ipv4): boolean {
    const range = this.#ranges[indexFrom(this.#ranges, address)];
    return range !== undefined && range.first <= address;
  }

  /** The parts of a range that are not in the set, in ascending order. */
  without(range: AddressRange): AddressRange[] {
    const parts: AddressRange[] = [];
    let start = range.first;
    for (let index = indexFrom(this.#ranges, range.first); start <= range.last; index += 1) {
      const next = this.#ranges[index];
      if (!next || next.first > range.last) {
        parts.push({ first: start, last: range.last });
        break;
      }
      if (next.first > start) parts.push({ first: start, last: next.first - 1 });
      start = next.last + 1;
    }
    return parts;
  }
}
