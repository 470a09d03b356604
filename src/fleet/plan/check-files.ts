import { failure, isLocalShortage } from '../../domain/failures/failure-codes.js';
import type { Failure } from '../../domain/failures/failure.js';
import type { PhoneFacts } from '../../domain/phone/facts.js';
import { expandMacros, phoneMacroValues, unexpandedMacros } from '../../domain/plan/macros.js';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import type { PlanStep } from '../../domain/plan/plan.js';
import { loadRulesOf } from '../../domain/plan/steps.js';
import type { FileCheck } from '../../files/file-check.js';
import type { RunContext } from '../context.js';

/**
 * How long ago (ms) a file may have been looked at when a phone is told to fetch it: phones wait for hours for their slot or their second step.
 * Phones that are written to within that time share one look at the load.
 */
export const beforeWriteMs = 5 * 60_000;

/** The same context, but what it finds of files is as of now: for a write. */
export function asOfNow<Context extends Pick<RunContext, 'preflight'>>(context: Context): Context {
  const { preflight } = context;
  return {
    ...context,
    preflight: {
      firmware: (url, load) => preflight.firmware(url, load, beforeWriteMs),
      license: (url, mac) => preflight.license(url, mac, beforeWriteMs),
      anew: (ageMs) => preflight.anew(ageMs),
    },
  };
}

/** Why what a step makes the phone fetch cannot be relied on. */
export interface FilesProblem {
  failure: Failure;
  /** Of a file server in trouble: for how long (ms) it has been. `null`: something is known about the file. */
  troubleForMs: number | null;
}

/** Whether a problem is one of the file server's that may pass while the phone waits, untouched or after its first step. */
export function mayPass(
  { troubleForMs }: FilesProblem,
  { touched }: { touched: boolean },
  { timing }: Pick<MigrationProfile, 'timing'>,
): boolean {
  return troubleForMs !== null && troubleForMs < (touched ? timing.upgradeDeadline : timing.idleWait);
}

/** Fetches what a step makes the phone fetch (docs/architecture.md#1-no-write-on-a-guess). Returns the warnings, or the problem. */
export async function checkStep(
  step: PlanStep | undefined,
  facts: PhoneFacts,
  address: string,
  context: Pick<RunContext, 'options' | 'preflight'>,
): Promise<string[] | FilesProblem> {
  if (!step || context.options.skipPreflight) return [];
  const warnings: string[] = [];
  for (const [rules, check] of [
    [loadRulesOf(step, context.options), (url: string) => context.preflight.firmware(url, step.load ?? '')],
    [step.set.authorizationRule ?? [], (url: string) => context.preflight.license(url, facts.mac ?? '')],
  ] as const) {
    let result: FileCheck | null = null;
    // One place after the other, as the phone does; the first one's problem tells the most.
    for (const rule of [rules].flat()) {
      const url = asThePhoneFetches(rule, facts, address);
      if (typeof url !== 'string') return { failure: url, troubleForMs: null };
      const next = await check(url);
      result = next.ok ? next : (result ?? next);
      if (next.ok || isLocalShortage(next)) break;
    }
    if (result === null) continue;
    if (!result.ok) return { failure: failure(result.code, result.message), troubleForMs: result.troubleForMs ?? null };
    warnings.push(...result.warnings);
  }
  return warnings;
}

/** A rule with its macros expanded as this phone expands them; a failure if only the phone knows what it would fetch. */
export function asThePhoneFetches(rule: string, facts: PhoneFacts, address: string): string | Failure {
  const values = phoneMacroValues(facts, address);
  const unknown = unexpandedMacros(rule, values);
  if (unknown.length > 0)
    return failure(
      'files-bad-url',
      `Only the phone knows what ${unknown.join(', ')} in ${rule} stands for, so it cannot be checked.`,
    );
  return expandMacros(rule, values);
}
