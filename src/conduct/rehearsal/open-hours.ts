import type { FirmwareFamily } from '../../domain/firmware/load.js';
import { type Site, siteOfTarget } from '../../domain/network/site.js';
import type { MigrationProfile } from '../../domain/plan/migration-profile.js';
import type { StepName } from '../../domain/plan/plan.js';
import { leastSteps } from '../../domain/plan/steps.js';
import { partFor } from '../../domain/plan/target.js';
import type { Pacing } from '../../fleet/pacing/pacing.js';
import type { Window } from '../../fleet/pacing/window/window.js';
import type { Target } from '../../fleet/run/assemble.js';

/** When the phones of a rehearsal may be written to. */
export interface OpenHours {
  /** Each window that holds for one of them, once. */
  windows: readonly Window[];
  /** That of the run, wherever it is among these; `null`: it has none. */
  own: Window | null;
  /** Whether one of them has no window, so that it may be written to at any time. */
  isAlways: boolean;
}

/**
 * When phones may be written to, each as the run would ask: the window of its site, else the run's own.
 * @param phones where none is known, the window of the run holds
 */
export function openHours(
  phones: readonly Target[],
  { window: own, sites: paces }: Pick<Pacing, 'window' | 'sites'>,
  sites: readonly Site[],
): OpenHours {
  const windows = new Map<string, Window>();
  const names = new Set(phones.map((phone) => siteOfTarget(phone, sites)?.name ?? phone.hint.site ?? ''));
  let isAlways = false;
  for (const name of phones.length === 0 ? [''] : names) {
    const window = paces.get(name)?.window ?? own;
    if (window === null) isAlways = true;
    // Sites that have the same hours have them each for itself.
    else if (window === own || !windows.has(keyOf(window))) windows.set(keyOf(window), window);
  }
  return { windows: [...windows.values()], own, isAlways };
}

function keyOf({ text, zone }: Window): string {
  return JSON.stringify([text, zone]);
}

/** A phone of a rehearsal by the family of its firmware; `null`: nothing was read of it. */
interface OfFamily {
  family: FirmwareFamily | null;
}

/** How long the quickest of these phones usually takes (ms): one that is a move away from where the profile leads. */
export function leastTime(
  phones: readonly OfFamily[],
  profile: MigrationProfile,
  usually: (step: StepName) => number,
): number {
  const families = new Set(phones.flatMap(({ family }) => family ?? []));
  const parts = families.size === 0 ? [profile] : [...families].map((family) => partFor(family, profile));
  return Math.min(...parts.map((part) => leastSteps(part).reduce((sum, step) => sum + usually(step), 0)));
}
