import { failure, type FailureCodeName } from '../../domain/failures/failure-codes.js';
import type { Models } from '../../domain/phone/models.js';
import { runsLoad } from '../../domain/plan/target.js';
import type { Sighting } from '../../domain/progress/observation.js';
import { UcmError, type UcmRegistration } from '../../ucm/ucm.js';
import type { PhoneRecord } from '../record/phone-record.js';
import type { WrittenStep } from '../record/written-step.js';
import { factsFromUcm, withRegistration } from './facts.js';
import { nameOf, type UcmAtWork } from './ucm-at-work.js';
import { notRegistered, ucmFailure } from './ucm-failure.js';

/** Nobody could look: nothing is known about the phone, not even that it is silent. */
export interface NotLooked {
  kind: 'not-looked';
  code: FailureCodeName;
  why: string;
  /** Nothing answers on the network where the phone was. */
  isSilentHere?: true;
}

/**
 * Looks at a phone under way with two pairs of eyes. Of a load named on Unified CM that is asked first, whether the phone's web server is on
 * or off; what has left it is looked for on the network first. After a move to Enterprise the phone comes first, since one that answers tells
 * more; what it runs then is proof once it has registered.
 */
export async function lookWithUcm(
  record: PhoneRecord,
  written: WrittenStep,
  ucm: UcmAtWork,
  models: Models,
  lookAtPhone: () => Promise<Sighting | NotLooked>,
): Promise<Sighting | NotLooked> {
  if (written.step.step === 'load') return lookForLoad(record, written, ucm, models, lookAtPhone);
  const here = await lookAtPhone();
  if (record.ended) return here;
  if (here.kind === 'phone') return arrived(here, record, written, ucm, models);
  const seen = await askUcm(record, ucm);
  const registered = 'registered' in seen ? asSighting(record, written, seen, ucm, models) : null;
  if (registered || here.kind === 'not-looked') return registered ?? here;
  if ('registered' in seen && seen.registered === 'no')
    return here.kind === 'other-phone' ? here : { ...here, isUnregistered: true };
  // It is one of its phones, and may be registered there: that it does not show itself here says nothing.
  const isItsPhone = record.mac !== null && ucm.phones.has(record.mac);
  return isItsPhone ? { ...('registered' in seen ? notSaid(ucm) : seen), isSilentHere: true } : here;
}

/**
 * A phone whose own page shows it as Enterprise has arrived when Unified CM sees it, too (guide G9): a phone that finds no Unified CM is of no
 * use. One that Unified CM does not have cannot register; that was told before it was moved.
 */
async function arrived(
  here: Extract<Sighting, { kind: 'phone' }>,
  record: PhoneRecord,
  written: WrittenStep,
  ucm: UcmAtWork,
  models: Models,
): Promise<Sighting> {
  if (here.facts.family !== 'enterprise' || record.mac === null || !ucm.phones.has(record.mac)) return here;
  const seen = await askUcm(record, ucm);
  if (!('registered' in seen)) return { ...here, notRegistered: failure(seen.code, seen.why) };
  if (seen.registered === 'yes') return asSighting(record, written, seen, ucm, models) ?? here;
  const runs = `Its own page says that it runs ${here.facts.softwareVersion ?? 'Enterprise firmware'}.`;
  const { code, message } = notRegistered(seen.registered, ucm.host);
  return {
    ...here,
    notRegistered: failure(
      seen.registered === 'no' ? 'not-registered' : (code as FailureCodeName),
      `${runs} ${message}`,
    ),
  };
}

async function lookForLoad(
  record: PhoneRecord,
  written: WrittenStep,
  ucm: UcmAtWork,
  models: Models,
  lookAtPhone: () => Promise<Sighting | NotLooked>,
): Promise<Sighting | NotLooked> {
  const hasLeft = record.state === 'restarting' || record.state === 'verifying';
  const first = hasLeft ? await lookAtPhone() : null;
  if (record.ended || (first && hasMovedOn(first, written))) return first ?? notAsked;
  const seen = await askUcm(record, ucm);
  if (record.ended) return notAsked;
  const registered = 'registered' in seen ? asSighting(record, written, seen, ucm, models) : null;
  if (registered && hasMovedOn(registered, written)) return registered;
  const here = first ?? (await lookAtPhone());
  // What Unified CM shows of a phone that has left may be old: the phone itself knows better.
  if (registered) return hasMovedOn(here, written) ? here : registered;
  // Silence on the network is no silence of the phone where Unified CM did not say that it is not there.
  if (here.kind !== 'silent' || ('registered' in seen && seen.registered === 'no')) return here;
  return { ...('registered' in seen ? notSaid(ucm) : seen), isSilentHere: true };
}

const notAsked: Sighting = { kind: 'silent', why: 'not asked' };

function notSaid({ host }: UcmAtWork): NotLooked {
  const { code, message } = notRegistered('unknown', host);
  return { kind: 'not-looked', code: code as FailureCodeName, why: message };
}

/** Whether the phone runs something else than before the step. */
function hasMovedOn(seen: Sighting | NotLooked, { baseline }: WrittenStep): boolean {
  if (seen.kind !== 'phone' || seen.facts.softwareVersion === null) return false;
  return seen.facts.family !== baseline.family || !runsLoad(baseline, seen.facts.softwareVersion);
}

async function askUcm(record: PhoneRecord, ucm: UcmAtWork): Promise<UcmRegistration | NotLooked> {
  try {
    return await ucm.registration(nameOf(record));
  } catch (error) {
    if (!(error instanceof UcmError)) throw error;
    const { code, message } = ucmFailure(error);
    return { kind: 'not-looked', code, why: message };
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
