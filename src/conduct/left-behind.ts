import { isStopCode } from './exit-code.js';

let isLeft = false;

/** Somebody has ended the waiting for an answer that may still come: its socket shall not hold the process. */
export function leaveBehind(): void {
  isLeft = true;
}

/** Whether the command that ended with this code must end its process itself, as sockets and timers may still be open. */
export function mustExit(code: number): boolean {
  return isLeft || isStopCode(code);
}
