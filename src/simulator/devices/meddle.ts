import type { Device } from './device.js';

/** What somebody else sets, at an address where nobody is. */
const OTHER_RULE = 'http://192.0.2.77/firmware/other.loads';

/** Somebody else sets the Upgrade Rule once the page was read, where a flag says so; the phone has looked at it already. */
export function meddle({ behavior, state }: Device): void {
  if (behavior.changesBetween !== 'setting' || state.meddledWith) return;
  Object.assign(state, { meddledWith: true, upgradeRule: OTHER_RULE, evaluatedUpgrade: OTHER_RULE });
}
