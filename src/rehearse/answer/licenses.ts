import type { FailureCodeName } from '../../domain/failures/failure-codes.js';
import type { PlanStep } from '../../domain/plan/plan.js';
import type { MissingLicense, Rehearsal } from '../../domain/rehearsal/rehearsal.js';
import type { Planned } from './plans.js';

const missingCode: FailureCodeName = 'license-missing';

/** What the phones of a run need, whatever befalls them in a night. @returns `null`: none needs a license */
export function licensesOf(plans: readonly Planned[], isKnown: boolean): Required<Rehearsal>['licenses'] | null {
  let needed = 0;
  const missing: MissingLicense[] = [];
  for (const { phone, planned } of plans) {
    const { mac = null, model = null } = phone.facts ?? {};
    if (mac === null) continue;
    const { plan, failure } = planned;
    if (!plan.some(needsLicense)) continue;
    needed += 1;
    if (failure?.code === missingCode) missing.push({ address: phone.address, mac, model });
  }
  return needed === 0 ? null : { needed, held: isKnown ? needed - missing.length : null, missing };
}

function needsLicense({ set }: PlanStep): boolean {
  return set.authorizationRule !== undefined;
}
