import type { Behavior } from '../../behavior/behavior.js';
import type { Device } from '../device.js';

/** The account that may change settings (docs/knowledge/multiplatform-access.md#accounts-and-passwords). */
export const USER = 'admin';

/** Whether every page is the Set Password page now. */
export function wantsPassword(device: Device): boolean {
  return device.behavior.setPasswordPage && device.state.newPassword === null;
}

/** How /admin asks for a password now: once one was set on the Set Password page, it always does. */
export function authOf(device: Device): Behavior['auth'] {
  const { auth } = device.behavior;
  return auth === 'open' && device.state.newPassword !== null ? 'digest' : auth;
}

/** The current admin password. */
export function passwordOf(device: Device): string {
  return device.state.newPassword ?? device.behavior.password;
}

/** Counts a wrong password, closes the admin pages after the last one allowed, and notes a client that tries one twice. */
export function countWrong(device: Device, words: string): void {
  const { state, behavior } = device;
  state.failedSignIns += 1;
  if (behavior.locksOutAfter > 0 && state.failedSignIns >= behavior.locksOutAfter) state.lockedOut = true;
  if (state.wrongWords.includes(words)) device.violateStrictly('sent a wrong password a second time');
  else if (state.wrongWords.length < 32) state.wrongWords.push(words);
}
