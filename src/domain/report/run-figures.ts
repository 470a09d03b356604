import type { StepName } from '../plan/plan.js';
import type { RunPhase } from '../progress/run-now.js';
import type { Outcome } from '../progress/outcome.js';
import type { State } from '../progress/state.js';
import type { RunSummary } from './report.js';

/** What a run counts for those who look on, told with how far it is. */
export interface FiguresSoFar {
  /** Targets that are listed, by where they stand; those that have ended by their outcome. */
  byState: Partial<Record<State, number>>;
  /** Targets that ended with each failure code, those that are only counted included. */
  failures: Record<string, number>;
  /** What was asked of phones over HTTP: requests, and bytes of bodies that arrived. */
  requests: number;
  bytes: number;
  /** How long each phase has taken since the run was begun or last resumed (ms); absent: it has not begun. */
  phaseMs: Partial<Record<RunPhase, number>>;
}

/** A run in figures, told by its store alone. Instants are milliseconds since the epoch. */
export interface RunFigures {
  run: Pick<RunSummary, 'id' | 'profile' | 'dryRun' | 'version'>;
  startedAt: number;
  /** `null`: it has not ended. */
  endedAt: number | null;
  /** When it last told how far it is. */
  toldAt: number;
  /** Whether its process works on it. One that was killed neither goes on nor has ended. */
  goesOn: boolean;
  /** `null`: it has not ended. */
  exitCode: number | null;
  /** Whether it ended before its time, by a signal or for want of its store. */
  interrupted: boolean;
  /** Whether it stopped itself. */
  stoppedItself: boolean;
  /** `null`: not known yet. */
  targets: number | null;
  byOutcome: Partial<Record<Outcome, number>>;
  /** `null`: it has told nothing, or an earlier version has. */
  soFar: FiguresSoFar | null;
  /** How long proven steps took from their write to their proof (ms). */
  stepMs: Partial<Record<StepName, readonly number[]>>;
  /** When such a run (same profile, dry or not) last ended well; `null`: never, as far as the store knows. */
  lastSuccessAt: number | null;
}

/** How a run ends that did all it was asked: 5 is a dry run that found work to do. */
export const successCodes: readonly number[] = [0, 5];
