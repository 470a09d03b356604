import {
  leftBeforeWindow,
  leftForWantOfTime,
  slowestLink,
  type Rehearsal,
  type RehearsedNight,
} from '../../domain/rehearsal/rehearsal.js';
import { formatBitRate } from '../../domain/text/bit-rate.js';
import { formatDuration } from '../../domain/text/duration.js';
import { printable } from '../../domain/text/printable.js';
import { localTimes } from '../local-times.js';
import { firstNight, isOrAre, many, number, windowText } from './words.js';

/** What a rehearsal answers, before all of its numbers: one sentence each. */
export function answerSentences(rehearsal: Rehearsal): string[] {
  const { nights, phones, unread } = rehearsal;
  const first = firstNight(rehearsal);
  const last = nights.at(-1) ?? first;
  const stays = phones - first.moved - first.left;
  return [
    ...(first.stopped ? [stopSentence('The night', first.stopped)] : []),
    `The night would end ${endText(rehearsal, first)}; ${movedText(phones, first)}, ${leftText(first)}.`,
    ...slowText(first),
    ...(stays > 0 ? [`${many(stays, 'phone')} would stay as ${stays === 1 ? 'it is' : 'they are'}.`] : []),
    ...(unread > 0
      ? [
          `${many(unread, 'phone')} could not be read in the audit, or not whole, and would not be now (the lists of its report say why).`,
        ]
      : []),
    ...(nights.some(({ stopped }) => stopped) ? [] : ['It would not stop itself.']),
    ...(nights.length > 1 ? [afterAll(last)] : []),
  ];
}

/** `The night would have stopped itself after 12 phones, 3 of them not proven: …` */
export function stopSentence(
  what: string,
  { text, written, notProven }: NonNullable<RehearsedNight['stopped']>,
): string {
  return `${what} would have stopped itself ${stopAfter(written, notProven)}: ${printable(text, 600)}`;
}

function stopAfter(written: number, notProven: number): string {
  if (written === 0) return 'before a phone was written to';
  if (written === 1) return `after 1 phone, ${notProven === 0 ? '' : 'not '}proven in the end`;
  if (notProven === written) return `after ${number(written)} phones, none of them proven in the end`;
  return `after ${number(written)} phones, ${notProven === 0 ? 'all of them' : `${number(notProven)} of them not`} proven in the end`;
}

function endText(rehearsal: Rehearsal, { startsAt, endsAt, window, siteWindows }: RehearsedNight): string {
  const at = `at ${localTimes(rehearsal.zone).clock(endsAt, startsAt)}`;
  // Of several windows a table tells.
  if (window === null || siteWindows.length > 0) return at;
  const named = windowText(window, rehearsal);
  if (window.leftMs === null) return `${at}; its window (${named}) is not open in that night`;
  const apart = formatDuration(Math.abs(window.leftMs));
  return `${at}, ${apart} ${window.leftMs < 0 ? `after its window (${named}) has closed` : `before its window (${named}) closes`}`;
}

function movedText(phones: number, { moved, byOutcome }: RehearsedNight): string {
  const of = `${number(moved)} of ${many(phones, 'phone')}`;
  const before = byOutcome['already-done'] ?? 0;
  if (before === 0) return `${of} would be moved`;
  return `${of} would be where the profile leads, where ${number(before)} ${isOrAre(before)} already`;
}

function leftText(night: RehearsedNight): string {
  const { left } = night;
  if (left === 0) return 'none is left';
  const early = leftBeforeWindow(night);
  const late = leftForWantOfTime(night) - early;
  const of = (count: number): string => (count === left ? '' : `${number(count)} of them `);
  const why = [
    ...(late === 0 ? [] : [`, ${of(late)}as the window closes first`]),
    ...(early === 0 ? [] : [`, ${of(early)}as the window of their site is not open yet`]),
  ];
  return `${number(left)} ${isOrAre(left)} left for the next night${why.join('')}`;
}

/** What of the night is for want of time, but for the window. */
function slowText(night: RehearsedNight): string[] {
  const { tooSlow, left } = night;
  const slowest = slowestLink(night);
  const link = slowest && `the link of ${formatBitRate(slowest.linkBitsPerSecond ?? 0)} is too slow`;
  if (tooSlow > 0)
    return [
      `${many(tooSlow, 'phone')} would not be through within the time that each is given (--deadline), though ${tooSlow === 1 ? 'it is' : 'they are'} well${link === null ? '' : `: ${link}`}.`,
    ];
  const isLate = left > 0 && leftForWantOfTime(night) > 0;
  return isLate && slowest
    ? [`Phones would wait for the link of ${formatBitRate(slowest.linkBitsPerSecond ?? 0)}.`]
    : [];
}

function afterAll({ night, left }: RehearsedNight): string {
  return `After ${night} nights ${left === 0 ? 'none is' : `${number(left)} ${isOrAre(left)} still`} left.`;
}
