import {
  type AddressRange,
  blockNotForHosts,
  formatIpv4,
  type Ipv4,
  ipv4Problem,
  networkAround,
  parseIpv4,
} from './ipv4.js';
import { UsageError } from '../text/usage-error.js';
import { shown } from '../text/printable.js';

/** The requested addresses. */
export interface Addresses {
  kind: 'addresses';
  range: AddressRange;
  /** Where to look for a phone that moved: the CIDR or range as given; for one address its /24. */
  scope: string;
}

/** A host name, in lower case and without a final dot. */
export interface HostName {
  kind: 'host';
  name: string;
}

/**
 * Reads a CIDR such as `10.0.0.0/24` into the addresses that hosts can have: without network and broadcast address, except
 * in a /31 (both) and a /32 (the one). Host bits may be set: `10.0.0.5/24` means its network.
 * @param place what the message of a UsageError begins with, e.g. `--subnet 10.0.0.0/33`
 */
export function parseSubnet(text: string, place: string): Addresses {
  const { network, prefix } = parseCidr(text.trim(), place);
  const range = prefix >= 31 ? network : { first: network.first + 1, last: network.last - 1 };
  refuseBlocks(range, place);
  return { kind: 'addresses', range, scope: `${formatIpv4(network.first)}/${prefix}` };
}

/** Reads an address, a range (`10.0.0.5-40`, `10.0.0.5-10.0.1.20`) or a host name. @throws UsageError */
export function parseTarget(text: string, place: string): Addresses | HostName {
  const given = text.trim();
  if (looksLikeCidr(given)) throw new UsageError(`${place}: this is a subnet; give it with --subnet.`);
  const form = parseRange(given, place) ?? parseSingle(given, place);
  if (form.kind === 'addresses') refuseBlocks(form.range, place);
  return form;
}

/** Reads one address or one host name, as in a row of an inventory. @throws UsageError */
export function parseSingle(text: string, place: string): Addresses | HostName {
  const given = text.trim();
  if (/^[\d.]+$/.test(given)) {
    const address = addressOrThrow(given, place);
    return { kind: 'addresses', range: { first: address, last: address }, scope: scopeOf(address) };
  }
  return { kind: 'host', name: hostNameOrThrow(given, place) };
}

/**
 * Reads an exclusion: a CIDR (its network and broadcast address too), a range, an address, a host name. Blocks that
 * no phone can be in are allowed here, as excluding them does no harm.
 * @throws UsageError
 */
export function parseExclusion(text: string, place: string): Addresses | HostName {
  const given = text.trim();
  if (looksLikeCidr(given)) return { kind: 'addresses', range: parseCidr(given, place).network, scope: given };
  return parseRange(given, place) ?? parseSingle(given, place);
}

/** The /24 around an address: where to look for a phone that was given by its address alone. */
export function scopeOf(address: Ipv4): string {
  return `${formatIpv4(networkAround(address, 24).first)}/24`;
}

/** @throws UsageError when the addresses touch a block that no phone can be in, such as multicast */
export function refuseBlocks(range: AddressRange, place: string): void {
  const block = blockNotForHosts(range);
  if (block !== null) throw new UsageError(`${place}: no phone can be in ${block}; correct the address.`);
}

function looksLikeCidr(text: string): boolean {
  return text.includes('/') && !text.includes('://') && !/^[^/]*:[^/]*:/.test(text);
}

function parseCidr(text: string, place: string): { network: AddressRange; prefix: number } {
  refuseOtherForms(text, place);
  const [address = '', prefix, ...rest] = text.split('/');
  if (prefix === undefined) {
    throw new UsageError(
      `${place}: a subnet needs a prefix length, such as 10.0.0.0/24; give one address with --target.`,
    );
  }
  if (rest.length > 0 || !/^\d{1,2}$/.test(prefix) || Number(prefix) > 32) {
    throw new UsageError(
      `${place}: the prefix length after the slash must be a number from 0 to 32, as in 10.0.0.0/24.`,
    );
  }
  return { network: networkAround(addressOrThrow(address, place), Number(prefix)), prefix: Number(prefix) };
}

function parseRange(text: string, place: string): Addresses | null {
  // A host name may contain dashes too, so a range needs digits and dots on both sides.
  const match = /^([\d.]+)\s*-\s*([\d.]+)$/.exec(text);
  const [, from = '', to = ''] = match ?? [];
  if (!match || !from.includes('.')) return null;
  const first = addressOrThrow(from, place);
  const last = addressOrThrow(/^\d+$/.test(to) ? `${from.slice(0, from.lastIndexOf('.'))}.${to}` : to, place);
  if (last < first) throw new UsageError(`${place}: the range ends before it starts; write the lower address first.`);
  return { kind: 'addresses', range: { first, last }, scope: text };
}

function addressOrThrow(text: string, place: string): Ipv4 {
  const address = parseIpv4(text);
  if (address === null) throw new UsageError(`${place}: ${ipv4Problem(text) ?? 'not an IPv4 address'}.`);
  return address;
}

const MAC = /^(?:[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}|[0-9a-f]{4}(?:\.[0-9a-f]{4}){2})$/i;

/** A specific message for common mistakes in place of an address. */
function refuseOtherForms(text: string, place: string): void {
  if (text === '') throw new UsageError(`${place}: the value is empty; write an address such as 10.0.0.5.`);
  if (text.includes('://')) throw new UsageError(`${place}: this is a URL; give only the address or host name in it.`);
  if (MAC.test(text)) {
    throw new UsageError(`${place}: this is a MAC address; give the phone's IPv4 address or host name.`);
  }
  if ((text.match(/:/g)?.length ?? 0) > 1) {
    throw new UsageError(`${place}: IPv6 is not supported yet; give the phone's IPv4 address.`);
  }
  if (text.includes(':')) {
    throw new UsageError(`${place}: give the address without a port; ports are set with --http-port and --https-port.`);
  }
  if (/[,;\s]/.test(text)) throw new UsageError(`${place}: give one value at a time and repeat the option for more.`);
}

function hostNameOrThrow(text: string, place: string): string {
  refuseOtherForms(text, place);
  if (text.includes('/'))
    throw new UsageError(`${place}: a subnet is not allowed here; give one address or host name.`);
  const name = text.replace(/\.$/, '').toLowerCase();
  const labels = name.split('.');
  const valid = name.length <= 253 && labels.every((label) => /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/.test(label));
  // A name whose last part is a number is a mistyped address; resolvers also take 0x7f000001 for one.
  if (!valid || /^(?:\d+|0x[\da-f]*)$/.test(labels.at(-1) ?? '')) {
    throw new UsageError(
      `${place}: "${shown(text)}" is neither an IPv4 address nor a host name; write 10.0.0.5 or phone1.example.com.`,
    );
  }
  return name;
}
