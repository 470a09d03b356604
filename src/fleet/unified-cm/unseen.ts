import { failure, type FailureCodeName } from '../../domain/failures/failure-codes.js';
import type { Failure } from '../../domain/failures/failure.js';
import type { Mac } from '../../domain/network/mac.js';
import type { UcmPhone } from '../../ucm/ucm.js';
import type { Target } from '../../inventory/target.js';
import type { RunContext } from '../context.js';
import { nobodyThere, type ReadProblem } from '../survey/look-problem.js';
import type { KnownInUcm, UcmAtWork } from './ucm-at-work.js';
import { notRegistered } from './ucm-failure.js';

/** How an address answers at which a phone is and has its web server off (docs/knowledge/enterprise-pages.md#web-access). */
const closedWebServer: ReadonlySet<FailureCodeName> = new Set(['connect-refused', 'connect-reset'] as const);

/**
 * The phone that Unified CM sees registered at the address of a target whose MAC is known; `null` where it sees none. It may be another one than
 * a list says.
 */
export function knownByUcm({ address, hint: { mac } }: Target, ucm: UcmAtWork | null): KnownInUcm | null {
  if (mac === undefined || ucm === null) return null;
  const isThere = ({ registration, isBehindProxy }: KnownInUcm): boolean =>
    registration.registered === 'yes' && registration.address === address && !isBehindProxy;
  const named = ucm.phones.get(mac);
  if (named && isThere(named)) return named;
  const other = atAddresses(ucm).get(address);
  return other && isThere(other) ? other : null;
}

const indexes = new WeakMap<UcmAtWork['phones'], ReadonlyMap<string, KnownInUcm>>();

/** The phones by the address at which they were when the run began. */
function atAddresses({ phones }: UcmAtWork): ReadonlyMap<string, KnownInUcm> {
  const known = indexes.get(phones);
  if (known) return known;
  const made = new Map([...phones.values()].map((one) => [one.registration.address ?? '', one]));
  indexes.set(phones, made);
  return made;
}

/** Whether an address answers as that of a phone whose web server is off. */
export function isClosed({ code }: ReadProblem): boolean {
  return closedWebServer.has(code);
}

/** The problem of a target that does not answer, with what Unified CM says of it. */
export function notHere(problem: ReadProblem, { phone }: KnownInUcm, { ucm }: Pick<RunContext, 'ucm'>): ReadProblem {
  if (!nobodyThere.has(problem.code)) return problem;
  return {
    code: 'ucm-not-here',
    message: `Unified CM ${ucm?.host ?? ''} sees ${phone.name} registered here, but: ${problem.message}`,
  };
}

/** The problem of an address at which Unified CM sees a phone that itself answers at another one. */
export function seenElsewhere(
  address: string,
  { name }: Pick<UcmPhone, 'name'>,
  { ucm }: Pick<RunContext, 'ucm'>,
): ReadProblem {
  return {
    code: 'ucm-not-here',
    message: `Unified CM ${ucm?.host ?? ''} sees ${name} registered here, but the phone itself answers at ${address}.`,
  };
}

/** Why a phone is none of this run's, wherever it was found: Unified CM has it, and others were chosen there. */
export function whyLeftOut(mac: Mac | null, ucm: UcmAtWork | null): Failure | null {
  const known = mac === null ? undefined : ucm?.phones.get(mac);
  if (!ucm || known?.isLeftOut !== true) return null;
  const pool = known.phone.devicePool;
  const where = pool === null ? '' : ` in the device pool ${pool}`;
  return failure(
    'ucm-not-chosen',
    `Unified CM ${ucm.host} has it${where}; --device-pool and --match choose other phones.`,
  );
}

/** Why a phone that Unified CM has is without an address of its own; `null` where Unified CM does not tell. */
export function whyUnseen(mac: Mac, ucm: UcmAtWork | null): Failure | null {
  const known = ucm?.phones.get(mac);
  if (!ucm || !known) return null;
  const { registration, isBehindProxy } = known;
  if (isBehindProxy)
    return failure(
      'ucm-behind-proxy',
      `Unified CM ${ucm.host} sees it at ${registration.address ?? 'an address'}, as it does other phones: behind an Expressway or another proxy, or one of these entries is old.`,
    );
  const { registered, statusReason, address } = registration;
  // It has one, which this run leaves out.
  if (registered === 'yes' && address !== null) return null;
  if (registered === 'yes')
    return failure('ucm-registration-unknown', `Unified CM ${ucm.host} tells no address of it.`);
  const why = notRegistered(registered, ucm.host);
  return statusReason === null ? why : { ...why, message: `${why.message} Last reason: ${statusReason}.` };
}
