import { lowerFirst } from '../../domain/text/error-reason.js';
import type { StopControl } from '../run/stop-control.js';

/** If this machine has refused to connect to so many, and to every one of them, it is no firewall rule for a few. */
const enoughForAll = 128;

/** Winds the run down because this machine can connect to nothing any more; nothing is known of the targets not asked yet. */
export function stopForShortage(stop: StopControl, message: string): void {
  if (!stop.gently.aborted) stop.request(withoutStop(message));
}

/** Counts the targets that this machine refused to connect to: a few may be a firewall rule, all of them are trouble of this machine. */
export class LocalRefusals {
  #count = 0;
  #last = '';

  /** Returns true once there are enough for a verdict while others still wait to be asked. */
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
    stopForShortage(stop, `no target could be asked: ${withoutStop(this.#last)}`);
  }
}

function withoutStop(message: string): string {
  return lowerFirst(message.replace(/\.$/, ''));
}
