import type { FailureCodeName } from '../../domain/failures/failure-codes.js';
import { isFailureCode } from '../../domain/failures/failure-codes.js';
import type { Models } from '../../domain/phone/models.js';
import type { Sighting } from '../../domain/progress/observation.js';
import { sentence } from '../../domain/text/error-reason.js';
import { UcmError, type UcmRegistration } from '../../ucm/ucm.js';
import type { PhoneRecord } from '../record/phone-record.js';
import type { WrittenStep } from '../record/written-step.js';
import { factsFromUcm, withRegistration } from './facts.js';
import { deviceName, type UcmAtWork } from './ucm-at-work.js';

/** Nobody could look: nothing is known about the phone, not even that it is silent. */
export interface NotLooked {
  kind: 'not-looked';
  code: FailureCodeName;
  why: string;
}

/**
 * Looks at a phone under way with two pairs of eyes. While Unified CM sees it registered, that tells its load, whether its web server is on
 * or off: of a load named there it is asked first, after a move to Enterprise last, since a phone that answers tells more. What has left Unified
 * CM is looked for on the network.
 */
export async function lookWithUcm(
  record: PhoneRecord,
  written: WrittenStep,
  ucm: UcmAtWork,
  models: Models,
  lookAtPhone: () => Promise<Sighting | NotLooked>,
): Promise<Sighting | NotLooked> {
  const isLoad = written.step.step === 'load';
  if (!isLoad) {
    const here = await lookAtPhone();
    if (here.kind === 'phone' || written.step.load === null || record.ended) return here;
    const seen = await askUcm(record, ucm);
    if (!('registered' in seen)) return here;
    const isUnregistered = seen.registered === 'no' && (here.kind === 'silent' || here.kind === 'unreadable');
    return asSighting(record, written, seen, ucm, models) ?? (isUnregistered ? { ...here, isUnregistered } : here);
  }
  const seen = await askUcm(record, ucm);
  if (record.ended) return { kind: 'silent', why: 'not asked' };
  const registered = 'registered' in seen ? asSighting(record, written, seen, ucm, models) : null;
  if (registered) return registered;
  const here = await lookAtPhone();
  // Silence on the network is no silence of the phone where Unified CM could not be asked.
  return here.kind === 'silent' && 'kind' in seen ? seen : here;
}

async function askUcm({ mac }: PhoneRecord, ucm: UcmAtWork): Promise<UcmRegistration | NotLooked> {
  try {
    return await ucm.registration(deviceName(mac ?? ''));
  } catch (error) {
    if (!(error instanceof UcmError)) throw error;
    return {
      kind: 'not-looked',
      code: isFailureCode(error.code) ? error.code : 'ucm-unreadable',
      why: sentence(error.message),
    };
  }
}

/** The phone as Unified CM sees it registered; `null` where it does not. */
function asSighting(
  record: PhoneRecord,
  { baseline }: WrittenStep,
  registration: UcmRegistration,
  ucm: UcmAtWork,
  models: Models,
): Sighting | null {
  if (registration.registered !== 'yes' || registration.activeLoad === null) return null;
  const { address } = registration;
  if (address !== null && address !== record.address && !record.ended) {
    record.note('moved', `Unified CM sees it at ${address}, was ${record.address}`);
    record.address = address;
  }
  const known = { mac: record.mac ?? '', model: baseline.model };
  const facts =
    baseline.family === 'enterprise'
      ? withRegistration(baseline, registration)
      : factsFromUcm(known, registration, models);
  return { kind: 'phone', facts, by: `Unified CM ${ucm.host}` };
}
