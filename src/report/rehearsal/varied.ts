import { formatDuration } from '../../domain/text/duration.js';
import {
  type Range,
  type Rehearsal,
  leftBeforeWindow,
  slowestLink,
  wantOfTime,
} from '../../domain/rehearsal/rehearsal.js';
import { printable } from '../../domain/text/printable.js';
import { localTimes } from '../local-times.js';
import type { Section } from './section.js';
import { firstNight, isOrAre, many, number } from './words.js';

/** How rehearsals with other draws differ. */
export function spreadSection(rehearsal: Rehearsal): Section {
  const { spread, zone } = rehearsal;
  const section = { id: 'spread', title: 'How much it depends on luck' };
  if (spread === undefined) return { ...section, sentences: [] };
  const { times, endsAt, moved, left, stopped, nights } = spread;
  const { startsAt } = firstNight(rehearsal);
  const { clock } = localTimes(zone);
  const row = <Value>(
    name: string,
    { least, middle, most }: Range<Value>,
    text: (value: Value) => string,
  ): string[] => [...[name, text(least), text(middle), text(most)]];
  const isUnknown = [nights.least, nights.middle, nights.most].includes(null);
  return {
    ...section,
    sentences: [`Rehearsed ${number(times)} times, each with other draws. The first night:`],
    table: {
      columns: ['', 'least', 'middle', 'most'],
      numbers: ['least', 'middle', 'most'],
      rows: [
        row('ends at', endsAt, (at) => clock(at, startsAt)),
        ...[row('moved', moved, number), row('left', left, number)],
        row('nights until none is left', nights, (count) => (count === null ? 'more' : number(count))),
      ],
    },
    after: [
      `It would have stopped itself in ${stopped === 0 ? 'none' : number(stopped)} of ${number(times)}.`,
      ...(isUnknown ? ['more: phones were still left after all nights that were rehearsed.'] : []),
    ],
  };
}

/** What to change so that the first night fits its window. */
export function adviceSection(rehearsal: Rehearsal): Section {
  const { advice, zone } = rehearsal;
  const first = firstNight(rehearsal);
  const { clock } = localTimes(zone);
  const orTime = first.tooSlow > 0 && slowestLink(first) === null ? ', or each phone more time (--deadline)' : '';
  const early = leftBeforeWindow(first);
  const later = `Begin when the windows of its sites are open (--at): ${many(early, 'phone')} ${isOrAre(early)} left as they are not yet.`;
  const none = `Nothing that was tried is enough: give it a longer window, or more nights${orTime}.`;
  const told = advice.map(({ option, endsAt, outsideWindow, windowLeftMs, fits }) => {
    const over =
      windowLeftMs !== null && windowLeftMs < 0 ? `, ${formatDuration(-windowLeftMs)} after the window has closed` : '';
    const still = fits || outsideWindow === 0 ? '' : `, and still leave ${number(outsideWindow)} for want of time`;
    return `${printable(option, 120)} would end at ${clock(endsAt, first.startsAt)}${over}${still}.`;
  });
  return {
    id: 'advice',
    title: 'What to change',
    sentences: [...(early > 0 ? [later] : []), ...(told.length === 0 && wantOfTime(first) > early ? [none] : told)],
  };
}
