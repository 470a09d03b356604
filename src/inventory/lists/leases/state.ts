import { normalized } from '../columns/known-names.js';

/** Words of a column that say that nobody has the address of the row. */
interface Saying {
  /** Names of the column, normalized. */
  columns: readonly string[];
  /** Only in a list that also has one of these columns; absent: in any. */
  beside?: readonly string[];
  says: RegExp;
}

const leaseEnds = /^(?:free|available|unused|abandoned|expired|backup|released|declined|reset|offered|inactive)$/i;
const exportOfWindows = ['clientipaddress', 'clientipadresse', 'adresseipduclient'];

/**
 * What DHCP and address management write of addresses that nobody has. Sources: docs/knowledge/inventories.md ("Words for nobody").
 * A column of a general name counts only with words that mean an address, as devices have states, too.
 */
const sayings: readonly Saying[] = [
  { columns: ['leasestate', 'bindingstate', 'leasestatus'], says: leaseEnds },
  { columns: ['addressstate'], says: /^(?!Active(?:Reservation)?$)/i },
  {
    columns: ['status', 'state', 'addressstatus', 'ipstatus'],
    says: /^(?:unused|free|unallocated|not in use|abandoned|expired|declined)$/i,
  },
  // Infoblox lists these two of each network among its addresses; elsewhere a device may be of the type network.
  { columns: ['type', 'types'], beside: ['leasestate', 'usage'], says: /^(?:ipv4 )?(?:network|broadcast)$/i },
  // Kea counts its states: declined, reclaimed, released; a lifetime of 0 deletes the lease.
  { columns: ['state'], beside: ['validlifetime', 'validlft'], says: /^[1-9]\d*$/ },
  { columns: ['validlifetime', 'validlft'], says: /^0$/ },
  // Windows: reservations that are not in use, and addresses that somebody declined.
  {
    columns: ['leaseexpiration', 'leaseablauf', 'expirationdubail'],
    beside: exportOfWindows,
    says: /\((?:inactive|inaktiv|inactif)\)/i,
  },
  { columns: ['hostname', 'name', 'nom'], beside: ['scopeid', ...exportOfWindows], says: /^BAD_ADDRESS$/ },
];

interface PlacedSaying {
  index: number;
  says: RegExp;
}

/** By the columns of a file, as a long one has many rows. */
const placed = new WeakMap<readonly string[], readonly PlacedSaying[]>();

/** Whether a column of the row says that nobody has its address. */
export function saysNobody(names: readonly string[], cells: readonly string[]): boolean {
  return placesOf(names).some(({ index, says }) => {
    const text = cells[index]?.trim() ?? '';
    return text !== '' && says.test(text);
  });
}

/** Whether the column at a place is looked at for such words. */
export function maySayNobody(names: readonly string[], at: number): boolean {
  return placesOf(names).some(({ index }) => index === at);
}

function placesOf(names: readonly string[]): readonly PlacedSaying[] {
  let places = placed.get(names);
  if (places === undefined) placed.set(names, (places = placesIn(names.map(normalized))));
  return places;
}

function placesIn(names: readonly string[]): PlacedSaying[] {
  const isThere = ({ beside }: Saying): boolean => beside?.some((name) => names.includes(name)) ?? true;
  return names.flatMap((name, index) =>
    sayings.filter((saying) => saying.columns.includes(name) && isThere(saying)).map(({ says }) => ({ index, says })),
  );
}
