import type { Mac } from '../../domain/network/mac.js';
import type { KnownPhone } from '../../inventory/target.js';
import { chosenBy, poolsWithout, type UcmChoice } from '../../domain/unified-cm/choice.js';
import type { Ucm } from '../../ucm/ucm.js';
import { allOf, sharedAddresses } from '../cluster/list-phones.js';
import type { KnownInUcm, UcmAtWork } from './ucm-at-work.js';

/** The phones of a Unified CM when a run begins. */
export interface UcmListing {
  /** All of its 7800 and 8800. */
  phones: ReadonlyMap<Mac, KnownInUcm>;
  /** Device pools that were named and that no phone is in. */
  emptyPools: readonly string[];
}

/** Lists the phones of a Unified CM and where they are now. Reads only. @throws UcmError */
export async function listPhones(ucm: Pick<Ucm, 'phones' | 'registrations'>, choice: UcmChoice): Promise<UcmListing> {
  const all = await allOf(ucm.phones());
  const isChosen = chosenBy(choice);
  const registrations = await ucm.registrations(all.map(({ name }) => name));
  const shared = sharedAddresses(registrations);
  const isAllTold = [...registrations.values()].every(
    ({ registered, status }) => registered !== 'unknown' || status !== null,
  );
  const phones = new Map<Mac, KnownInUcm>();
  for (const phone of all) {
    const registration = registrations.get(phone.name);
    if (!registration) continue;
    const isBehindProxy = registration.address !== null && shared.has(registration.address);
    const isLeftOut = !isChosen(phone);
    phones.set(phone.mac, {
      phone,
      registration,
      isBehindProxy,
      ...(isLeftOut ? { isLeftOut } : {}),
      ...(isAllTold ? {} : { mayBeBehindProxy: true }),
    });
  }
  return { phones, emptyPools: poolsWithout(choice, all) };
}

/** The chosen phones as targets: by their address where Unified CM sees them registered at one of their own, else by their MAC alone. */
export function asKnownPhones({ phones }: Pick<UcmListing, 'phones'>): KnownPhone[] {
  return [...phones].flatMap(([mac, { phone, registration, isBehindProxy, isLeftOut }]) => {
    if (isLeftOut) return [];
    const isThere = registration.registered !== 'no' && !isBehindProxy;
    const hint = { mac, ...(phone.model === null ? {} : { model: phone.model }) };
    return [{ address: isThere ? registration.address : null, hint }];
  });
}

/** Keeps what is seen of a phone, so that its report says how it was seen last. */
export function keptUpToDate(
  { phones }: Pick<UcmListing, 'phones'>,
  ask: UcmAtWork['registration'],
): UcmAtWork['registration'] {
  const byName = new Map([...phones.values()].map((known) => [known.phone.name, known]));
  return async (name) => {
    const registration = await ask(name);
    const known = byName.get(name);
    if (known) known.registration = registration;
    return registration;
  };
}
