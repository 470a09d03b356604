import type { Reason } from '../../domain/plan/eligibility.js';
import type { Change, PlanStep } from '../../domain/plan/plan.js';
import type { Evidence } from '../../domain/failures/failure.js';

/** Between the parts of a list in one cell. Not `;` or `,`, which spreadsheets take for the next cell. */
const between = ' | ';

/** `convert to sip88xx.14-2-1-0101-26`, `authorize`. */
export function stepText(step: PlanStep): string {
  return step.load === null ? step.step : `${step.step} to ${step.load}`;
}

/** `upgrade to LOAD [upgradeRule=URL] | convert to LOAD [upgradeRule=URL, authorizationRule=URL] (why)`. */
export function planText(plan: readonly PlanStep[]): string {
  return plan
    .map((step) => {
      const set = Object.entries(step.set).map(([field, value]) => `${field}=${value}`);
      const note = step.note === undefined ? '' : ` (${step.note})`;
      return `${stepText(step)}${set.length === 0 ? '' : ` [${set.join(', ')}]`}${note}`;
    })
    .join(between);
}

/** `upgradeRule: "" -> "http://…" | authorizationType: "" -> "Classic"`. */
export function changesText(changes: readonly Change[]): string {
  return changes.map(({ field, from, to }) => `${field}: "${from}" -> "${to}"`).join(between);
}

/** `G5: below 12.0(3) | G2: …`. */
export function reasonsText(reasons: readonly Reason[]): string {
  return reasons.map(({ rule, text }) => `${rule}: ${text}`).join(between);
}

/** `2026-01-31T22:14:05.000Z firmware: … | …`, in the order made. */
export function evidenceText(evidence: readonly Evidence[]): string {
  return evidence.map(({ at, kind, text }) => `${at} ${kind}: ${text}`).join(between);
}
