import { phoneDate } from '../clock.js';
import { effectiveRule } from './upgrade/authorize.js';
import type { Device } from './device.js';
import type { World } from './world.js';

const DAY_MS = 86_400_000;

/** Puts into a phone what its scenario says happened before: a rule that was tried, licenses that succeeded. */
export function recallPast(device: Device, world: World): void {
  const { state, behavior } = device;
  const { authorizationSucceeded } = world.scenario.texts;
  const atFiles = (text: string): string => text.replaceAll('{files}', world.filesUrl);
  if (behavior.staleRule !== '') {
    state.upgradeRule = atFiles(behavior.staleRule);
    state.evaluatedUpgrade = effectiveRule(device, state.upgradeRule);
  }
  state.authorizationRows = behavior.previousRows.map((url, index) => {
    const date = phoneDate(world.time.now() - (30 + index) * DAY_MS);
    return `[0][${date}][${effectiveRule(device, atFiles(url))}]${authorizationSucceeded}`;
  });
}
