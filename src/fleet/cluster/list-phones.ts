import type { UcmListedPhone } from '../../domain/unified-cm/listed-phone.js';
import { chosenBy, poolsWithout, type UcmChoice } from '../../domain/unified-cm/choice.js';
import type { Ucm, UcmPhone, UcmRegistration } from '../../ucm/ucm.js';
import { needed, troubleOf } from './trouble.js';

/** The phones of a cluster. */
export interface UcmListed {
  phones: UcmListedPhone[];
  /** Why nothing is known of where they are and what they run; `null` where it was told. */
  trouble: string | null;
  /** Device pools that were named and that no phone is in. */
  emptyPools: readonly string[];
}

/**
 * All 7800 and 8800 phones that are chosen, in the order of their names, each with what the real-time service says of it.
 * @throws UsageError where the database cannot be read: part of a list would look like all of it
 */
export async function listUcmPhones(ucm: Pick<Ucm, 'phones' | 'registrations'>, choice: UcmChoice): Promise<UcmListed> {
  // Of all of them: phones behind one proxy are told by its address, also where only one of them is chosen.
  const all = await needed(allOf(ucm.phones()));
  const found = all.filter(chosenBy(choice));
  const emptyPools = poolsWithout(choice, all);
  if (found.length === 0) return { phones: [], trouble: null, emptyPools };
  let told: ReadonlyMap<string, UcmRegistration> = new Map();
  let trouble: string | null = null;
  try {
    told = await ucm.registrations(all.map(({ name }) => name));
  } catch (error) {
    const { text, advice } = troubleOf(error);
    trouble = `${text} ${advice}`;
  }
  const shared = sharedAddresses(told);
  return { phones: found.map((phone) => listed(phone, told.get(phone.name) ?? null, shared)), trouble, emptyPools };
}

/** The phones of a cluster as a list. @throws UcmError */
export async function allOf(phones: AsyncIterable<UcmPhone>): Promise<UcmPhone[]> {
  const all: UcmPhone[] = [];
  for await (const phone of phones) all.push(phone);
  return all;
}

/** Addresses that several phones have by now, with how many: those of an Expressway or another proxy, or of an entry that is old. */
export function sharedAddresses(told: ReadonlyMap<string, UcmRegistration>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { registered, address } of told.values())
    if (registered !== 'no' && address !== null) counts.set(address, (counts.get(address) ?? 0) + 1);
  return new Map([...counts].filter(([, count]) => count > 1));
}

function listed(
  { name, mac, model, description, devicePool, load }: UcmPhone,
  told: UcmRegistration | null,
  shared: ReadonlyMap<string, number>,
): UcmListedPhone {
  const registered = told?.registered ?? 'unknown';
  const why = whyNoAddress(registered, told?.address ?? null, shared);
  const words = [told?.status, told?.statusReason].filter((word) => word !== null && word !== undefined);
  return {
    ...{ name, mac, model, description, devicePool, registered, why },
    address: why === null ? (told?.address ?? null) : null,
    registration: words.length === 0 ? null : words.join(', '),
    load: told?.activeLoad ?? null,
    assignedLoad: load,
    webServer: told === null || told.httpd === null ? 'unknown' : told.httpd ? 'on' : 'off',
    lastSeen: told === null || told.at === null ? null : new Date(told.at).toISOString(),
    node: told?.node ?? null,
  };
}

function whyNoAddress(
  registered: UcmListedPhone['registered'],
  address: string | null,
  shared: ReadonlyMap<string, number>,
): string | null {
  if (registered === 'no') {
    const last = address === null ? '' : `; its last address was ${address}, which another may have by now`;
    return `not registered${last}`;
  }
  if (address === null)
    return registered === 'yes'
      ? 'Unified CM does not tell its address'
      : 'whether it is registered is not known, nor its address';
  const others = shared.get(address);
  return others === undefined
    ? null
    : `${others} phones are registered from ${address}, as behind an Expressway: none of them is reached there`;
}
