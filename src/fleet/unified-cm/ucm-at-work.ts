import type { Mac } from '../../domain/network/mac.js';
import type { PhoneRecord } from '../record/phone-record.js';
import type { UcmKnowledge } from '../../domain/unified-cm/knowledge.js';
import type { Ucm, UcmPhone, UcmRegistration } from '../../ucm/ucm.js';

/** A phone as Unified CM has it: in its database, and in its real-time service. A run that looks again keeps it up to date. */
export interface KnownInUcm {
  phone: UcmPhone;
  /** As it was seen last. */
  registration: UcmRegistration;
  /** Other phones are seen at the same address: that of an Expressway or another proxy, not the phone's own. */
  isBehindProxy: boolean;
  /** A node did not say which phones it has: others may be at the same address. */
  mayBeBehindProxy?: true;
  /** `--device-pool` or `--match` chooses others. */
  isLeftOut?: true;
}

/** The Unified CM of a run. */
export interface UcmAtWork {
  host: string;
  client: Pick<Ucm, 'settings' | 'change' | 'apply'>;
  /** Every 7800 and 8800 of its database when the run began, by MAC. */
  phones: ReadonlyMap<Mac, KnownInUcm>;
  /** A phone as it is now; asked together with others, so that the service's limit is kept. @throws UcmError */
  registration(name: string): Promise<UcmRegistration>;
  /** Web access: what it is called, and whether it may be switched on while phones are read. */
  webAccess: { setting: UcmKnowledge['webAccess']; isAllowed: boolean };
  /** What *Load Server* may be called in a phone's settings. */
  loadServerTags: readonly [string, ...string[]];
}

/** How Unified CM calls the phone with that MAC. */
export function deviceName(mac: Mac): string {
  return `SEP${mac}`;
}

/** How it calls a phone that it was asked about before: without a MAC nothing ever is. */
export function nameOf({ mac }: Pick<PhoneRecord, 'mac'>): string {
  if (mac === null) throw new RangeError('a phone without a MAC has no name on Unified CM');
  return deviceName(mac);
}
