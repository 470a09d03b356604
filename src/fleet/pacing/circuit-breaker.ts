import { failure } from '../../domain/failures/failure-codes.js';
import { type AcceptableGrade, gradeOf, type HowItEnded, isGood } from '../../domain/pacing/grades.js';
import { judgeReading, judgeThresholds, mostUnderWay, type Tripped } from '../../domain/pacing/judge-thresholds.js';
import type { Failure } from '../../domain/failures/failure.js';
import {
  countEnding,
  countRead,
  newReadTally,
  newTally,
  type ReadTally,
  standingText,
  type Tally,
} from '../../domain/pacing/run-tally.js';
import type { Threshold } from '../../domain/pacing/thresholds.js';
import type { Pacing } from './pacing.js';
import type { PhoneRecord } from '../record/phone-record.js';

/** Stops a run that does harm: counts how phones end against the thresholds. Once tripped, no further phone starts. */
export class CircuitBreaker {
  readonly #thresholds: readonly Threshold[];
  readonly #accepted: readonly AcceptableGrade[];
  readonly #read: ReadTally = newReadTally();
  readonly #onTrip: ((sentence: string) => void)[] = [];
  #run: Tally = newTally(0);
  #wave: Tally = newTally(0);
  #number = 0;
  #phones: readonly PhoneRecord[] = [];
  #tripped: Failure | null = null;

  constructor({ thresholds, accept }: Pick<Pacing, 'thresholds' | 'accept'>) {
    this.#thresholds = thresholds;
    this.#accepted = accept;
  }

  /** Why no further phone may start; `null` while phones may. */
  get tripped(): Failure | null {
    return this.#tripped;
  }

  /** How many phones may be under way at once so that the thresholds can still stop the run in time. */
  get mostUnderWay(): number {
    return this.#tripped ? Number.POSITIVE_INFINITY : mostUnderWay(this.#thresholds, this.#run);
  }

  /** Calls `tell` once, with the reason as a sentence, when it trips. */
  onTrip(tell: (sentence: string) => void): void {
    this.#onTrip.push(tell);
  }

  /** Counts a target that the survey has read or could not read. */
  hasRead({ failure: why, facts }: Pick<PhoneRecord, 'failure' | 'facts'>): void {
    countRead(this.#read, (why ?? facts?.settingsProblem)?.code ?? null);
    this.#tripFor(judgeReading(this.#thresholds, this.#read));
  }

  /** From now on some of these phones are written to. */
  start(phones: readonly PhoneRecord[]): void {
    this.#phones = phones;
    this.#run = newTally(phones.length);
  }

  /** Begins the run's `number`th wave (from 1) with this many phones. The thresholds are checked once more first. */
  nextWave(phones: number, number: number): void {
    this.#judge();
    this.#number = number;
    this.#wave = newTally(phones);
  }

  /** Adds this many phones of later waves to this one. */
  enlargeWave(phones: number): void {
    this.#wave.size += phones;
  }

  /** Counts a phone that has ended. */
  ended(record: PhoneRecord): void {
    const ending = endingOf(record);
    if (ending === null) return;
    for (const tally of [this.#wave, this.#run]) countEnding(tally, ending, this.#accepted);
    this.#judge();
  }

  /** Whether a phone lets the next wave open: it is proven, or ended with an accepted grade. */
  opens(record: PhoneRecord): boolean {
    const ending = endingOf(record);
    const grade = ending && gradeOf(ending);
    return grade !== null && isGood(grade, this.#accepted);
  }

  /** Stops the run because no phone of a wave is proven. @param why one sentence; how the run stands is added */
  stopUnproven(why: string, hint = ''): void {
    this.#trip('wave-not-proven', `${why} ${this.#standing()}${hint === '' ? '' : ` ${hint}`}`);
  }

  #judge(): void {
    if (this.#number === 0) return;
    this.#tripFor(
      judgeThresholds(this.#thresholds, {
        wave: { number: this.#number, tally: this.#wave },
        run: this.#run,
        read: this.#read,
      }),
    );
  }

  #tripFor(trip: Tripped | null): void {
    if (trip)
      this.#trip('threshold-tripped', this.#number === 0 ? trip.sentence : `${trip.sentence} ${this.#standing()}`);
  }

  #trip(code: 'threshold-tripped' | 'wave-not-proven', sentence: string): void {
    if (this.#tripped) return;
    this.#tripped = failure(code, sentence);
    for (const tell of this.#onTrip) tell(sentence);
  }

  #standing(): string {
    return standingText(this.#run, this.#phones.filter(({ touched, ended }) => touched && !ended).length);
  }
}

function endingOf({ outcome, failure: why, touched }: PhoneRecord): HowItEnded | null {
  return outcome === null ? null : { outcome, code: why?.code ?? null, touched };
}
