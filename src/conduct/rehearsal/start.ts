import { formatDuration } from '../../domain/text/duration.js';
import { leftForWantOfTime, type RehearsedNight } from '../../domain/rehearsal/rehearsal.js';
import { UsageError } from '../../domain/text/usage-error.js';
import { comesTwice, parseInstant, writeInstant } from '../../fleet/pacing/window/instant.js';
import type { Window } from '../../fleet/pacing/window/window.js';
import type { OpenHours } from './open-hours.js';

/** What the beginning of a rehearsed night depends on. Times are ms, instants since the epoch. */
export interface StartQuestion {
  /** As written; `null`: nobody said when. */
  at: string | null;
  hours: OpenHours;
  /** How long a phone usually takes at least: a window that closes sooner is as good as closed. */
  leastMs: number;
  /** Of `at`. */
  zone: string;
  now: number;
}

/**
 * When the first night begins (ms since the epoch): as given, else when its window opens next, which is now while it is open, else now.
 * @throws UsageError for a time that cannot be read, or at which no phone could be written to: such a night says nothing
 */
export function startOf(question: StartQuestion): number {
  const { at, hours, zone, now } = question;
  if (at === null) return nextStart(question, now);
  const start = parseInstant(at, zone, now);
  const next = hours.isAlways ? start : Math.min(...openings(question, start).map((one) => one.at));
  if (next === start) return start;
  if (!Number.isFinite(next)) throw neverFits(question);
  const then = writeInstant(next, zone);
  throw new UsageError(`--at: ${whyNot(question, start, next)} ${then}: give --at that, or leave it out.`);
}

/**
 * Refuses a night that was played and in which the windows closed before the first phone could be written to, as it took too long to read them all,
 * or each needs several steps.
 * @throws UsageError
 */
export function refuseInVain(
  question: StartQuestion,
  start: number,
  night: Pick<RehearsedNight, 'waves' | 'failures'>,
): void {
  const { at, hours, zone } = question;
  if (hours.isAlways || night.waves.length > 0 || leftForWantOfTime(night) === 0) return;
  const open = hours.windows.filter((window) => window.isOpen(start));
  if (open.length > 0 && open.every((window) => !window.isOpen(start - 1))) throw tooShort(question, open);
  if (open.some((window) => !window.isOpen(start - 1))) return;
  const closes = Math.max(...open.map((window) => window.closesAt(start)));
  if (!Number.isFinite(closes)) return;
  const next = Math.min(...openings(question, closes).map((one) => one.at));
  if (!Number.isFinite(next)) return;
  const isOne = open.length === 1;
  throw new UsageError(
    `${at === null ? '--window' : '--at'}: from ${writeInstant(start, zone)} on the ${textOf(open, zone)} ${isOne ? 'closes' : 'close'} before one phone is read and could be moved; the next opening is at ${writeInstant(next, zone)}: give --at that${at === null ? '' : ', or leave it out'}.`,
  );
}

/** What is to be said of a time that was given and comes twice, as clocks are set back; `null`: nothing. */
export function saidTwice({ at, zone }: Pick<StartQuestion, 'at' | 'zone'>, start: number): string | null {
  if (at === null || !comesTwice(start, zone)) return null;
  const utc = new Date(start).toISOString().slice(11, 16);
  return `--at: clocks in ${zone} show ${writeInstant(start, zone)} twice, as they are set back; the night begins at ${utc} UTC.`;
}

/** When the run's own window is open next for long enough; where it has none, the first of those of sites. @throws UsageError where none ever is */
function nextStart(question: StartQuestion, from: number): number {
  const opens = openings(question, from);
  const first = opens.find(({ isOwn }) => isOwn)?.at ?? Math.min(...opens.map(({ at }) => at));
  if (Number.isFinite(first)) return first;
  if (question.hours.isAlways) return from;
  throw neverFits(question);
}

/** When each window is next open for long enough; without those that never are. */
function openings({ hours, leastMs }: StartQuestion, from: number): { at: number; isOwn: boolean }[] {
  return hours.windows.flatMap((window) => {
    const at = window.nextFit(from, leastMs);
    return at === null ? [] : [{ at, isOwn: window === hours.own }];
  });
}

function neverFits({ hours: { windows }, leastMs, zone }: StartQuestion): UsageError {
  const [are, them] = windows.length === 1 ? ['is', 'it'] : ['are', 'them'];
  return new UsageError(
    `--window: the ${textOf(windows, zone)} ${are} never open long enough for one phone, which usually takes ${formatDuration(leastMs)}; widen ${them}.`,
  );
}

function tooShort({ leastMs, zone }: StartQuestion, open: readonly Window[]): UsageError {
  const isOne = open.length === 1;
  return new UsageError(
    `--window: the ${textOf(open, zone)} ${isOne ? 'closes' : 'close'} before one phone is read and could be moved, which usually takes ${formatDuration(leastMs)} once it is written to; widen ${isOne ? 'it' : 'them'}.`,
  );
}

/** Why no phone could be written to: up to the time at which the first one could. */
function whyNot({ hours: { windows }, leastMs, zone }: StartQuestion, start: number, next: number): string {
  const at = writeInstant(start, zone);
  const [isOne, text] = [windows.length === 1, textOf(windows, zone)];
  if (windows.some((window) => window.isOpen(start)))
    return `a phone usually takes ${formatDuration(leastMs)}, which does not fit into ${isOne ? 'the' : 'any of the'} ${text} from ${at} on; it fits next at`;
  const opens = Math.min(...windows.map((window) => window.opensAt(start)));
  const when = `${isOne ? 'it' : 'the first of them'} opens next${opens === next ? '' : ' for long enough'} at`;
  return `${isOne ? 'the' : 'none of the'} ${text} is ${isOne ? 'not ' : ''}open at ${at}; ${when}`;
}

/** So many windows are named. */
const mostNamed = 3;

/** `window 22:00-05:00`, `windows 22:00-05:00 and 20:00-04:00 (Asia/Tokyo)`; the zone is named where it is another. */
function textOf(windows: readonly Window[], zone: string): string {
  const texts = windows.map((window) => (window.zone === zone ? window.text : `${window.text} (${window.zone})`));
  const more = texts.length > mostNamed ? [`${texts.length - mostNamed} more`] : [];
  return `window${texts.length === 1 ? '' : 's'} ${[...texts.slice(0, mostNamed), ...more].join(' and ')}`;
}
