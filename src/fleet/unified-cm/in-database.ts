import { failure } from '../../domain/failures/failure-codes.js';
import type { Failure, Note } from '../../domain/failures/failure.js';
import { parseLoad, sameLoad } from '../../domain/firmware/load.js';
import type { Models } from '../../domain/phone/models.js';
import type { PhoneFacts } from '../../domain/phone/facts.js';
import type { PlanStep } from '../../domain/plan/plan.js';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import type { UcmRow } from '../../domain/report/report.js';
import { notInUcm } from '../../domain/unified-cm/not-in-ucm.js';
import { deviceName, type UcmAtWork } from './ucm-at-work.js';
import { notRegistered } from './ucm-failure.js';

/** Why a phone cannot be given a load on Unified CM; `null` if it can. */
export function whyNotThroughUcm(
  facts: Pick<PhoneFacts, 'mac' | 'softwareVersion' | 'productId' | 'serial'>,
  ucm: UcmAtWork | null,
): Failure | null {
  const { mac } = facts;
  if (mac === null) return failure('mac-unknown');
  if (ucm === null) return failure('ucm-not-found', 'No Unified CM was named (--ucm) on which its load could be set.');
  const known = ucm.phones.get(mac);
  if (!known) return failure('ucm-not-found', `Unified CM ${ucm.host} has no phone ${deviceName(mac)}.`);
  const { registered, activeLoad } = known.registration;
  if (registered !== 'yes') return notRegistered(registered, ucm.host);
  // Only its own page tells these.
  const isPageRead = facts.productId !== null || facts.serial !== null;
  if (known.mayBeBehindProxy && !isPageRead)
    return failure(
      'ucm-registration-unknown',
      `A node of Unified CM ${ucm.host} does not say which phones it has, so others may be at the address of this one, as behind an Expressway; its own page was not read.`,
    );
  if (activeLoad === null || facts.softwareVersion === null || sameLoad(activeLoad, facts.softwareVersion)) return null;
  return failure(
    'witnesses-disagree',
    `Its own page says that it runs ${facts.softwareVersion}, Unified CM ${ucm.host} ${activeLoad}.`,
  );
}

/** Why a phone must not be moved to a Unified CM that would move it back; `null` if it may. */
export function whyNotToUcm(mac: PhoneFacts['mac'], ucm: UcmAtWork | null, models: Models): Failure | null {
  const load = mac === null ? null : (ucm?.phones.get(mac)?.phone.load ?? null);
  if (ucm === null || load === null || parseLoad(load, models.loadNames)?.family !== 'multiplatform') return null;
  return failure('ucm-load-leads-back', `Unified CM ${ucm.host} names ${load} for it.`);
}

/** What Unified CM does not know of a phone that will need it, or should. */
export function ucmNotes(
  { mac, family }: PhoneFacts,
  { ucm = null, options }: { ucm?: UcmAtWork | null; options: { profile: MigrationProfile | null } },
): Note[] {
  if (ucm === null || mac === null || ucm.phones.has(mac)) return [];
  const movesHere = options.profile?.direction === 'm2e' && family === 'multiplatform';
  if (!movesHere && family !== 'enterprise') return [];
  const then = movesHere ? ': after its move it will not register until it is added there' : '';
  return [notInUcm(`Unified CM ${ucm.host} has no phone ${deviceName(mac)}${then}.`)];
}

/** Where Unified CM will lead a phone on to that moves to it, if that is not where the plan ends. */
export function ledOnNote({ mac }: PhoneFacts, plan: readonly PlanStep[], ucm: UcmAtWork | null): Note[] {
  const load = mac === null ? null : (ucm?.phones.get(mac)?.phone.load ?? null);
  const target = plan.findLast((step) => step.step === 'convert')?.load ?? null;
  if (ucm === null || load === null || target === null || sameLoad(load, target)) return [];
  return [
    { kind: 'load-in-ucm', text: `Unified CM ${ucm.host} names ${load} for it: once registered, it goes on to that.` },
  ];
}

/** A phone's row of Unified CM for its report; `null`: it has none. */
export function ucmRow(mac: PhoneFacts['mac'], ucm: UcmAtWork | null): UcmRow | null {
  const known = mac === null ? undefined : ucm?.phones.get(mac);
  if (!known) return null;
  const { phone, registration } = known;
  const { name, devicePool, description, load } = phone;
  const { registered, statusReason } = registration;
  return { name, devicePool, description, registered, load, statusReason };
}
