import { failure } from '../failures/failure-codes.js';
import { ruleNames, type UpgradeSettings } from '../phone/facts.js';
import type { PlanStep } from './plan.js';
import type { Failure } from '../failures/failure.js';

/**
 * A phone does not evaluate an unchanged rule again (docs/knowledge/multiplatform-settings.md#when-a-phone-acts). Where the phone already
 * holds the wanted rule, this gives the step a harmlessly different one, by the profile's endings per URL scheme, and says so in its note.
 */
export function retriggered(
  step: PlanStep,
  settings: UpgradeSettings,
  endings: Readonly<Record<string, string>>,
): PlanStep | Failure {
  let set = step.set;
  for (const field of ruleNames) {
    const wanted = step.set[field];
    const current = settings[field]?.trim();
    if (wanted === undefined || !current) continue;
    const scheme = /^([a-z]+):/i.exec(wanted)?.[1]?.toLowerCase() ?? '';
    const ending = endingFor(wanted, endings[scheme]);
    const times = repetitions(current, wanted, ending);
    if (times === null) continue;
    if (ending === undefined)
      return failure(
        'rule-unchanged',
        `The phone already holds ${wanted}, and a ${scheme || 'relative'} URL cannot be varied.`,
      );
    set = { ...set, [field]: wanted + ending.replace('{n}', String(times + 1)) };
  }
  if (set === step.set) return step;
  const note = 'The rule was already set: its URL is varied so that the phone evaluates it again.';
  return { ...step, set, note: step.note === undefined ? note : `${step.note} ${note}` };
}

/** A URL that has a query already gets the ending as a further part of it. */
function endingFor(rule: string, ending: string | undefined): string | undefined {
  return ending?.startsWith('?') && rule.includes('?') ? `&${ending.slice(1)}` : ending;
}

/** How often the wanted rule was already varied in what the phone holds; `null` when that is another rule. */
function repetitions(current: string, wanted: string, ending: string | undefined): number | null {
  if (current === wanted) return 0;
  if (ending === undefined || !current.startsWith(wanted)) return null;
  const [before, after] = ending.split('{n}', 2) as [string, string | undefined];
  const rest = current.slice(wanted.length);
  if (!rest.startsWith(before) || !rest.endsWith(after ?? '')) return null;
  const digits = rest.slice(before.length, rest.length - (after?.length ?? 0));
  return /^\d{1,6}$/.test(digits) ? Number(digits) : null;
}
