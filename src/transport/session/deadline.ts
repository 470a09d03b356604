import type { Clock } from '../../domain/ports/clock.js';

/** Waits for something on our side while the phone's deadline is paused. */
export type Hold = <T>(work: () => Promise<T>) => Promise<T>;

/** A phone's deadline, paused while the wait is for this side. */
export class Deadline {
  #leftMs: number;
  #runningSince = 0;
  #holds = 0;
  #over = false;
  #stop = (): void => {};

  /** Calls `run` once, after `ms` not counting pauses. */
  constructor(
    private readonly clock: Clock,
    ms: number,
    private readonly run: () => void,
  ) {
    this.#leftMs = ms;
    this.#go();
  }

  readonly hold: Hold = async (work) => {
    this.#holds += 1;
    if (this.#holds === 1) this.#pause();
    try {
      return await work();
    } finally {
      this.#holds -= 1;
      if (this.#holds === 0 && !this.#over) this.#go();
    }
  };

  cancel(): void {
    this.#over = true;
    this.#stop();
  }

  #go(): void {
    this.#runningSince = this.clock.monotonic();
    this.#stop = this.clock.after(this.#leftMs, () => {
      this.#over = true;
      this.run();
    });
  }

  #pause(): void {
    if (this.#over) return;
    this.#stop();
    this.#leftMs = Math.max(0, this.#leftMs - (this.clock.monotonic() - this.#runningSince));
  }
}
