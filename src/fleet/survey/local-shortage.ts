import { lowerFirst } from '../../domain/text/error-reason.js';
import type { StopControl } from '../stop-control.js';

/** If this machine has refused to connect to this many targets, and to every one, the cause is not a firewall rule for a few. */
const enoughForAll = 128;

/** Winds the run down because this machine can no longer connect to anything; nothing is known about the targets not probed yet. */
export function stopForShortage(stop: StopControl, message: string): void {
  if (!stop.gently.aborted) stop.request(withoutStop(message));
}

/** Counts the targets that this machine refused to connect to: a few may be a firewall rule, all of them are this machine's own trouble. */
export class LocalRefusals {
  #count = 0;
  #last = '';

  /** Returns true once there are enough for a verdict while others still wait to be probed. */
  add(message: string): boolean {
    this.#count += 1;
    this.#last = message;
    return this.#count >= enoughForAll;
  }

  /** Whether this machine refused all of the targets settled so far. */
  areAll(settled: number): boolean {
    return this.#count > 0 && this.#count === settled;
  }

  /** Winds the run down with the last refusal as the reason. */
  stop(stop: StopControl): void {
    stopForShortage(stop, `no target could be probed: ${withoutStop(this.#last)}`);
  }
}

function withoutStop(message: string): string {
  return lowerFirst(message.replace(/\.$/, ''));
}
