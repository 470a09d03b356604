import type { StopControl } from '../run/stop-control.js';

/** When so many were asked and this machine refused to connect to every one of them, it is no rule for some. */
const enoughForAll = 128;

/** Ends the run as its own failure: nobody can be asked any more, and nothing is known of those that were not. */
export function stopForShortage(stop: StopControl, message: string): void {
  if (!stop.gently.aborted) stop.request(withoutStop(message));
}

/** Counts whom this machine refused to connect to: a few may be a rule for them, all are its own trouble. */
export class LocalRefusals {
  #count = 0;
  #last = '';

  /** True when they are enough for a verdict while others wait to be asked. */
  add(message: string): boolean {
    this.#count += 1;
    this.#last = message;
    return this.#count >= enoughForAll;
  }

  /** Whether nobody else is among so many targets. */
  areAll(settled: number): boolean {
    return this.#count > 0 && this.#count === settled;
  }

  stop(stop: StopControl): void {
    stopForShortage(stop, `nobody could be asked: ${withoutStop(this.#last)}`);
  }
}

function withoutStop(message: string): string {
  const text = message.replace(/\.$/, '');
  return text.charAt(0).toLowerCase() + text.slice(1);
}
