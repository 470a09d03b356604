import type { Assumptions } from '../../../domain/rehearsal/assumptions.js';
import { type Fate, fateOf, isPageOff } from '../../../domain/rehearsal/fate.js';
import { StepTimes } from '../../../domain/rehearsal/step-times.js';
import type { Behavior } from '../../behavior/behavior.js';
import type { SimulatorOptions } from '../../types.js';

/** What befalls phones, by what is assumed: the same as in the first night of a rehearsal of that seed. */
export interface Luck {
  seed: number;
  assumptions: Assumptions;
}

/** What befalls a phone: its fate, or that its page is off after a move to Enterprise. */
export type Misfortune = Exclude<Fate, 'well'> | 'page-off';

/** How a simulated phone behaves that meets with it. */
export const misfortunes: Readonly<Record<Misfortune, Partial<Behavior>>> = {
  'no-answer': { web: 'off' },
  deferred: { busy: 'forever' },
  // The license of a move is taken whatever it is, so that the move itself fails; one that comes alone is refused.
  failed: { upgradeResult: 'write-failed', licenseCheck: false, authorizationResult: 'refused' },
  silent: { neverReturns: true },
  'page-off': { webAfterConversion: false },
};

/** `null`: all goes well for that phone. */
export function misfortuneOf(mac: string, { seed, assumptions }: Luck): Misfortune | null {
  const fate = fateOf(seed, mac, 1, assumptions);
  if (fate !== 'well') return fate;
  return isPageOff(seed, mac, assumptions) ? 'page-off' : null;
}

/** How often a phone whose license is awaited is looked at (ms): as in every shipped profile. */
const usualPollMs = 15_000;

/**
 * How long steps take where a duration is assumed, with the draws of a rehearsal; else as the scenario's timing says.
 */
export function takesAssumed({ seed, assumptions }: Luck): SimulatorOptions['takes'] {
  const { duration } = assumptions;
  if (duration === null) return undefined;
  // Without a history only a license is guessed, and that needs no more than its own guess.
  const times = new StepTimes([], Number.POSITIVE_INFINITY, duration, seed);
  return ({ mac }, step) => times.of(step, mac, usualPollMs);
}
