import type { FailureCodeName } from '../../domain/failures/failure-codes.js';
import type { PlanStep } from '../../domain/plan/plan.js';
import type { MissingLicense, Rehearsal } from '../../domain/rehearsal/rehearsal.js';
import type { RunContext } from '../../fleet/context.js';
import { planPhone } from '../../fleet/plan/plan-phone.js';
import type { ModeledPhone } from '../model/modeled-phone.js';

const missingCode: FailureCodeName = 'license-missing';

/** What the phones of a run need, whatever befalls them in a night: planned as the run plans them. @returns `null`: none needs a license */
export async function licensesOf(
  asked: readonly ModeledPhone[],
  context: Pick<RunContext, 'options' | 'models' | 'preflight' | 'phones' | 'ucm'>,
  isKnown: boolean,
): Promise<Required<Rehearsal>['licenses'] | null> {
  let needed = 0;
  const missing: MissingLicense[] = [];
  for (const { address, facts } of asked) {
    const { mac = null, model = null } = facts ?? {};
    if (facts === null || mac === null) continue;
    const { plan, failure } = await planPhone(facts, { hint: {}, source: '' }, address, context);
    if (!plan.some(needsLicense)) continue;
    needed += 1;
    if (failure?.code === missingCode) missing.push({ address, mac, model });
  }
  return needed === 0 ? null : { needed, held: isKnown ? needed - missing.length : null, missing };
}

function needsLicense({ set }: PlanStep): boolean {
  return set.authorizationRule !== undefined;
}
