/** Where the simulator takes its time from. Tests pass their own. */
export interface SimulatorClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `fn` after `ms` milliseconds. Returns a function that cancels it. */
  after(ms: number, fn: () => void): () => void;
}

/** The machine's own clock. */
export const realClock: SimulatorClock = {
  now: () => Date.now(),
  after(ms, fn) {
    const timer = setTimeout(fn, ms);
    return () => clearTimeout(timer);
  },
};

/** The machine's clock for what takes as long as it takes, however fast the simulation runs: packets, files. */
export const machineClock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: realClock.after,
};

/**
 * The phones' time: runs `scale` times as fast as the clock below it, from the same start.
 * A phone's time is thus never behind the reader's, so a row written after a submit is dated after it.
 */
export class SimulatedTime {
  readonly #clock: SimulatorClock;
  readonly #scale: number;
  readonly #start: number;
  readonly #pending = new Set<() => void>();
  #stopped = false;

  constructor(clock: SimulatorClock, scale: number) {
    this.#clock = clock;
    this.#scale = scale;
    this.#start = clock.now();
  }

  /** Simulated milliseconds since 1970. */
  now(): number {
    return this.#start + (this.#clock.now() - this.#start) * this.#scale;
  }

  /** Simulated seconds since the start. */
  elapsed(): number {
    return (this.now() - this.#start) / 1000;
  }

  /** Calls `fn` after that many simulated seconds, unless stopped before. Returns a function that cancels it. */
  after(seconds: number, fn: () => void): () => void {
    if (this.#stopped) return () => undefined;
    const cancelTimer = this.#clock.after((seconds * 1000) / this.#scale, () => {
      this.#pending.delete(cancel);
      fn();
    });
    const cancel = (): void => {
      this.#pending.delete(cancel);
      cancelTimer();
    };
    this.#pending.add(cancel);
    return cancel;
  }

  /** Waits that many simulated seconds. Never settles once stopped. */
  sleep(seconds: number): Promise<void> {
    return new Promise((resolve) => this.after(seconds, resolve));
  }

  /** Drops all waiting calls. */
  stop(): void {
    this.#stopped = true;
    for (const cancel of [...this.#pending]) cancel();
  }
}

/** `MM/DD/YYYY HH:MM:SS` as phones write it (docs/knowledge/multiplatform-pages.md#the-authorization-row), in UTC. */
export function phoneDate(ms: number): string {
  const iso = new Date(ms).toISOString();
  return `${iso.slice(5, 7)}/${iso.slice(8, 10)}/${iso.slice(0, 4)} ${iso.slice(11, 19)}`;
}
