import { normalized } from '../columns/known-names.js';
import type { Skip } from '../row.js';

const known = new WeakMap<readonly string[], { state: number; expiration: number; host: number }>();

function placesOf(names: readonly string[]): { state: number; expiration: number; host: number } {
  const places = known.get(names);
  if (places !== undefined) return places;
  const list = names.map(normalized);
  const at = (...wanted: string[]): number => list.findIndex((name) => wanted.includes(name));
  const isExport = ['clientipaddress', 'clientipadresse', 'adresseipduclient'].some((name) => list.includes(name));
  const found = {
    state: at('addressstate'),
    expiration: isExport ? at('leaseexpiration', 'leaseablauf', 'expirationdubail') : -1,
    host: list.includes('scopeid') || isExport ? at('hostname', 'name', 'nom') : -1,
  };
  known.set(names, found);
  return found;
}

/**
 * Whether Windows' DHCP server says that nobody has the address. Source: Microsoft, Get-DhcpServerv4Lease (`AddressState`: Active,
 * ActiveReservation, InactiveReservation, Declined, Expired); `BAD_ADDRESS` is the name of a declined one.
 */
export function windowsState(names: readonly string[], cells: readonly string[]): Skip | null {
  const { state, expiration, host } = placesOf(names);
  const text = cells[state] ?? '';
  if (text !== '' && !/^Active(?:Reservation)?$/i.test(text)) return 'inactive';
  if (/\((?:inactive|inaktiv|inactif)\)/i.test(cells[expiration] ?? '')) return 'inactive';
  return cells[host] === 'BAD_ADDRESS' ? 'inactive' : null;
}
