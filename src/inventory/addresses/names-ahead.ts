import type { Ipv4 } from '../../domain/network/ipv4.js';
import { contradictionOf } from '../contradiction.js';
import { withMore } from '../hint.js';
import type { InventoryIo } from '../io.js';
import { type ListedPhone, type ListedPhones, sourceOf } from '../lists/listed-phones.js';
import type { Target } from '../target.js';
import { inOrderAhead, type Resolution, resolveHost } from './resolve.js';

/** Host names that had to be looked up before the first target, and the rows of them by their address. */
export interface NamesAhead {
  resolved: ReadonlyMap<string, Resolution>;
  rows: ReadonlyMap<Ipv4, readonly ListedPhone[]>;
}

/**
 * Looks up the names whose rows give a VID, where other rows may be of the same phone: a firmware floor may rest on it, so that it must be
 * known before the phone's first row is taken. All other names are looked up as their turn comes.
 */
export async function lookUpAhead({ byAddress, byHost }: ListedPhones, io: InventoryIo): Promise<NamesAhead> {
  const resolved = new Map<string, Resolution>();
  const rows = new Map<Ipv4, ListedPhone[]>();
  const named = byAddress.size + byHost.size > 1 ? [...byHost].filter(([, { hint }]) => hint.vid !== undefined) : [];
  for await (const { name, phone, resolution } of inOrderAhead(named, async ([name, phone]) => ({
    ...{ name, phone },
    resolution: await resolveHost(name, io),
  }))) {
    resolved.set(name, resolution);
    const [address] = resolution.addresses;
    if (address !== undefined) rows.set(address, [...(rows.get(address) ?? []), phone]);
  }
  return { resolved, rows };
}

/** The target with what rows of other names say of the same address. One that names another MAC is of another phone. */
export function withNames(target: Target, address: Ipv4, { rows }: NamesAhead): Target {
  let all = target;
  for (const phone of rows.get(address) ?? []) {
    const { hint } = phone;
    const source = sourceOf(phone);
    const isOther = all.hint.mac !== undefined && hint.mac !== undefined && all.hint.mac !== hint.mac;
    if (source === target.source || isOther) continue;
    const contradiction = all.contradiction ?? contradictionOf(all, { hint, source }, target.address);
    all = {
      ...all,
      hint: withMore(all.hint, hint, source),
      ...(contradiction === null ? {} : { contradiction }),
    };
  }
  return all;
}
