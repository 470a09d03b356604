import type { SettingName } from '../phone/facts.js';

/** `upgrade` within a family, `convert` to the other, `load`: the phone load on Unified CM, `authorize` a license. */
export const stepNames = ['upgrade', 'convert', 'load', 'authorize'] as const;

export type StepName = (typeof stepNames)[number];

/** What is set on Unified CM for a phone, rather than on its own page (guide G7). */
type UcmSettingName = 'phoneLoad' | 'loadServer';

/** Values as written into the form of a phone's page; the phone expands `$MAU` and the like itself. */
export type FormValues = Readonly<Partial<Record<SettingName, string>>>;

/** One write to a phone, or to Unified CM for it, and what it must lead to. */
export interface PlanStep {
  step: StepName;
  /** Load that the phone must run afterwards; `null` for `authorize`. */
  load: string | null;
  /** Values to set: on the phone's page, or on Unified CM. */
  set: FormValues & Readonly<Partial<Record<UcmSettingName, string>>>;
  /** Why the step is there or differs from the usual, for people. */
  note?: string;
}

/** A field that was set, as read before and after. */
export interface Change {
  field: SettingName | UcmSettingName;
  from: string;
  to: string;
}

/** A field of a phone's form that was set. */
export type FormChange = Change & { field: SettingName };

/** Whether a step sets the upgrade rule to one plain URL and nothing else: an upgrade action can do that too. */
export function isUpgradeOnly(set: FormValues): boolean {
  const fields = Object.entries(set).filter(([, value]) => value !== undefined);
  return fields.length === 1 && /^(?:https?|tftp):\/\/[^\s|[\]$]+$/i.test(set.upgradeRule ?? '');
}

/** Whether two plans would write the same. */
export function samePlan(a: readonly PlanStep[], b: readonly PlanStep[]): boolean {
  return JSON.stringify(a.map(comparable)) === JSON.stringify(b.map(comparable));
}

function comparable({ step, load, set }: PlanStep): unknown {
  const { upgradeRule = null, authorizationRule = null, authorizationType = null } = set;
  return [step, load, upgradeRule, authorizationRule, authorizationType, set.phoneLoad ?? null, set.loadServer ?? null];
}
