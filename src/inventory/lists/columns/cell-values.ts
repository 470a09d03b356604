import { isIPv6 } from 'node:net';
import { type Mac, parseMac } from '../../../domain/network/mac.js';
import { type Addresses, type HostName, parseSingle, refuseBlocks } from '../../../domain/network/address-forms.js';
import { phoneModelIn } from '../../../domain/phone/facts.js';
import { networkAround, parseIpv4 } from '../../../domain/network/ipv4.js';
import { shown } from '../../../domain/text/printable.js';
import { UsageError } from '../../../domain/text/usage-error.js';
import type { KnownName } from './known-names.js';

/** What systems and languages write where there is nothing. Source: docs/knowledge/inventories.md, "Words for nothing". */
const nothing: ReadonlySet<string> = new Set([
  ...[
    '',
    '-',
    '--',
    '\u2013',
    '\u2014',
    '*',
    'n/a',
    '#n/a',
    'none',
    'null',
    'nan',
    'undefined',
    '<none>',
    '#nv',
    'n.a.',
    '---',
    '?',
    // Infoblox writes a reservation without a device so.
    '00:00:00:00:00:00',
  ],
  ...[
    'unavailable',
    'unassigned',
    'unaccessible',
    'unknown',
    'not available',
    'not assigned',
    'unregistered',
    'not registered',
    'hub_none',
    'offline',
    'not found',
  ],
  ...['nicht verf\u00fcgbar', 'keine', 'k. a.', 'k.a.', 'unbekannt', 'aucun', 'aucune', 'inconnu', 'non disponible'],
]);

/** The cell's text; empty for words that stand for nothing. */
export function valueOf(cell: string | undefined): string {
  const text = cell?.trim() ?? '';
  return nothing.has(text.toLowerCase()) ? '' : text;
}

/** A cell that is an IPv4 address, with a prefix length or not. */
export function isAddress(text: string): boolean {
  return parseIpv4(text.replace(/\/\d{1,2}$/, '')) !== null;
}

/** A cell with IPv6 addresses and nothing else; also in brackets, with a prefix length or a zone. */
export function isIpv6(text: string): boolean {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '');
  return parts.length > 0 && parts.every((part) => isIPv6(part.replace(/^\[(.*)\]$/, '$1').replace(/\/\d{1,3}$/, '')));
}

/** A cell with addresses and nothing else, whether they can be asked or not. */
export function isAnyAddress(text: string): boolean {
  return isAddress(text) || isIpv6(text);
}

/** A cell that is a MAC, with `SEP` or without. */
export function isMac(text: string): boolean {
  return macIn(text) !== null;
}

/** The MAC in a cell; Unified CM names a phone by `SEP` and its MAC, perhaps with a domain behind. */
export function macIn(text: string): Mac | null {
  return parseMac(text.replace(/^SEP/i, '')) ?? macOfSep(text);
}

function macOfSep(text: string): Mac | null {
  const [, digits] = /^SEP([0-9A-F]{12})(?:\..*)?$/i.exec(text) ?? [];
  return digits === undefined ? null : parseMac(digits);
}

/** The IPv4 address in a cell, which may hold others than IPv4, too; `several` where it is not clear which one is meant. */
export function ipv4In(text: string): string | null {
  const found = new Set(
    text
      .split(/[\s,;]+/)
      .filter((part) => isAddress(part))
      .map((part) => part.replace(/\/\d+$/, '')),
  );
  const [first] = found;
  return found.size > 1 ? 'several' : (first ?? null);
}

