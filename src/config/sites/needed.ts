import { type AddressRange, parseAddressRange } from '../../domain/network/ipv4.js';
import type { Site } from '../../domain/network/site.js';
import { listed, type Written } from '../settings/option.js';

/** Whether the passwords of a site will be asked for: `maybe` where a list of phones, or a name that is not looked up yet, may lead there. */
export type Need = 'surely' | 'maybe' | 'no';

/** What is to be contacted. */
export interface Asked {
  values: Readonly<Record<string, Written>>;
  /** The names of the sites that are. */
  chosen: ReadonlySet<string>;
}

/** How much the passwords of a site are needed for what is to be contacted. */
export function needOf(site: Pick<Site, 'name'> & Listed, { values, chosen }: Asked): Need {
  if (chosen.has(site.name)) return 'surely';
  const named = [...listed(values['subnet']), ...listed(values['target'])].map((text) =>
    parseAddressRange(String(text)),
  );
  const ranges = named.filter((range) => range !== null);
  if (rangesOf(site).some((range) => ranges.some((other) => overlap(range, other)))) return 'surely';
  const lists = ['inventory', 'from-run', 'ucm'].some((name) => listed(values[name]).length > 0);
  return lists || named.length === 0 || ranges.length < named.length ? 'maybe' : 'no';
}

/** Whether an address is in both. */
export function shareAddresses(one: Listed, other: Listed): boolean {
  const others = rangesOf(other);
  return rangesOf(one).some((range) => others.some((another) => overlap(range, another)));
}

type Listed = Pick<Site, 'subnets' | 'targets'>;

function rangesOf({ subnets, targets }: Listed): AddressRange[] {
  return [...subnets, ...targets].flatMap((text) => parseAddressRange(text) ?? []);
}

function overlap(a: AddressRange, b: AddressRange): boolean {
  return a.first <= b.last && b.first <= a.last;
}
