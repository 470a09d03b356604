import { failure } from '../domain/failure-codes.js';
import { judgeThresholds } from '../domain/judge-thresholds.js';
import type { Failure } from '../domain/report.js';
import { countEnding, newTally, type Tally } from '../domain/run-tally.js';
import type { Threshold } from '../domain/thresholds.js';
import type { PhoneRecord } from './phone-record.js';

/** Stops a run that does harm: counts every ending against the thresholds. Once it has tripped, no further phone starts. */
export class Brake {
  readonly #run: Tally;
  #wave: Tally;
  #number = 0;
  #tripped: Failure | null = null;

  constructor(
    private readonly thresholds: readonly Threshold[],
    phones: number,
    /** Told the arithmetic when it trips. */
    private readonly onTrip: (sentence: string) => void,
  ) {
    this.#run = newTally(phones);
    this.#wave = newTally(0);
  }

  /** Why no phone may start any more; `null` while they may. */
  get tripped(): Failure | null {
    return this.#tripped;
  }

  /** A new wave of so many phones begins, the `number`th of the run; what went before is judged once more. */
  nextWave(phones: number, number: number): void {
    this.#judge();
    this.#number = number;
    this.#wave = newTally(phones);
  }

  /** A phone has ended. */
  ended(record: PhoneRecord): void {
    if (record.outcome === null) return;
    const code = record.failure?.code ?? null;
    for (const tally of [this.#wave, this.#run]) countEnding(tally, record.outcome, code);
    this.#judge();
  }

  #judge(): void {
    if (this.#tripped || this.#number === 0) return;
    const trip = judgeThresholds(this.thresholds, {
      wave: { number: this.#number, tally: this.#wave },
      run: this.#run,
    });
    if (!trip) return;
    this.#tripped = failure('threshold-tripped', trip.sentence);
    this.onTrip(trip.sentence);
  }
}
