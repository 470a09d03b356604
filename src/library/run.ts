import type { PlannedStep, LiveEvent } from '../domain/report/events.js';
import type { RunReport } from '../domain/report/report.js';
import type { ReadingOptions, WritingOptions } from './options.js';

/** A phone that a run is about to write to. */
export interface PhoneToWrite {
  address: string;
  mac: string | null;
  model: string | null;
  softwareVersion: string | null;
  plan: PlannedStep[];
}

/** What is to be confirmed before a run writes. */
export interface RunQuestion {
  /** The phones that would be written to. */
  phones: readonly PhoneToWrite[];
  /** How many of them go in which wave, the first wave first; one number where there are no waves. */
  waves: readonly number[];
  /** How many targets that answered, or were named, stay as they are. */
  stay: number;
  /** How many phones an interrupted run has written to, which are watched on whatever the answer. */
  underWay: number;
  /** The question as a terminal shows it: lines of at most 80 characters. */
  text: string;
}

/** What a program decides of a run, besides its options. */
export interface ControlOptions {
  /** Writes without asking, as `--yes` does. */
  confirmed?: boolean | undefined;
  /**
   * Asked once, when all plans are made and before anything is written; anything but `true` leaves every phone untouched. An error that it
   * throws does, too, and is what `report` rejects with once the run has ended.
   */
  confirm?: ((question: RunQuestion) => boolean | Promise<boolean>) | undefined;
  /** Winds the run down when it is aborted, as ctrl-C does at the command line. */
  signal?: AbortSignal | undefined;
  /** Told of what does not keep the run from beginning, a sentence at a time: settings without effect, rows of lists that are no phones. */
  warn?: ((sentence: string) => void) | undefined;
}

/** What `audit` is given. */
export type AuditOptions = ReadingOptions & ControlOptions;

/** What `migrate` is given. */
export type MigrateOptions = WritingOptions & ControlOptions;

/** A run that has been started. A loop over it (`for await`) reads its events; leaving the loop leaves the run alone. */
export interface Run extends AsyncIterable<LiveEvent> {
  /**
   * The report, once the run has ended, however it ended. Rejects with a `UsageError` before anything is contacted, where something that was
   * given cannot be used.
   */
  readonly report: Promise<RunReport>;
  /**
   * Ends the run early. `gently`: no more phones are started, those under way are watched for the `stopGrace` of the profile. `now`: the
   * report is made at once. Either way every target has its outcome in it.
   */
  stop(how?: 'gently' | 'now'): void;
}
