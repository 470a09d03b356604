import type { createColors } from 'picocolors';
import type { Outcome } from '../../domain/progress/outcome.js';
import type { UnfinishedWord } from '../../domain/report/unfinished.js';

type Colors = ReturnType<typeof createColors>;

/**
 * The color of an outcome: green is done, red is known bad, yellow needs attention, dim needs none.
 * @param wanted whether it needs attention, where the outcome alone does not tell
 */
export function outcomeColor(
  colors: Colors,
  outcome: Outcome | UnfinishedWord,
  wanted: boolean,
): (text: string) => string {
  switch (outcome) {
    case 'done':
    case 'already-done':
      return colors.green;
    case 'planned':
      return colors.cyan;
    case 'upgrading':
    case 'waiting':
    case 'audited':
      return wanted ? colors.yellow : colors.cyan;
    case 'failed':
      return colors.red;
    case 'unverified':
      return colors.magenta;
    case 'blocked':
    case 'deferred':
    case 'aborted':
      return colors.yellow;
    case 'ineligible':
      return colors.dim;
    case 'no-answer':
    case 'not-a-phone':
      return wanted ? colors.yellow : colors.dim;
  }
}

/**
 * Outcomes that need attention (`not-a-phone` and `no-answer` where the target was named, `audited` where a page could not be read),
 * the most urgent last: there it stands nearest to the prompt.
 */
export const byUrgency: readonly Outcome[] = [
  ...(['audited', 'aborted', 'deferred', 'not-a-phone', 'no-answer', 'blocked', 'unverified', 'failed'] as const),
];
