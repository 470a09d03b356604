import { leftForWantOfTime, type Rehearsal, type RehearsedNight } from '../../domain/rehearsal/rehearsal.js';
import { formatDuration } from '../../domain/text/duration.js';
import { printable } from '../../domain/text/printable.js';
import { localTimes } from '../local-times.js';
import { firstNight, isOrAre, many, number } from './words.js';

/** What a rehearsal answers, before all of its numbers: one sentence each. */
export function answerSentences(rehearsal: Rehearsal): string[] {
  const { nights, phones } = rehearsal;
  const first = firstNight(rehearsal);
  const last = nights.at(-1) ?? first;
  const stays = phones - first.moved - first.left;
  return [
    ...(first.stopped ? [stopSentence('The night', first.stopped)] : []),
    `The night would end ${endText(rehearsal, first)}; ${movedText(phones, first)}, ${leftText(first)}.`,
    ...(stays > 0 ? [`${many(stays, 'phone')} would stay as ${stays === 1 ? 'it is' : 'they are'}.`] : []),
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

function endText({ zone }: Rehearsal, { startsAt, endsAt, window }: RehearsedNight): string {
  const at = `at ${localTimes(zone).clock(endsAt, startsAt)}`;
  if (window === null) return at;
  const named = `${printable(window.text, 60)}${window.zone === zone ? '' : ` ${printable(window.zone, 60)}`}`;
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
  const late = leftForWantOfTime(night);
  const why = late === 0 ? '' : `, ${late === left ? '' : `${number(late)} of them `}as the window closes first`;
  return `${number(left)} ${isOrAre(left)} left for the next night${why}`;
}

function afterAll({ night, left }: RehearsedNight): string {
  return `After ${night} nights ${left === 0 ? 'none is' : `${number(left)} ${isOrAre(left)} still`} left.`;
}
