import {
  currentWave,
  kindOfState,
  type PhoneNow,
  type RunNow,
  type SurveyNow,
  type WaveNow,
  wavesOf,
} from './run-now.js';

/** How long it takes from now (ms), and until what has ended: the look at the targets, the wave under way, or the run. */
export interface TimeLeft {
  ms: number;
  until: 'looked' | 'wave' | 'run';
}

/** A pace is not told before it has been watched for so long (ms). */
const leastWatchedMs = 10_000;

/** Evidence from a small wave says nothing of one so many times its size: its phones share a file server and a line. */
const muchLarger = 4;

/** With fewer ends than this, or a smaller share of the wave, those that have ended are only the quickest. */
const leastEnds = 3;
const leastShare = 0.25;

/** What takes longer than the slowest so far by this may take any time. */
const slack = 1.15;

/**
 * How long a run takes from now; `null` where nothing tells it. It is told only from what was seen under the same conditions: no wave is
 * judged by a much smaller one, no end by phones that are late already, and no look by a pace that has just changed.
 */
export function timeLeft({ goesOn, phase, survey, phones, slots, usualMs, now, startedAt }: RunNow): TimeLeft | null {
  if (!goesOn || phase === 'question') return null;
  if (phase === 'survey') return surveyLeft(survey, startedAt, now);
  const waves = wavesOf(phones);
  const current = currentWave(waves);
  if (current === null) return null;
  const ms = waveLeft(current, waves, { slots, usualMs, now });
  if (ms === null) return null;
  const later = waves.filter(({ number }) => number > current.number).map((wave) => laterWave(wave, waves, slots));
  const isKnown = later.every((one) => one !== null);
  return isKnown
    ? { ms: later.reduce<number>((sum, one) => sum + (one ?? 0), ms), until: 'run' }
    : { ms, until: 'wave' };
}

function surveyLeft({ targets, probed, earlier }: SurveyNow, startedAt: number, now: number): TimeLeft | null {
  if (targets === null || probed >= targets || earlier === null) return null;
  if (now - startedAt < leastWatchedMs || now - earlier.at < leastWatchedMs / 2) return null;
  const whole = probed / (now - startedAt);
  const lately = (probed - earlier.probed) / (now - earlier.at);
  // Dark space goes at another pace than a street of phones does.
  if (lately <= 0 || whole / lately > 2 || lately / whole > 2) return null;
  return { ms: (targets - probed) / Math.min(whole, lately), until: 'looked' };
}

interface Pace {
  slots: number;
  usualMs: number | null;
  now: number;
}

function waveLeft(wave: WaveNow, waves: readonly WaveNow[], { slots, usualMs, now }: Pace): number | null {
  const { counts, phones } = wave;
  const took = durationsOf(phones);
  const written = phones.length - counts.leftAlone;
  const tellsOfItself = took.length >= leastEnds && took.length >= Math.min(written, slots) * leastShare;
  const seen = [...(tellsOfItself ? took : []), ...earlierDurations(wave, waves)];
  if (seen.length === 0 && usualMs === null) return null;
  const slowest = Math.max(...seen, usualMs ?? 0) * slack;
  const elapsed = phones.flatMap((phone) =>
    kindOfState(phone.state) === 'underWay' && phone.writtenAt !== null ? [now - phone.writtenAt] : [],
  );
  // One that is late already may take until its deadline, and so may one of which it is not known how long it has been under way.
  if (elapsed.length < counts.underWay || elapsed.some((ms) => ms > slowest)) return null;
  const underWay = elapsed.length === 0 ? 0 : slowest - Math.min(...elapsed);
  const waiting = counts.waiting === 0 ? 0 : inRounds(counts.waiting, slots, mean(seen) ?? usualMs ?? slowest, slowest);
  return Math.max(underWay + waiting, tellsOfItself ? byEnds(wave, now) : 0);
}

/** By how fast phones have ended since the first did: they start together, and all that follow it count. */
function byEnds({ phones, counts }: WaveNow, now: number): number {
  const ends = phones.flatMap(({ writtenAt, endedAt, state }) =>
    writtenAt !== null && endedAt !== null && isWritten(state) ? [endedAt] : [],
  );
  const since = now - Math.min(...ends);
  return ends.length < 2 ? 0 : (since / (ends.length - 1)) * (counts.underWay + counts.waiting);
}

/** A wave to come; `null` where no wave like it was seen. */
function laterWave(wave: WaveNow, waves: readonly WaveNow[], slots: number): number | null {
  const seen = earlierDurations(wave, waves);
  const average = mean(seen);
  return average === null ? null : inRounds(wave.counts.waiting, slots, average, Math.max(...seen));
}

function inRounds(phones: number, slots: number, average: number, slowest: number): number {
  return phones <= slots ? slowest : (phones / slots) * average + slowest - average;
}

/** How long phones took in the waves before it that were not much smaller, and that have ended. */
function earlierDurations(wave: WaveNow, waves: readonly WaveNow[]): number[] {
  const like = waves.filter(
    ({ number, phones, counts }) =>
      number < wave.number &&
      counts.underWay + counts.waiting === 0 &&
      phones.length * muchLarger >= wave.phones.length,
  );
  const seen = like.flatMap(({ phones }) => durationsOf(phones));
  return seen.length < leastEnds ? [] : seen;
}

/** How long each phone that was written to took until it was done or known to be bad (ms). */
function durationsOf(phones: readonly PhoneNow[]): number[] {
  return phones.flatMap(({ writtenAt, endedAt, state }) =>
    isWritten(state) && writtenAt !== null && endedAt !== null ? [endedAt - writtenAt] : [],
  );
}

function isWritten(state: PhoneNow['state']): boolean {
  return state === 'done' || state === 'failed' || state === 'unverified';
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
