import { UsageError } from '../../domain/text/usage-error.js';
import type { Exclusions } from '../addresses/exclusions.js';
import type { ChosenColumns } from './columns/chosen-columns.js';
import { allDecisive, contradictionOf, type Said } from '../contradiction.js';
import { withMore } from '../hint.js';
import { formatIpv4, type Ipv4 } from '../../domain/network/ipv4.js';
import type { InventoryRow } from './row.js';
import type { InventoryIo } from '../io.js';
import type { Mac } from '../../domain/network/mac.js';
import type { ListWarning, TargetHint } from '../target.js';

/** A phone from an inventory, kept small: there may be tens of thousands. */
export interface ListedPhone {
  hint: TargetHint;
  path: string;
  line: number;
}

/** The line of a phone that no file lists. */
export const noLine = 0;

/** What asked for a phone: its file and line, or the run it is of. */
export function sourceOf({ path, line }: Pick<ListedPhone, 'path' | 'line'>): string {
  return line === noLine ? path : `${path}:${line}`;
}

/** All inventories taken together: each address and each host name once, exclusions removed. */
export interface ListedPhones {
  byAddress: Map<Ipv4, ListedPhone>;
  byHost: Map<string, ListedPhone>;
  /** Rows with a MAC and no address. An address of the same phone may be known from another row. */
  byMac: Map<Mac, ListedPhone>;
  /** Rows read, including duplicates and excluded ones. */
  rows: number;
  /** Distinct phones beyond `keepAtMost`: counted, but not kept. */
  notKept: number;
  warnings: ListWarning[];
}

/**
 * Reads and checks every row of every inventory. Rows for the same address are one phone: the first value of each column wins.
 * @param keepAtMost the rest is only counted, so that memory stays bounded when a file is far too large
 * @throws UsageError for a file that cannot be used, for one without a single row, and for two rows that contradict each other
 */
export async function readListedPhones(
  paths: readonly string[],
  exclusions: Exclusions,
  keepAtMost: number,
  io: Pick<InventoryIo, 'readFile'>,
  chosen: ChosenColumns,
): Promise<ListedPhones> {
  const listed: ListedPhones = {
    byAddress: new Map(),
    byHost: new Map(),
    byMac: new Map(),
    rows: 0,
    notKept: 0,
    warnings: [],
  };
  for (const path of paths) {
    // What reads the many forms of lists is loaded where there is one.
    const { readInventory } = await import('./inventory-file.js');
    const before = listed.rows;
    const warn = (text: string, unidentified: number): void =>
      void listed.warnings.push({ path, text, ...(unidentified > 0 ? { unidentified } : {}) });
    for await (const row of readInventory(path, { io, chosen, warn })) {
      listed.rows += 1;
      addRow(listed, row, path, exclusions, keepAtMost);
    }
    if (listed.rows > before) continue;
    const said = listed.warnings.find((warning) => warning.path === path)?.text ?? '';
    throw new UsageError(
      said === ''
        ? `${path}: there are no phones in the file; add a row for each.`
        : `${path}: there are no phones in the file (${said.replace(/\.$/, '')}); correct its rows, or give a list with IPv4 addresses or MACs.`,
    );
  }
  return listed;
}

function addRow(
  listed: ListedPhones,
  row: InventoryRow,
  path: string,
  exclusions: Exclusions,
  keepAtMost: number,
): void {
  const phone: ListedPhone = { hint: row.hint, path, line: row.line };
  if (row.address === null) {
    const { mac } = row.hint;
    if (mac !== undefined) addOnce(listed, listed.byMac, mac, mac, phone, keepAtMost);
  } else if (row.address.kind === 'host') {
    const { name } = row.address;
    if (!exclusions.hosts.has(name)) addOnce(listed, listed.byHost, name, name, phone, keepAtMost);
  } else {
    const address = row.address.range.first;
    if (!exclusions.addresses.has(address)) {
      addOnce(listed, listed.byAddress, address, formatIpv4(address), phone, keepAtMost);
    }
  }
}

function addOnce<Key>(
  listed: ListedPhones,
  phones: Map<Key, ListedPhone>,
  key: Key,
  shownKey: string,
  phone: ListedPhone,
  keepAtMost: number,
): void {
  const known = phones.get(key);
  if (known) addTo(known, phone, shownKey);
  else if (listed.byAddress.size + listed.byHost.size + listed.byMac.size < keepAtMost) phones.set(key, phone);
  else listed.notKept += 1;
}

/**
 * Adds to a phone what another row says of it: the first one's values win. An earlier run remembers what was, so that any list wins over
 * it, but for the VID: the phone itself has shown it.
 * @throws UsageError for rows that contradict each other
 */
export function addTo(known: ListedPhone, phone: ListedPhone, shownKey: string): void {
  const [first, second] = [known, phone].map((one) => ({ hint: one.hint, source: sourceOf(one) })) as [Said, Said];
  const isOfRun = known.line === noLine || phone.line === noLine;
  const contradiction = contradictionOf(first, second, shownKey, isOfRun ? ['vid'] : allDecisive);
  if (contradiction !== null)
    throw new UsageError(
      `${contradiction}; ${isOfRun ? 'look at its label and correct the list' : 'correct or remove one of the two rows'}.`,
    );
  known.hint =
    known.line === noLine && phone.line !== noLine
      ? withMore(withMore({}, second.hint, second.source), first.hint, first.source)
      : withMore(first.hint, second.hint, second.source);
}
