import {
  currentWave,
  kindOfState,
  type PhoneNow,
  type RunPhase,
  type SurveyNow,
  type TimeLeft,
  type WaveNow,
  wavesOf,
} from './run-now.js';
import { isTouched } from './state.js';

/** What the time left is told from. Instants are milliseconds since the epoch. */
export interface Timeline {
  phase: RunPhase;
  startedAt: number;
  now: number;
  survey: SurveyNow;
  phones: readonly PhoneNow[];
  /** When this process began or took the run over: what was written to before says nothing of its pace. */
  takenOverAt: number;
  /** For how long (ms) the run was paused since an instant: no phone was started then. */
  pausedMs: (since: number) => number;
  /** When the watch of a phone under way ends at the latest; `null`: not known, as it may be written to once more. */
  watchedUntil: (phone: PhoneNow) => number | null;
  /** For how long a phone that waits may be watched once it is written to (ms). */
  longestWatchMs: number;
}

/** A pace is not told before it has been watched for so long (ms). */
const leastWatchedMs = 10_000;

/** What is looked at last is what answers slowly: a shorter time is none that a pace could tell (ms). */
const leastLookMs = 10_000;

/** With fewer ends than this, those that have ended are only the quickest. */
const leastEnds = 3;

/** For the least time, phones take as long as those that were quicker than nine in ten: half of them are quicker than is usual. */
const quickest = 0.1;

/** The pace of phones in line may change so much: they end in rounds, and one that goes silent holds its place for long. */
const mostChange = 1.5;

/** How long a run takes from now; `null` where nothing tells the most that it takes. */
export function timeLeft(line: Timeline): TimeLeft | null {
  const { phase, survey, phones, now, startedAt } = line;
  if (phase === 'question') return null;
  if (phase === 'survey') return surveyLeft(survey, startedAt, now);
  const waves = wavesOf(phones);
  const current = currentWave(waves);
  if (current === null) return null;
  const isLast = waves.every(({ number, counts }) => number <= current.number || counts.waiting === 0);
  const left = current.counts.waiting === 0 ? watchedOut(current, isLast, line) : inLine(current, line);
  return left && { ...left, until: isLast ? 'run' : 'wave' };
}

type Bounds = Omit<TimeLeft, 'until'>;

function surveyLeft({ targets, probed, earlier }: SurveyNow, startedAt: number, now: number): TimeLeft | null {
  if (targets === null || probed >= targets || earlier === null) return null;
  if (now - startedAt < leastWatchedMs || now - earlier.at < leastWatchedMs / 2) return null;
  const whole = probed / (now - startedAt);
  const lately = (probed - earlier.probed) / (now - earlier.at);
  // Dark space goes at another pace than a street of phones does.
  if (lately <= 0 || whole / lately > 2 || lately / whole > 2) return null;
  const left = targets - probed;
  const atLeastMs = left / Math.max(whole, lately);
  return atLeastMs < leastLookMs ? null : { atLeastMs, atMostMs: left / Math.min(whole, lately), until: 'looked' };
}

/** All phones of the wave have been written to: it ends with the last watch. */
function watchedOut(wave: WaveNow, isLast: boolean, { phones, now, watchedUntil }: Timeline): Bounds | null {
  // Phones that were left alone are replaced by others when the wave has ended.
  if (!isLast && wave.phones.some(({ state }) => kindOfState(state) !== 'underWay' && !isTouched(state))) return null;
  const underWay = wave.phones.filter(({ state }) => kindOfState(state) === 'underWay');
  const ends = underWay.map(watchedUntil);
  if (ends.some((end) => end === null)) return null;
  const atMostMs = Math.max(...ends.map((end) => (end ?? now) - now));
  // Of smaller waves, too: they had the file server for themselves, so it takes no less.
  const quick = share(durationsOf(phones), quickest);
  const last = Math.max(...underWay.map(({ writtenAt }) => writtenAt ?? Number.NEGATIVE_INFINITY));
  const atLeastMs = quick === null ? 0 : Math.max(0, last + quick - now);
  return atMostMs <= 0 ? null : { atLeastMs: Math.min(atLeastMs, atMostMs), atMostMs };
}

/** Phones wait for others to end: they start at the pace at which phones have ended, and the last of them is watched out. */
function inLine({ phones, counts }: WaveNow, { now, takenOverAt, longestWatchMs, pausedMs }: Timeline): Bounds | null {
  const took = durationsOf(phones);
  const [quick, usual] = [share(took, quickest), share(took, 0.5)];
  // Before as many have ended as are under way, only the quickest have.
  if (quick === null || usual === null || took.length < leastEnds || took.length < counts.underWay) return null;
  const written = phones.flatMap(({ writtenAt }) => (writtenAt === null || writtenAt < takenOverAt ? [] : [writtenAt]));
  const first = Math.min(...written);
  const since = now - first - pausedMs(first);
  const elapsed = phones.flatMap(({ state, writtenAt }) =>
    kindOfState(state) === 'underWay' && writtenAt !== null ? [now - Math.max(writtenAt, takenOverAt)] : [],
  );
  const watched = [...took, ...elapsed].reduce((sum, ms) => sum + ms, 0);
  // They wait for something else: for the end of a call, or to be read once more.
  if (counts.underWay < watched / since / 2) return null;
  const start = (since / took.length) * counts.waiting;
  // They end in rounds, and in the middle of one the pace looks slower than it is: no less than what is left to do, as many at once as now.
  const begun = elapsed.reduce((sum, ms) => sum + Math.max(0, quick - ms), 0);
  const atOnce = Math.max(counts.underWay, watched / since);
  const work = (counts.waiting * quick + begun) / atOnce;
  const atLeastMs = Math.min(start / mostChange + quick, Math.max(quick, work));
  return { atLeastMs, atMostMs: start * mostChange + Math.max(usual, longestWatchMs) };
}

/** How long each phone that was written to took until it ended (ms). */
function durationsOf(phones: readonly PhoneNow[]): number[] {
  return phones.flatMap(({ writtenAt, endedAt, state }) =>
    isTouched(state) && writtenAt !== null && endedAt !== null ? [endedAt - writtenAt] : [],
  );
}

/** The value that this share of them is below; `null`: there are none. */
function share(values: readonly number[], part: number): number | null {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * part)] ?? null;
}
