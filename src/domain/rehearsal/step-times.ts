import type { StepName } from '../plan/plan.js';
import { drawOf } from './fate.js';
import { untilThrough } from './step-parts.js';

/** How long a step took on a phone of this fleet, from its write to its proof. */
export interface StepTime {
  step: StepName;
  /** `null`: not known any more. */
  model: string | null;
  /** The load that it led to, without `.loads`; `null`: none, or not known. */
  load: string | null;
  ms: number;
}

/** What a modeled duration is taken from, the surest first. */
export type TimeSource = 'given' | 'model-and-load' | 'model' | 'step' | 'guess';

/** A step that is about to be modeled. */
export interface TimedStep {
  step: StepName;
  model: string | null;
  load: string | null;
}

/** Fewer proven steps than this say too little. */
const enough = 5;

/** How far a guess is varied to either side, so that phones do not move in step. */
const spread = 0.2;

/** How long the license of a phone is guessed to take where nothing is known (ms): one small file, then the status row. */
const guessedLicenseMs = 60_000;

/** How long steps take: as on phones of the fleet before, where there were enough, else by the profile's guess. */
export class StepTimes {
  readonly #byKind = new Map<string, number[]>();
  /** How many steps were modeled by which source. */
  readonly used = new Map<TimeSource, number>();

  constructor(
    history: readonly StepTime[],
    /** Of a step that loads firmware (ms). */
    private readonly guessMs: number,
    /** What is to be assumed instead of both, until a phone is through (ms); `null`: nothing. */
    private readonly givenMs: number | null,
    private readonly seed: number,
  ) {
    for (const { step, model, load, ms } of history)
      for (const kind of new Set(kindsOf({ step, model, load }).map(({ kind }) => kind))) this.#add(kind, ms);
    for (const times of this.#byKind.values()) times.sort((a, b) => a - b);
  }

  /**
   * How long a phone itself takes (ms), from being told to being through. What was measured, or is guessed, ends with the proof; what is given is
   * the phone's own time.
   * @param key names the phone
   * @param pollMs between two looks at it
   */
  of(step: TimedStep, key: string, pollMs: number): number {
    const draw = drawOf(this.seed, key, `time ${step.step} ${step.load ?? ''}`);
    const { source, ms } = this.#timeOf(step, draw);
    this.used.set(source, (this.used.get(source) ?? 0) + 1);
    return Math.round(source === 'given' ? ms : untilThrough(ms, pollMs, step.load !== null));
  }

  #timeOf(step: TimedStep, draw: number): { source: TimeSource; ms: number } {
    const varied = (ms: number): number => ms * (1 - spread + 2 * spread * draw);
    if (this.givenMs !== null && step.load !== null) return { source: 'given', ms: varied(this.givenMs) };
    for (const { source, kind } of kindsOf(step)) {
      const times = this.#byKind.get(kind) ?? [];
      if (times.length >= enough) return { source, ms: times[Math.floor(draw * times.length)] ?? 0 };
    }
    return {
      source: 'guess',
      ms: varied(step.load === null ? Math.min(this.guessMs, guessedLicenseMs) : this.guessMs),
    };
  }

  #add(kind: string, ms: number): void {
    const times = this.#byKind.get(kind);
    if (times) times.push(ms);
    else this.#byKind.set(kind, [ms]);
  }
}

/** What a step counts for, the nearest first. */
function kindsOf({ step, model, load }: TimedStep): { source: TimeSource; kind: string }[] {
  return [
    { source: 'model-and-load', kind: JSON.stringify([step, model, load]) },
    { source: 'model', kind: JSON.stringify([step, model]) },
    { source: 'step', kind: step },
  ];
}
