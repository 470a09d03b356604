import type { Mac } from '../../domain/network/mac.js';
import type { FailureCodeName } from '../../domain/failures/failure-codes.js';
import type { PhoneReport } from '../../domain/report/report.js';
import type { Rehearsal } from '../../domain/rehearsal/rehearsal.js';

/**
 * The licenses that the phones of a plan need.
 * @param licensed the phones whose license is held; `null`: nothing is known of licenses
 * @returns `null`: none needs one
 */
export function licensesOf(
  phones: readonly PhoneReport[],
  licensed: ReadonlySet<Mac> | null,
): Required<Rehearsal>['licenses'] | null {
  const needing = phones.filter(({ plan }) => plan.some(({ set }) => set.authorizationRule !== undefined));
  if (needing.length === 0) return null;
  const code: FailureCodeName = 'license-missing';
  return {
    needed: needing.length,
    held: licensed && needing.filter(({ mac }) => mac !== null && licensed.has(mac)).length,
    missing: needing.flatMap(({ address, mac, model, failure }) =>
      failure?.code === code && mac !== null ? [{ address, mac, model }] : [],
    ),
  };
}
