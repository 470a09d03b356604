import { isPageOff, fateOf } from '../../domain/rehearsal/fate.js';
import type { PhoneFacts } from '../../domain/phone/facts.js';
import type { RehearsalParts } from '../parts.js';
import type { VirtualClock } from '../virtual-clock.js';
import { BusyShares } from './busy-shares.js';
import { Calls } from './calls.js';
import { ModeledPhone, type Nature } from './modeled-phone.js';
import { formOf, natureOf } from './nature.js';
import type { PhoneInUcm } from './unified-cm.js';

/** The modeled phones of a rehearsal. */
export interface ModeledFleet {
  phones: readonly ModeledPhone[];
  byAddress: ReadonlyMap<string, ModeledPhone>;
  /** Those that Unified CM is assumed to have. */
  inUcm: readonly PhoneInUcm[];
  /** A further night begins. @param night from 2 */
  begin: (night: number) => void;
}

type FleetParts = Pick<RehearsalParts, 'reports' | 'listed' | 'assumptions' | 'zone' | 'profile'>;

/** Models the phones of an audit, and those that lists alone know, as they are before the first night. */
export function modelFleet(
  { reports, listed, assumptions, zone, profile }: FleetParts,
  { clock, seed }: { clock: VirtualClock; seed: number },
): ModeledFleet {
  const form = formOf(profile);
  const shares = new BusyShares(assumptions.busy, zone);
  const luckOf = (key: string, night: number): [ReturnType<typeof fateOf>, Calls] => [
    fateOf(seed, key, night, assumptions),
    new Calls(seed, `${key}/${night}`, shares, assumptions.call, clock.now()),
  ];
  const model = (address: string, nature: Nature): ModeledPhone => {
    const key = keyOf(address, nature.kind === 'phone' ? nature.facts : null);
    return new ModeledPhone(
      key,
      address,
      nature,
      { form, isPageOff: isPageOff(seed, key, assumptions) },
      clock,
      ...luckOf(key, 1),
    );
  };
  const byAddress = new Map<string, ModeledPhone>();
  const inUcm: PhoneInUcm[] = [];
  const add = (address: string, nature: Nature, known: Omit<PhoneInUcm, 'phone' | 'mac'> | null): void => {
    const phone = model(address, nature);
    byAddress.set(address, phone);
    const mac = phone.facts?.mac ?? null;
    if (mac !== null && known) inUcm.push({ phone, mac, ...known });
  };
  // Where no run has asked Unified CM, it is assumed to have them all.
  const wasAsked = reports.some(({ ucm }) => ucm !== null && ucm !== undefined);
  const unasked = { devicePool: null, description: '', load: null };
  for (const report of reports) {
    const nature = natureOf(report, profile);
    if (nature) add(report.address, nature, report.ucm ?? (wasAsked ? null : unasked));
  }
  for (const { address, facts } of listed) add(address, { kind: 'phone', facts }, wasAsked ? null : unasked);
  const phones = [...byAddress.values()];
  return {
    ...{ phones, byAddress, inUcm },
    begin: (night) => {
      for (const phone of phones) phone.begin(...luckOf(phone.key, night));
    },
  };
}

function keyOf(address: string, facts: PhoneFacts | null): string {
  return facts?.mac ?? address;
}