/** Reads the cell of an address: an IPv4 address, also with the length of its prefix, or a host name. @throws UsageError */
export function readAddress(text: string, place: string): Addresses | HostName {
  const beginning = `${place}: address "${shown(text)}"`;
  if (/^[\d.]+\s*-\s*[\d.]+$/.test(text))
    throw new UsageError(`${beginning}: a range is not allowed here; give it with --target, or a row for each phone.`);
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '');
  if (parts.length > 1 && parts.every((part) => isAddress(part) || part.includes(':'))) {
    const one = ipv4In(text);
    if (one === 'several')
      throw new UsageError(`${beginning}: these are several addresses; keep the one of the phone.`);
    if (one !== null) return readOne(parts.find((part) => part.replace(/\/\d+$/, '') === one) ?? one, place, beginning);
  }
  if (/\s/.test(text.trim()))
    throw new UsageError(
      `${beginning}: there are other words in the cell; leave the address alone in it, or put # before the row if it is no phone.`,
    );
  return readOne(text, place, beginning);
}

function readOne(text: string, place: string, beginning: string): Addresses | HostName {
  const [, host = '', prefix] = /^([\d.]+)\/(\d{1,2})$/.exec(text) ?? [];
  const bare = prefix !== undefined && isHostIn(host, Number(prefix)) ? host : text;
  const address = parseSingle(bare, beginning);
  if (address.kind === 'addresses') refuseBlocks(address.range, `${place}: address ${text}`);
  return address;
}

/** `10.0.0.5/24` is the address of a host; `10.0.0.0/24` is a network. */
function isHostIn(text: string, prefix: number): boolean {
  const address = parseIpv4(text);
  if (address === null || prefix > 32) return false;
  const { first, last } = networkAround(address, prefix);
  return prefix >= 31 || (address > first && address < last);
}

/**
 * What a cell says of a MAC: the MAC; nothing; that the row is of something that is no phone; `SEP` with something broken behind it; a name in a
 * list of devices, which may be that of a phone or of something else.
 */
export type MacCell = { mac: Mac } | 'nothing' | 'other-device' | 'broken-name' | 'name';

/** Names that Unified CM gives to soft clients, adapters and gateways. Source: docs/knowledge/inventories.md, "No phones". */
const otherDevice = /^(?:CSF|TCT|BOT|TAB)[A-Z0-9._-]+$|^(?:ATA|AN|VG|SKIGW)[0-9A-F]{8,}/;

/**
 * Reads a cell that may name a MAC.
 * @param named names are those of Unified CM's devices: what is not `SEP` and a MAC is no phone
 * @throws UsageError for something that was meant to be one
 */
export function readMacCell(text: string, kind: KnownName['kind'], named: boolean, place: string): MacCell {
  const mac = macIn(text) ?? (kind === 'client' ? macOfClient(text) : null);
  if (mac !== null) return { mac };
  if (/^\d(?:[.,]\d+)?E\+?\d+$/i.test(text)) {
    throw new UsageError(
      `${place}: "${shown(text)}" is a MAC that a spreadsheet turned into a number; format the column as text and fill it in again.`,
    );
  }
  if (kind === 'client') return 'nothing';
  if (kind === 'plain') {
    if (otherDevice.test(text)) return 'other-device';
    throw new UsageError(
      `${place}: "${shown(text)}" is not a MAC address; write 12 hexadecimal digits, such as 00CCFC123456.`,
    );
  }
  if (kind === 'name' && !named) return 'nothing';
  if (/^SEP/i.test(text)) return 'broken-name';
  return otherDevice.test(text) ? 'other-device' : 'name';
}

/** The type of hardware (01) and the MAC. */
function macOfClient(text: string): Mac | null {
  const [, rest] = /^01[:.-]?(.+)$/.exec(text) ?? [];
  return rest === undefined ? null : parseMac(rest);
}

/** Words that some systems write into a column of models and that name none; numbers of RIS have three or five digits. */
const noModel = /^(?:(?:cisco\s+)?(?:ip\s*)?phone|ip|telefon|t[eé]l[eé]phone|cisco|\d{1,3}|\d{5,})$/i;

/** The text of a cell that names a model; empty where it names none. */
export function modelIn(text: string, kind: KnownName['kind']): string {
  if (phoneModelIn(text) !== null) return kind !== 'icon' || /cisco|cp-/i.test(text) ? text : '';
  return kind === 'weak' || kind === 'icon' || noModel.test(text) ? '' : text;
}
