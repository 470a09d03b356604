import type { FailureCodeName } from '../failures/failure-codes.js';
import type { Mac } from '../network/mac.js';
import type { Outcome } from '../progress/outcome.js';
import type { WaveStory } from '../report/story/course.js';
import type { AssumedText } from './assumptions.js';
import type { TimeSource } from './step-times.js';

/** What names the form of a rehearsal to programs that read it. */
export const rehearsalSchema = 'fleet-migrate/rehearsal@1';

/** What phones fetch from one file server in a night. */
export interface RehearsedFiles {
  /** `http://10.0.0.5:6970`. */
  server: string;
  phones: number;
  /** What has come by the end of the night. */
  bytes: number;
  /** The most that is fetched at once (bits per second), and when; ISO 8601. */
  peakBitsPerSecond: number;
  peakAt: string;
  /** Speed of the link (`--link`); `null`: none was named. */
  linkBitsPerSecond: number | null;
  /** How many times as long as without its link a phone takes to fetch what it is told to, from 1; to a tenth. */
  timesSlower: number;
}

/** The most phones that are under way at once in one place. */
export interface MostAtOnce {
  /** A site, else a subnet; `null`: everywhere. */
  place: string | null;
  phones: number;
  /** ISO 8601. */
  at: string;
}

/** A wave of a rehearsed night: all of its phones end. */
export interface RehearsedWave extends Omit<WaveStory, 'byOutcome'> {
  byOutcome: Partial<Record<Outcome, number>>;
}

/** A window, and what a night makes of it. Instants are ISO 8601. */
export interface WindowEnd {
  text: string;
  zone: string;
  closesAt: string;
  /** When the last phone for which it holds ended. */
  endsAt: string;
  /** From then until it closes (ms); less than 0: the last one ended after that; `null`: it was not open for any of them. */
  leftMs: number | null;
  /** Phones that are left as it closes first. */
  left: number;
}

/** One rehearsed night. Instants are ISO 8601. */
export interface RehearsedNight {
  /** From 1. */
  night: number;
  startsAt: string;
  endsAt: string;
  /** The run's window; `null`: it has none, or each phone is in a site with its own. */
  window: WindowEnd | null;
  /** Those of sites that have their own. */
  siteWindows: (WindowEnd & { site: string })[];
  /** Addresses that are asked. */
  targets: number;
  /** Without addresses where nobody answers and no phone is known: with these they sum to the targets. */
  byOutcome: Partial<Record<Outcome, number>>;
  /** Phones by failure code. */
  failures: Record<string, number>;
  /** Phones that are where the profile leads, by the end of this night. */
  moved: number;
  /** How many of them came there in this night. */
  movedTonight: number;
  /** Phones that are to be moved and are not yet. */
  left: number;
  /** Phones that were written to and are well, and whose time was over before they were through. */
  tooSlow: number;
  waves: RehearsedWave[];
  /** Why it would have stopped itself, and after how many phones; `null`: it would not. */
  stopped: { text: string; written: number; notProven: number } | null;
  /** Everywhere first, then place by place, the most first. */
  mostAtOnce: MostAtOnce[];
  files: RehearsedFiles[];
}

/** Phones that a night leaves as they are outside of their window. */
export function leftForWantOfTime({ failures }: Pick<RehearsedNight, 'failures'>): number {
  return failures['outside-window' satisfies FailureCodeName] ?? 0;
}

/** From such a factor on it is the link that holds phones up. */
const muchSlower = 1.2;

/** The file server whose link holds phones up most in a night; `null`: none does. */
export function slowestLink({ files }: Pick<RehearsedNight, 'files'>): RehearsedFiles | null {
  const [slowest] = [...files].sort((a, b) => b.timesSlower - a.timesSlower);
  return slowest !== undefined && slowest.timesSlower >= muchSlower ? slowest : null;
}

/** Those of them whose window was not open yet when their turn came. */
export function leftBeforeWindow({ siteWindows }: Pick<RehearsedNight, 'siteWindows'>): number {
  return siteWindows.reduce((sum, { leftMs, left }) => sum + (leftMs === null ? left : 0), 0);
}

/** Phones that a night does not move as there is not time enough: it leaves them, or their own time is over before they are through. */
export function wantOfTime(night: Pick<RehearsedNight, 'failures' | 'tooSlow'>): number {
  return leftForWantOfTime(night) + night.tooSlow;
}

/** Whether there are phones to be moved, and a night moves not one of them. */
export function movesNone({ left, movedTonight }: Pick<RehearsedNight, 'left' | 'movedTonight'>): boolean {
  return left > 0 && movedTonight === 0;
}

/** The least, the middle and the most of several rehearsals. */
export interface Range<Value> {
  least: Value;
  middle: Value;
  most: Value;
}

/** How several rehearsals with other draws differ. */
export interface RehearsedSpread {
  times: number;
  /** The end of the first night. */
  endsAt: Range<string>;
  moved: Range<number>;
  left: Range<number>;
  /** In how many of them the first night would have stopped itself. */
  stopped: number;
  /** After how many nights nothing was left; `null`: not within those that were rehearsed. */
  nights: Range<number | null>;
}

/** What would change the night. */
export interface Advice {
  /** `--max-upgrading 24`. */
  option: string;
  /** When the first night would end, ISO 8601, and how many phones it would leave for want of time. */
  endsAt: string;
  outsideWindow: number;
  /** From its end until the run's window closes (ms); `null`: it has none. */
  windowLeftMs: number | null;
  /** Whether it would leave none for want of time, none that is well would be too slow, and it would not stop itself. */
  fits: boolean;
}

/** A license that the night would lack. */
export interface MissingLicense {
  address: string;
  mac: Mac;
  model: string | null;
}

/** A rehearsal: the night as it would go, by what is known and what is assumed. */
export interface Rehearsal {
  schema: typeof rehearsalSchema;
  id: string;
  /** When it was made; ISO 8601. */
  madeAt: string;
  version: string;
  profile: string;
  /** The run whose phones they are; `null`: they are known from lists alone. */
  of: { run: string; at: string } | null;
  /** Phones among the targets, and how many of them are known from a list alone. */
  phones: number;
  fromList: number;
  /** Phones that the audit could not read, or not whole: they are met as they were then. */
  unread: number;
  seed: number;
  /** Whose clocks `window` and `busy` mean. */
  zone: string;
  assumed: AssumedText[];
  /** Steps of the first night by what their duration was taken from. */
  timesFrom: Partial<Record<TimeSource, number>>;
  /** How much a phone fetches for a load, and what says so. */
  size: { bytes: number; from: 'given' | 'earlier-run' | 'guess' };
  nights: RehearsedNight[];
  /** Absent: the profile needs none. `held`: of the phones to be moved; `null`: none is held at all, so all are taken to be on the file server. */
  licenses?: { needed: number; held: number | null; missing: MissingLicense[] };
  /** Absent: it was rehearsed once. */
  spread?: RehearsedSpread;
  /** What would make the first night fit; empty where it fits, or nothing would. */
  advice: Advice[];
}
