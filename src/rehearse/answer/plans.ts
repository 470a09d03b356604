import type { FailureCodeName } from '../../domain/failures/failure-codes.js';
import type { RunContext } from '../../fleet/context.js';
import { planPhone, type PlannedPhone } from '../../fleet/plan/plan-phone.js';
import type { ModeledPhone } from '../model/modeled-phone.js';

/** A phone, and what the run would do with it. */
export interface Planned {
  phone: ModeledPhone;
  planned: PlannedPhone;
}

/** Plans the phones of a rehearsal as the run plans them, before the first night and whatever befalls them in it. */
export async function plansOf(
  asked: readonly ModeledPhone[],
  context: Pick<RunContext, 'options' | 'models' | 'preflight' | 'phones' | 'ucm'>,
): Promise<Planned[]> {
  const plans: Planned[] = [];
  for (const phone of asked) {
    const { address, facts } = phone;
    if (facts === null) continue;
    plans.push({ phone, planned: await planPhone(facts, { hint: {}, source: '' }, address, context) });
  }
  return plans;
}

/** A phone that Unified CM does not see tonight may be there the next night. */
const passing: ReadonlySet<string> = new Set<FailureCodeName>(['ucm-unregistered', 'ucm-registration-unknown']);

/** The phones that stay as they are on whichever night they answer. */
export function stayingOf(plans: readonly Planned[]): Set<ModeledPhone> {
  return new Set(
    plans.flatMap(({ phone, planned: { event, failure } }) => {
      const isBlocked = event === 'prerequisite-missing' && !passing.has(failure?.code ?? '');
      return event === 'not-allowed' || isBlocked ? [phone] : [];
    }),
  );
}
