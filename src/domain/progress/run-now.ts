import type { Outcome } from './outcome.js';
import { isActive, isTouched, type State } from './state.js';

/** A phone that a run is to write to, as it stands. */
export interface PhoneNow {
  /** Names it within its run. */
  key: string;
  address: string;
  mac: string | null;
  model: string | null;
  /** From 0; `null` before waves are drawn up. */
  wave: number | null;
  state: State;
  /** When it was first written to (ms since the epoch); `null`: it was not, or not that we know. */
  writtenAt: number | null;
  /** When it ended (ms since the epoch); `null`: it has not. */
  endedAt: number | null;
}

/** What a run is doing: looking at its targets, waiting for an answer to its question, or moving phones. */
export type RunPhase = 'survey' | 'question' | 'migrate';

/** A phone that is being watched. */
export interface LongUnderWay {
  phone: PhoneNow;
  /** What it showed last; `null`: nothing since the write. */
  says: string | null;
}

/** A phone that ended so that somebody should look. */
export interface Problem {
  address: string;
  /** `null`: it did not say. */
  mac: string | null;
  /** When (ms since the epoch). */
  at: number;
  code: string;
  message: string;
}

/** How far the look at the targets has got. */
export interface SurveyNow {
  /** Targets in all; `null` while that is not known. */
  targets: number | null;
  /** Targets that are done with: read, or nothing answered. */
  probed: number;
  /** Targets that answered. */
  found: number;
  /** How many were done with some time before, for the pace. `null`: it has only just begun. */
  earlier: { at: number; probed: number } | null;
}

/**
 * How long it takes from now (ms), and until what has ended: the look at the targets, the wave under way, or the run. Never a single
 * instant: one phone that goes silent is watched to its deadline, and its wave with it.
 */
export interface TimeLeft {
  /** If what is left goes as what has ended did. */
  atLeastMs: number;
  /** If something takes as long as it may. */
  atMostMs: number;
  until: 'looked' | 'wave' | 'run';
}

/** A run as it stands at one moment, told by its own records or by the store. Instants are milliseconds since the epoch. */
export interface RunNow {
  id: string;
  /** `null`: an audit. */
  profile: string | null;
  dryRun: boolean;
  phase: RunPhase;
  startedAt: number;
  /** For how long it has been worked on (ms), without the time between an interruption and its resume. */
  workedMs: number;
  now: number;
  survey: SurveyNow;
  /** The phones to be written to; none while the run looks. */
  phones: readonly PhoneNow[];
  /** Whether its process works on it. */
  goesOn: boolean;
  /** Whether it winds down: no more phones are started. */
  stopping: boolean;
  /** Since when it is paused: no further phone is written to until it is continued. `null`: it is not, or it winds down. */
  pausedSince: number | null;
  /** How long it takes from now; `null` where nothing tells. */
  left: TimeLeft | null;
}

/** How the phones stand, each counted once. */
export interface Counts {
  /** They are where they should be, or already were. */
  done: number;
  /** Written to and being watched. */
  underWay: number;
  waiting: number;
  /** Written to, and known to be wrong. */
  failed: number;
  /** Written to, and not known to be either. */
  unverified: number;
  /** Ended with nothing written: blocked, deferred, aborted, or not to be moved after all. */
  leftAlone: number;
}

/** How a phone in this state is counted. */
export function kindOfState(state: State): keyof Counts {
  if (isActive(state)) return isTouched(state) ? 'underWay' : 'waiting';
  return kinds[state] ?? 'leftAlone';
}

const kinds: Partial<Record<Outcome, keyof Counts>> = {
  done: 'done',
  'already-done': 'done',
  failed: 'failed',
  unverified: 'unverified',
};

/** Counts phones by how they stand. */
export function countsOf(phones: Iterable<Pick<PhoneNow, 'state'>>): Counts {
  const counts: Counts = { done: 0, underWay: 0, waiting: 0, failed: 0, unverified: 0, leftAlone: 0 };
  for (const { state } of phones) counts[kindOfState(state)] += 1;
  return counts;
}

/** How many have ended. */
export function endedIn({ done, failed, unverified, leftAlone }: Counts): number {
  return done + failed + unverified + leftAlone;
}

/** One wave of a run as it stands. */
export interface WaveNow {
  /** From 1. */
  number: number;
  phones: readonly PhoneNow[];
  counts: Counts;
}

/** The waves in their order; one where a run has none. */
export function wavesOf(phones: readonly PhoneNow[]): WaveNow[] {
  const byWave = new Map<number, PhoneNow[]>();
  for (const phone of phones) {
    const wave = byWave.get(phone.wave ?? 0);
    if (wave) wave.push(phone);
    else byWave.set(phone.wave ?? 0, [phone]);
  }
  return [...byWave]
    .sort(([a], [b]) => a - b)
    .map(([wave, members]) => ({ number: wave + 1, phones: members, counts: countsOf(members) }));
}

/** The wave that is under way or comes next; `null` when all have ended. */
export function currentWave(waves: readonly WaveNow[]): WaveNow | null {
  return waves.find(({ counts }) => counts.underWay + counts.waiting > 0) ?? null;
}

/** Phones that are being watched, the longest first, at most `most`. */
export function longestUnderWay(phones: readonly PhoneNow[], most: number): PhoneNow[] {
  return phones
    .filter(({ state, writtenAt }) => writtenAt !== null && kindOfState(state) === 'underWay')
    .sort((a, b) => (a.writtenAt ?? 0) - (b.writtenAt ?? 0))
    .slice(0, most);
}
