import type { SettingName } from '../phone/facts.js';

/** `upgrade` within a family, `convert` to the other, `authorize` a license. */
export type StepName = 'upgrade' | 'convert' | 'authorize';

/** One write to a phone and what it must lead to. */
export interface PlanStep {
  step: StepName;
  /** Load that the phone must run afterwards; `null` for `authorize`. */
  load: string | null;
  /** Values to set, as written into the form (the phone expands `$MAU` and the like itself). */
  set: Readonly<Partial<Record<SettingName, string>>>;
  /** Why the step is there or differs from the usual, for people. */
  note?: string;
}

/** A field that was set, as read before and after. */
export interface Change {
  field: SettingName;
  from: string;
  to: string;
}

/** Whether a step sets the upgrade rule to one plain URL and nothing else: an upgrade action can do that too. */
export function isUpgradeOnly(set: PlanStep['set']): boolean {
  const fields = Object.entries(set).filter(([, value]) => value !== undefined);
  return fields.length === 1 && /^(?:https?|tftp):\/\/[^\s|[\]$]+$/i.test(set.upgradeRule ?? '');
}

/** Whether two plans would write the same. */
export function samePlan(a: readonly PlanStep[], b: readonly PlanStep[]): boolean {
  return JSON.stringify(a.map(comparable)) === JSON.stringify(b.map(comparable));
}

function comparable({ step, load, set }: PlanStep): unknown {
  return [step, load, set.upgradeRule ?? null, set.authorizationRule ?? null, set.authorizationType ?? null];
}
