import { failure } from '../failures/failure-codes.js';
import type { Failure } from '../failures/failure.js';
import { type PhoneFacts, settingLabels, settingNames, type UpgradeSettings } from '../phone/facts.js';
import { didYouMean } from '../phone/near-label.js';
import { isUpgradeOnly, type PlanStep } from './plan.js';
import { needsNoForm, usualWriteMethods, type WriteMethod } from './write-methods.js';

/** The failure of a phone that cannot be given all fields of a step by any allowed write method; `null` if it can. */
export function missingFields(
  step: PlanStep,
  { settings, settingsProblem, nearLabels }: PhoneFacts,
  ways: readonly WriteMethod[] = usualWriteMethods,
): Failure | null {
  if (!settings)
    return (
      settingsProblem ??
      failure('fields-missing', `The Firmware Upgrade section was not found for certain.${didYouMean(nearLabels)}`)
    );
  const way = ways.find((one) => canTake(one, step, settings));
  if (way === undefined)
    return (
      (settings.withoutForm ? settingsProblem : null) ?? failure('fields-missing', noWriteMethodFor(step, settings))
    );
  for (const field of settingNames) {
    if (step.set[field] !== undefined && settings[field] === null)
      return failure(
        'fields-missing',
        `The page has no field for the ${settingLabels[field]}.${didYouMean(nearLabels)}`,
      );
  }
  const type = step.set.authorizationType;
  if (
    type === undefined ||
    (settings.withoutForm && settings.authorizationTypesOffered.length === 0) ||
    settings.authorizationTypesOffered.some((offered) => offered.trim().toLowerCase() === type.toLowerCase())
  )
    return null;
  return failure(
    'type-not-offered',
    `The page offers ${settings.authorizationTypesOffered.join(', ') || 'nothing'}, not ${type}.`,
  );
}

/** Whether a write method can set what a step sets: a form only what it has fields for, an upgrade action only firmware. */
function canTake(way: WriteMethod, { set }: PlanStep, { withoutForm }: UpgradeSettings): boolean {
  if (way === 'upgrade') return isUpgradeOnly(set);
  return needsNoForm(way) || withoutForm !== true;
}

function noWriteMethodFor({ set }: PlanStep, { withoutForm }: UpgradeSettings): string {
  if (withoutForm) return 'The page shows the settings, but no fields that could be posted.';
  return `None of the write methods that the profile allows can set ${Object.keys(set).length} fields at once.`;
}
