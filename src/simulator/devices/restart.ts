import { phoneDate } from '../clock.js';
import type { Device } from './device.js';
import type { World } from './world.js';

/**
 * Reboots a device: every connection is reset, nothing answers for `seconds` simulated seconds, then it is up again
 * as `become` made it. A device that never returns stays away after a reboot into other firmware.
 */
export async function restart(
  device: Device,
  world: World,
  seconds: number,
  reason: string,
  become?: () => void,
): Promise<void> {
  const { state, behavior } = device;
  state.phase = 'rebooting';
  state.reboots += 1;
  device.cutConnections();
  world.ucm?.wentDown(device);
  if (behavior.neverReturns && become !== undefined) {
    state.phase = 'gone';
    // Never settles: what would come next never happens.
    return new Promise(() => undefined);
  }
  await world.time.sleep(seconds);
  state.rebootReasons.unshift(`[${phoneDate(world.time.now())}] ${reason}`);
  state.rebootReasons.length = Math.min(state.rebootReasons.length, 5);
  become?.();
  state.phase = 'idle';
  world.ucm?.cameUp(device);
}
